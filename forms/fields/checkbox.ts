// One yes/no. Required means that it must be ticked.
import { word } from '../texts.ts';
import type { FieldKind } from './field-kind.ts';
import { nothingWrong } from './field-kind.ts';

export const checkbox: FieldKind = {
  type: 'checkbox',
  asks: true,
  missing: 'required-check',
  empty: false,
  isEmpty: (value) => value === null || value === undefined || value === false,
  check: (_field, value) => (value === true ? { value } : { code: 'wrong-type' }),
  show: (_field, value, { lang }) => word(value === true ? 'yes' : 'no', lang),
  inspect: nothingWrong,
};
