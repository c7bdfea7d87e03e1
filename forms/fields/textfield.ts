// One line of text.
import type { FieldKind } from './field-kind.ts';
import { isBlank, nothingWrong } from './field-kind.ts';
import { checkText } from './text-value.ts';

const LONGEST = 1_000;

export const textfield: FieldKind = {
  type: 'textfield',
  asks: true,
  missing: 'required',
  empty: null,
  isEmpty: isBlank,
  check: (field, value) => checkText(field, value, LONGEST, false),
  show: (_field, value) => (typeof value === 'string' ? value : ''),
  inspect: nothingWrong,
};
