// Warns before the login runs out, so that nobody is thrown out in the middle of a sentence.
import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue';
import { useSession } from './session.ts';

const WARN_BEFORE_MS = 5 * 60_000;
const LOOK_EVERY_MS = 15_000;

/** The moment of logout once it is less than five minutes away, else null. */
export function useExpiry(): Ref<string | null> {
  const { session, now } = useSession();
  const soon = ref<string | null>(null);
  let timer: ReturnType<typeof setInterval> | undefined;
  const look = (): void => {
    const { expiresAt } = session.value;
    soon.value = expiresAt !== null && Date.parse(expiresAt) - Date.parse(now()) < WARN_BEFORE_MS ? expiresAt : null;
  };
  onMounted(() => {
    look();
    timer = setInterval(look, LOOK_EVERY_MS);
  });
  onBeforeUnmount(() => {
    clearInterval(timer);
  });
  return soon;
}
