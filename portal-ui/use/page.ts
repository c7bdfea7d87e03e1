// What a page owes to everybody after a change of address: a title, and focus on its heading so that it is read out.
import { inject, type InjectionKey } from 'vue';

export interface PageFrame {
  /** False until the first change of address: the first page keeps the browser's own focus. */
  moved: boolean;
  /** On the server these two end up in the document's head. */
  title: string;
  description: string;
  readonly onServer: boolean;
}

export const pageFrameKey: InjectionKey<PageFrame> = Symbol('page frame');

export function usePageFrame(): PageFrame {
  const frame = inject(pageFrameKey);
  if (frame === undefined) throw new Error('No page frame was provided to the application.');
  return frame;
}
