// Words for the reader; it asks nothing. Markdown with headings, lists and links.
import type { FieldKind } from './field-kind.ts';

export const text: FieldKind = {
  type: 'text',
  asks: false,
  missing: 'required',
  empty: undefined,
  isEmpty: () => true,
  check: () => ({ code: 'wrong-type' }),
  show: () => '',
  inspect: (json) =>
    typeof json['text'] === 'string' && json['text'].trim() !== '' ? [] : [{ rule: 'text-empty', message: 'Text formuláře je prázdný.' }],
};
