// A number. Money in forms is in whole crowns or haléře as the label says; it is never rounded here.
import type { Field, Lang } from '../form.ts';
import { word } from '../texts.ts';
import type { FieldKind, Outcome } from './field-kind.ts';
import { isBlank, nothingWrong } from './field-kind.ts';

const LARGEST = 1e12;

export const number: FieldKind = {
  type: 'number',
  asks: true,
  missing: 'required',
  empty: null,
  isEmpty: isBlank,
  check: checkNumber,
  show: (_field, value, { lang }) => (typeof value === 'number' ? showNumber(value, lang) : ''),
  inspect: nothingWrong,
};

function checkNumber(field: Field, value: unknown): Outcome {
  if (typeof value !== 'number' || !Number.isFinite(value) || Math.abs(value) > LARGEST) return { code: 'number' };
  const digits = field.decimalDigits;
  if (digits !== undefined && Number(value.toFixed(digits)) !== value) return { code: 'decimals', limit: digits };
  const { min, max } = field.rules;
  if (typeof min === 'number' && value < min) return { code: 'too-small', limit: min };
  if (typeof max === 'number' && value > max) return { code: 'too-large', limit: max };
  return { value: value === 0 ? 0 : value };
}

/** 12 345,5 in Czech, 12 345.5 in English; written by hand so that it is the same in every environment. */
export function showNumber(value: number, lang: Lang): string {
  const [whole = '0', fraction] = String(Math.abs(value)).split('.');
  const grouped = whole.replaceAll(/\B(?=(?:\d{3})+$)/g, '\u00a0');
  const text = fraction === undefined ? grouped : `${grouped}${word('decimal', lang)}${fraction}`;
  return value < 0 ? `−${text}` : text;
}
