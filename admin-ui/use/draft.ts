// The analyst's draft: its files, their way to the server, and a copy in this browser until the server has them.
// Nothing drawn is ever thrown away without a question.
import { computed, ref, shallowRef } from 'vue';
import type { ComputedRef, Ref, ShallowRef } from 'vue';
import type { SituationDraft } from '../../server/contract/office.ts';
import { api } from '../api.ts';
import type { Files } from '../api.ts';
import { useSaving } from './draft-saving.ts';
import type { Saving } from './draft-saving.ts';
import { dropCopy, keepCopy, readCopy } from './local-copy.ts';

export interface Draft {
  readonly base: ShallowRef<SituationDraft | null>;
  readonly files: ShallowRef<Files>;
  readonly saving: Saving;
  /** Raised when the files were replaced from outside the editors; they load anew. */
  readonly generation: Ref<number>;
  /** A copy left in this browser that the server does not have. */
  readonly leftover: ShallowRef<Files | null>;
  readonly unsaved: ComputedRef<boolean>;
  load(): Promise<void>;
  setFile(path: string, text: string): void;
  removeFile(path: string): void;
  /** Replaces everything, e.g. by an import. */
  replace(files: Files): void;
  useLeftover(): void;
  dropLeftover(): void;
  takeTheirs(): Promise<void>;
  keepMine(): Promise<void>;
  discard(): Promise<void>;
}

export function useDraft(situation: string): Draft {
  const base = shallowRef<SituationDraft | null>(null);
  const files = shallowRef<Files>({});
  const generation = ref(0);
  const leftover = shallowRef<Files | null>(null);
  const saving = useSaving(situation, files);

  async function take(): Promise<void> {
    const draft = await api.draft(situation);
    base.value = draft;
    files.value = draft.files;
    saving.settle(draft.revision, draft.savedAt);
    generation.value += 1;
  }
  async function load(): Promise<void> {
    await take();
    const copy = readCopy(situation);
    leftover.value = copy !== null && JSON.stringify(copy) !== JSON.stringify(files.value) ? copy : null;
  }
  function change(next: Files): void {
    files.value = next;
    keepCopy(situation, next);
    saving.plan();
  }
  function replace(next: Files): void {
    change(next);
    generation.value += 1;
  }
  function dropLeftover(): void {
    leftover.value = null;
    dropCopy(situation);
  }
  function useLeftover(): void {
    if (leftover.value !== null) replace(leftover.value);
    leftover.value = null;
  }
  async function takeTheirs(): Promise<void> {
    await take();
    dropCopy(situation);
  }
  async function discard(): Promise<void> {
    await saving.stop();
    await api.discardDraft(situation);
    await takeTheirs();
  }
  const seen = { base, files, saving, generation, leftover };
  const actions = { load, replace, useLeftover, dropLeftover, takeTheirs, discard };
  return {
    ...seen,
    ...actions,
    unsaved: computed(() => ['waiting', 'saving', 'failed', 'conflict'].includes(saving.state.value)),
    setFile: (path, text) => {
      if (files.value[path] !== text) change({ ...files.value, [path]: text });
    },
    removeFile: (path) => change(Object.fromEntries(Object.entries(files.value).filter(([other]) => other !== path))),
    keepMine: async () => saving.overwrite((await api.draft(situation)).revision),
  };
}
