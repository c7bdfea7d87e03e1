// A value computed by FEEL. Nobody fills it in; what a client sends for it is ignored.
import { showNumber } from './number.ts';
import type { FieldKind } from './field-kind.ts';
import { word } from '../texts.ts';
import { isCalendarDate, showDate } from '../calendar-date.ts';

export const expression: FieldKind = {
  type: 'expression',
  asks: false,
  missing: 'required',
  empty: null,
  isEmpty: (value) => value === null || value === undefined,
  check: (_field, value) => ({ value }),
  show: (_field, value, { lang }) => {
    if (typeof value === 'number') return showNumber(value, lang);
    if (typeof value === 'boolean') return word(value ? 'yes' : 'no', lang);
    if (typeof value === 'string') return isCalendarDate(value) ? showDate(value, lang) : value;
    return '';
  },
  inspect: (json) =>
    typeof json['expression'] === 'string' && json['expression'].trim().startsWith('=')
      ? []
      : [{ rule: 'expression-missing', message: 'Počítané pole nemá výraz začínající znakem „=“.' }],
};
