// The act a page of the money desk is asking about, and what was said when it was done: announced, counted anew, loaded again.
import { ref, shallowRef } from 'vue';
import type { Ref, ShallowRef } from 'vue';
import type { Act } from '../parts/money/act.ts';
import { announce } from './announce.ts';
import { usePoll } from './poll.ts';
import { loadQueues } from './session.ts';

export interface DeskActs {
  readonly act: ShallowRef<Act | null>;
  readonly done: Ref<string>;
  finish(said: string): void;
}
/** @param everyMs pause after which the page loads by itself; without it only after an act */
export function useDeskActs(load: () => Promise<void>, everyMs?: number): DeskActs {
  if (everyMs !== undefined) usePoll(load, everyMs);
  const act = shallowRef<Act | null>(null);
  const done = ref('');
  const finish = (said: string): void => {
    act.value = null;
    done.value = said;
    announce(said);
    void Promise.all([load(), loadQueues()]);
  };
  return { act, done, finish };
}
