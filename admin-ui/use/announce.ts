// The one polite live region of the app: what happened, for those who do not see it happen.
import { ref } from 'vue';

export const announcement = ref('');
export function announce(text: string): void {
  // Cleared first, so that the same sentence is read again.
  announcement.value = '';
  requestAnimationFrame(() => {
    announcement.value = text;
  });
}
