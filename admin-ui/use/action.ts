// One action of a person at a time: busy while it runs, its refusal told in Czech. Loads instead let the newest win.
import { ref } from 'vue';
import type { Ref } from 'vue';
import { failureText } from '../problems.cs.ts';

export interface Action {
  readonly busy: Ref<boolean>;
  readonly error: Ref<string>;
  /** True when it went well. A second press while busy does nothing. */
  run(work: () => Promise<void>): Promise<boolean>;
}
export function useAction(): Action {
  const busy = ref(false);
  const error = ref('');
  async function run(work: () => Promise<void>): Promise<boolean> {
    if (busy.value) return false;
    busy.value = true;
    error.value = '';
    try {
      await work();
      return true;
    } catch (failure) {
      error.value = failureText(failure);
      return false;
    } finally {
      busy.value = false;
    }
  }
  return { busy, error, run };
}

export interface Loading {
  readonly busy: Ref<boolean>;
  readonly error: Ref<string>;
  /** Fetches and hands over, unless a newer load has begun meanwhile. */
  load<T>(fetch: () => Promise<T>, take: (value: T) => void): Promise<void>;
}
export function useLoading(): Loading {
  const busy = ref(false);
  const error = ref('');
  let turn = 0;
  async function load<T>(fetch: () => Promise<T>, take: (value: T) => void): Promise<void> {
    turn += 1;
    const mine = turn;
    busy.value = true;
    error.value = '';
    try {
      const value = await fetch();
      if (mine === turn) take(value);
    } catch (failure) {
      if (mine === turn) error.value = failureText(failure);
    } finally {
      if (mine === turn) busy.value = false;
    }
  }
  return { busy, error, load };
}
