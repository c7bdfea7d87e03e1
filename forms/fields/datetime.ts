// A calendar date (subtype `date` of form-js), kept as YYYY-MM-DD.
import { isCalendarDate, showDate } from '../calendar-date.ts';
import type { Field, FormJson } from '../form.ts';
import type { CheckFacts, FieldKind, Outcome } from './field-kind.ts';
import { isBlank } from './field-kind.ts';

export const datetime: FieldKind = {
  type: 'datetime',
  asks: true,
  missing: 'required-date',
  empty: null,
  isEmpty: isBlank,
  check: checkDate,
  show: (_field, value, { lang }) => (typeof value === 'string' ? showDate(value, lang) : ''),
  inspect: (json: FormJson) =>
    json['subtype'] === undefined || json['subtype'] === 'date'
      ? []
      : [{ rule: 'date-subtype', message: 'Pole data může mít jen podtyp „date“.' }],
};

function checkDate(_field: Field, value: unknown, { min, max }: CheckFacts): Outcome {
  if (typeof value !== 'string' || !isCalendarDate(value.trim())) return { code: 'date' };
  const date = value.trim();
  if (min !== undefined && date < min) return { code: 'too-early', limit: showDate(min) };
  if (max !== undefined && date > max) return { code: 'too-late', limit: showDate(max) };
  return { value: date };
}
