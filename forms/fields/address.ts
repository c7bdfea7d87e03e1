// An address: as text, and its code in the state's register (RÚIAN, kód adresního místa) when it was chosen from there. Whether the code is true the server finds out.
import { isPlainObject } from '../feel/json.ts';
import type { Field } from '../form.ts';
import type { FieldKind, Outcome } from './field-kind.ts';
import { isBlank, nothingWrong } from './field-kind.ts';
import { checkText } from './text-value.ts';

export interface AddressValue {
  readonly text: string;
  /** Null = not in the register, or not looked up there. */
  readonly code: number | null;
}

const LONGEST = 300;
const HIGHEST_CODE = 999_999_999;

export const address: FieldKind = {
  type: 'address',
  asks: true,
  missing: 'required',
  empty: null,
  isEmpty: (value) => isBlank(isPlainObject(value) ? value['text'] : value),
  check: checkAddress,
  show: (_field, value) => addressValue(value)?.text ?? '',
  inspect: nothingWrong,
};

/** A plain text is an address without a code: older answers, and what an identity says. Undefined when it is neither. */
export function addressValue(value: unknown): AddressValue | undefined {
  if (typeof value === 'string') return { text: value, code: null };
  if (!isPlainObject(value) || typeof value['text'] !== 'string') return undefined;
  const { text, code } = value;
  return { text, code: typeof code === 'number' ? code : null };
}

function checkAddress(field: Field, value: unknown): Outcome {
  const given = addressValue(value);
  if (!given || (isPlainObject(value) && Object.keys(value).some((key) => key !== 'text' && key !== 'code'))) return { code: 'wrong-type' };
  const { code } = given;
  if (code !== null && (!Number.isInteger(code) || code < 1 || code > HIGHEST_CODE)) return { code: 'wrong-type' };
  const text = checkText(field, given.text, LONGEST, false);
  return 'value' in text ? { value: { text: text.value, code } } : text;
}
