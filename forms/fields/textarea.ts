// Many lines of text.
import type { FieldKind } from './field-kind.ts';
import { isBlank, nothingWrong } from './field-kind.ts';
import { checkText } from './text-value.ts';

const LONGEST = 20_000;

export const textarea: FieldKind = {
  type: 'textarea',
  asks: true,
  missing: 'required',
  empty: null,
  isEmpty: isBlank,
  check: (field, value) => checkText(field, value, LONGEST, true),
  show: (_field, value) => (typeof value === 'string' ? value : ''),
  inspect: nothingWrong,
};
