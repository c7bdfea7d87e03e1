// The title of the window: what is open first, the app's name after it.
import { texts } from './texts.cs.ts';

export function setTitle(title: string): void {
  document.title = `${title} – ${texts.app}`;
}
