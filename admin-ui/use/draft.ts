// The analyst's draft: saved 1.5 s after a change, with a copy in this browser until the server has it.
// Nothing drawn is ever thrown away without a question.
import { computed, ref, shallowRef } from 'vue';
import type { ComputedRef, Ref, ShallowRef } from 'vue';
import type { SituationDraft } from '../../server/contract/office.ts';
import { api } from '../api.ts';
import type { Files } from '../api.ts';
import { ApiProblem } from '../http.ts';
import { failureText } from '../problems.cs.ts';
import { dropCopy, keepCopy, readCopy } from './local-copy.ts';

const pauseMs = 1_500;

export type SaveState = 'clean' | 'waiting' | 'saving' | 'saved' | 'failed' | 'conflict';
export interface Draft {
  readonly base: ShallowRef<SituationDraft | null>;
  readonly files: ShallowRef<Files>;
  readonly state: Ref<SaveState>;
  readonly savedAt: Ref<string | null>;
  readonly error: Ref<string>;
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
  /** Saves at once; true when the server has everything. */
  flush(): Promise<boolean>;
  takeTheirs(): Promise<void>;
  keepMine(): Promise<void>;
  discard(): Promise<void>;
  stop(): void;
}

export function useDraft(situation: string): Draft {
  const base = shallowRef<SituationDraft | null>(null);
  const files = shallowRef<Files>({});
  const state = ref<SaveState>('clean');
  const savedAt = ref<string | null>(null);
  const error = ref('');
  const generation = ref(0);
  const leftover = shallowRef<Files | null>(null);
  let revision = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;

  function take(draft: SituationDraft): void {
    base.value = draft;
    files.value = draft.files;
    revision = draft.revision;
    savedAt.value = draft.savedAt;
    state.value = 'clean';
    generation.value += 1;
  }
  async function load(): Promise<void> {
    take(await api.draft(situation));
    const copy = readCopy(situation);
    leftover.value = copy !== null && JSON.stringify(copy) !== JSON.stringify(files.value) ? copy : null;
  }
  function change(next: Files): void {
    files.value = next;
    keepCopy(situation, next);
    if (state.value === 'conflict') return;
    state.value = 'waiting';
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), pauseMs);
  }
  async function save(): Promise<void> {
    const sent = files.value;
    state.value = 'saving';
    try {
      const answer = await api.saveDraft(situation, sent, revision);
      revision = answer.revision;
      savedAt.value = answer.savedAt;
      if (base.value !== null) base.value = { ...base.value, revision, savedAt: answer.savedAt };
      error.value = '';
      state.value = files.value === sent ? 'saved' : 'waiting';
      if (files.value === sent) dropCopy(situation);
    } catch (failure) {
      error.value = failureText(failure);
      state.value = failure instanceof ApiProblem && failure.code === 'draft-changed-elsewhere' ? 'conflict' : 'failed';
    }
  }
  async function flush(): Promise<boolean> {
    clearTimeout(timer);
    await running;
    if (state.value === 'waiting' || state.value === 'failed') {
      running = save();
      await running;
      running = undefined;
      // Something was changed while saving.
      if ((state.value as SaveState) === 'waiting') return flush();
    }
    // What could not be saved is tried again, unless somebody else's version stands in the way.
    if ((state.value as SaveState) === 'failed') timer = setTimeout(() => void flush(), 10 * pauseMs);
    return state.value === 'saved' || state.value === 'clean';
  }

  return {
    base, files, state, savedAt, error, generation, leftover, load, flush,
    unsaved: computed(() => ['waiting', 'saving', 'failed', 'conflict'].includes(state.value)),
    setFile: (path, text) => { if (files.value[path] !== text) change({ ...files.value, [path]: text }); },
    removeFile: (path) => change(Object.fromEntries(Object.entries(files.value).filter(([other]) => other !== path))),
    replace: (next) => { change(next); generation.value += 1; },
    useLeftover: () => {
      if (leftover.value === null) return;
      change(leftover.value);
      leftover.value = null;
      generation.value += 1;
    },
    dropLeftover: () => { leftover.value = null; dropCopy(situation); },
    takeTheirs: async () => { take(await api.draft(situation)); dropCopy(situation); error.value = ''; },
    keepMine: async () => {
      revision = (await api.draft(situation)).revision;
      state.value = 'waiting';
      await flush();
    },
    discard: async () => {
      clearTimeout(timer);
      await running;
      await api.discardDraft(situation);
      dropCopy(situation);
      await load();
    },
    stop: () => { clearTimeout(timer); if (state.value === 'waiting') void flush(); },
  };
}
