// Repeats a quiet question while the page is visible; stops when hidden, asks at once when it is seen again.
import { onBeforeUnmount, onMounted } from 'vue';

/** `everyMs` is the pause between the end of one question and the start of the next. `ask` returns false to stop for good. */
export function usePoll(everyMs: number, ask: () => Promise<boolean>): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  let asking = false;
  const plan = (): void => {
    clearTimeout(timer);
    if (!stopped && document.visibilityState === 'visible')
      timer = setTimeout(() => {
        void turn();
      }, everyMs);
  };
  async function turn(): Promise<void> {
    if (asking || stopped) return;
    asking = true;
    try {
      if (!(await ask())) stopped = true;
    } finally {
      asking = false;
      plan();
    }
  }
  const seen = (): void => {
    clearTimeout(timer);
    if (document.visibilityState === 'visible') void turn();
  };
  onMounted(() => {
    document.addEventListener('visibilitychange', seen);
    plan();
  });
  onBeforeUnmount(() => {
    stopped = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', seen);
  });
}
