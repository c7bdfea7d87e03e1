// Sends the analyst's files to the server 1.5 s after a change, one call at a time, and again when it failed.
import { ref } from 'vue';
import type { Ref, ShallowRef } from 'vue';
import { api } from '../api.ts';
import type { Files } from '../api.ts';
import { ApiProblem } from '../http.ts';
import { failureText } from '../problems.cs.ts';
import { dropCopy } from './local-copy.ts';

const pauseMs = 1_500;
const retryMs = 15_000;

export type SaveState = 'clean' | 'waiting' | 'saving' | 'saved' | 'failed' | 'conflict';
export interface Saving {
  readonly state: Ref<SaveState>;
  readonly savedAt: Ref<string | null>;
  readonly error: Ref<string>;
  /** Revision that the server gave last; sent back with every save. */
  readonly revision: Ref<number>;
  /** The server's files are ours: nothing waits. */
  settle(revision: number, savedAt: string | null): void;
  /** Plans a save; a conflict waits for its decision first. */
  plan(): void;
  /** Saves at once; true when the server has everything. */
  flush(): Promise<boolean>;
  /** Saves over the revision given. */
  overwrite(revision: number): Promise<void>;
  /** No more saves; the running one is awaited. */
  stop(): Promise<void>;
}

export function useSaving(situation: string, files: ShallowRef<Files>): Saving {
  const [state, savedAt, error, revision] = [ref<SaveState>('clean'), ref<string | null>(null), ref(''), ref(0)] as const;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> = Promise.resolve();
  const after = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), ms);
  };

  async function save(): Promise<void> {
    const sent = files.value;
    state.value = 'saving';
    try {
      const answer = await api.saveDraft(situation, sent, revision.value);
      revision.value = answer.revision;
      savedAt.value = answer.savedAt;
      error.value = '';
      state.value = files.value === sent ? 'saved' : 'waiting';
      if (state.value === 'saved') dropCopy(situation);
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
    }
    const now = state.value as SaveState;
    // Something was changed while saving.
    if (now === 'waiting') return flush();
    if (now === 'failed') after(retryMs);
    return now === 'saved' || now === 'clean';
  }
  function settle(fresh: number, at: string | null): void {
    revision.value = fresh;
    savedAt.value = at;
    error.value = '';
    state.value = 'clean';
  }
  function plan(): void {
    if (state.value === 'conflict') return;
    state.value = 'waiting';
    after(pauseMs);
  }
  async function overwrite(over: number): Promise<void> {
    revision.value = over;
    state.value = 'waiting';
    await flush();
  }
  const stop = (): Promise<void> => {
    clearTimeout(timer);
    return running;
  };
  return { state, savedAt, error, revision, settle, plan, flush, overwrite, stop };
}
