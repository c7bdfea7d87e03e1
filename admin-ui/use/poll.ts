// Repeats a load while the page is seen; never two at once, silent about failures (the shell's strip tells when the server is away).
import { onBeforeUnmount, onMounted } from 'vue';
import { ApiProblem } from '../http.ts';

/** @param everyMs pause between the end of one load and the start of the next, milliseconds */
export function usePoll(load: () => Promise<void>, everyMs: number): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  async function round(): Promise<void> {
    if (!document.hidden) {
      try {
        await load();
      } catch (failure) {
        if (!(failure instanceof ApiProblem)) throw failure;
      }
    }
    plan();
  }
  function plan(): void {
    if (!stopped) timer = setTimeout(() => void round(), everyMs);
  }
  onMounted(plan);
  onBeforeUnmount(() => {
    stopped = true;
    clearTimeout(timer);
  });
}
