// Loading what a page shows: the value, or what went wrong, and a way to try again.
import { shallowRef, type Ref } from 'vue';

export interface Loading<T> {
  readonly value: Ref<T | null>;
  readonly problem: Ref<unknown>;
  readonly loading: Ref<boolean>;
  /** Reads (again); an answer that a later call has overtaken is dropped. */
  load(): Promise<void>;
}

export function useLoad<T>(read: () => Promise<T>, first: T | null = null): Loading<T> {
  const value = shallowRef<T | null>(first);
  const problem = shallowRef<unknown>(null);
  const loading = shallowRef(first === null);
  let turn = 0;
  async function load(): Promise<void> {
    const mine = ++turn;
    loading.value = true;
    try {
      const answer = await read();
      if (mine !== turn) return;
      value.value = answer;
      problem.value = null;
    } catch (cause) {
      if (mine !== turn) return;
      problem.value = cause;
    } finally {
      if (mine === turn) loading.value = false;
    }
  }
  return { value, problem, loading, load };
}
