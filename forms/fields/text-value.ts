// Rules that one-line and many-line texts share.
import { bankAccount, birthNumber, companyNumber, dataBoxId } from '../../server/domain/identifiers/index.ts';
import { patternMatches } from '../feel/pattern.ts';
import type { Field, ValidationType } from '../form.ts';
import type { Outcome } from './field-kind.ts';

const EMAIL = /^[^\s@<>"(),;:]{1,64}@[^\s@<>"(),;:.]+(?:\.[^\s@<>"(),;:.]+)+$/u;
const PHONE = /^(?:(?:\+|00)[1-9][0-9]{6,14}|[0-9]{9})$/;

/** A number that cannot be right is a slip of the finger: said at once, here and on the server by the same rule. */
const IS_SOUND: Readonly<Record<ValidationType, (text: string) => boolean>> = {
  email: (text) => EMAIL.test(text),
  phone: (text) => PHONE.test(text.replaceAll(/[\s()-]/g, '')),
  'company-number': (text) => companyNumber(text) !== undefined,
  'birth-number': (text) => birthNumber(text) !== undefined,
  'bank-account': (text) => bankAccount(text) !== undefined,
  'data-box': (text) => dataBoxId(text) !== undefined,
  'post-code': (text) => /^[1-7]\d{2} ?\d{2}$/.test(text),
};

/** `longest` is used when the form sets no limit of its own. */
export function checkText(field: Field, value: unknown, longest: number, manyLines: boolean): Outcome {
  if (typeof value !== 'string') return { code: 'wrong-type' };
  const text = value.replaceAll('\r\n', '\n').trim().normalize('NFC');
  if (hasControlCharacter(text, manyLines)) return { code: 'control-character' };
  const { minLength, maxLength = longest, pattern, validationType } = field.rules;
  const length = [...text].length;
  if (minLength !== undefined && length < minLength) return { code: 'too-short', limit: minLength };
  if (length > Math.min(maxLength, longest)) return { code: 'too-long', limit: Math.min(maxLength, longest) };
  if (validationType !== undefined && !IS_SOUND[validationType](text)) return { code: validationType };
  if (pattern !== undefined && !patternMatches(text, pattern)) return { code: 'pattern' };
  return { value: text };
}

/** Characters that XML 1.0 (2.2 Characters) cannot carry; a submission must fit into a data message. */
function hasControlCharacter(text: string, manyLines: boolean): boolean {
  if (/\p{Surrogate}/u.test(text)) return true;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code === 0x0a && manyLines) continue;
    if ((code < 0x20 && code !== 0x09) || code === 0x7f || code === 0xfffe || code === 0xffff) return true;
  }
  return false;
}
