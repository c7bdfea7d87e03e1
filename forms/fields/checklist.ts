// Any number of options; the value is a list in the order of the form.
import type { Field } from '../form.ts';
import type { FieldKind, Outcome } from './field-kind.ts';
import { inspectOptions, isOption, showOption } from './options.ts';

export const checklist: FieldKind = {
  type: 'checklist',
  asks: true,
  missing: 'required-choice',
  empty: [],
  isEmpty: (value) => value === null || value === undefined || (Array.isArray(value) && value.length === 0),
  check: checkChosen,
  show: (field, value, { lang }) => (Array.isArray(value) ? value.map((chosen) => showOption(field, chosen, lang)).join(', ') : ''),
  inspect: inspectOptions,
};

function checkChosen(field: Field, value: unknown): Outcome {
  if (!Array.isArray(value)) return { code: 'wrong-type' };
  if (!value.every((chosen) => isOption(field, chosen))) return { code: 'option' };
  const ordered = field.options.map((option) => option.value).filter((option) => value.includes(option));
  return { value: ordered };
}
