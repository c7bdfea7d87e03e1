// Hands changed values on a moment after the last change, and at once when the form is left.
import { onBeforeUnmount, watch } from 'vue';
import type { Ref } from 'vue';

const PAUSE_MS = 1_500;

/** Returns a function that hands over at once whatever is waiting. */
export function useAutosave<T>(values: Ref<T>, save: (values: T) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    save(values.value);
  };
  watch(values, () => {
    clearTimeout(timer);
    timer = setTimeout(flush, PAUSE_MS);
  });
  onBeforeUnmount(flush);
  return flush;
}
