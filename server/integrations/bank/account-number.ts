// Account numbers of all three formats in one normal form, `19-2000145399/0800`: 16 digits (plain or in the banks' internal order), IBAN, text.

const WEIGHTS = [6, 3, 7, 9, 10, 5, 8, 4, 2, 1];

/** Vyhláška č. 169/2011 Sb.: the weighted sum of digits divides by 11. Digits are aligned to the right. */
function passesModulo11(digits: string): boolean {
  const padded = digits.padStart(10, '0');
  return [...padded].reduce((sum, digit, index) => sum + Number(digit) * (WEIGHTS[index] ?? 0), 0) % 11 === 0;
}

/** 16 plain digits that pass the banks' check. */
export function isAccount(digits: string): boolean {
  return passesModulo11(digits.slice(0, 6)) && passesModulo11(digits.slice(6)) && Number(digits.slice(6)) > 0;
}

/** Internal order `C10 C8 C9 C6 C1 C2 C3 C4 C5 C7 P1…P6` back to plain. */
function fromInternal(digits: string): string {
  const at = (index: number): string => digits[index] ?? '0';
  const number = [4, 5, 6, 7, 8, 3, 9, 1, 2, 0].map(at).join('');
  return digits.slice(10) + number;
}

/** `19-2000145399` of 16 plain digits; empty when they are all zeros. */
function show(digits: string): string {
  const prefix = digits.slice(0, 6).replace(/^0+/, '');
  const number = digits.slice(6).replace(/^0+/, '');
  if (number === '') return '';
  return prefix === '' ? number : `${prefix}-${number}`;
}

export type DigitOrder = 'plain' | 'internal';

/**
 * In which order the town's own account is written. `expected` (its number, when known) decides; else the check digit does: internal only
 * when the plain reading cannot be an account and the internal one can.
 */
export function orderOf(digits: string, expected?: string): DigitOrder {
  const [plain, internal] = [show(digits), show(fromInternal(digits))];
  if (expected !== undefined && (plain === expected || internal === expected)) return plain === expected ? 'plain' : 'internal';
  return !isAccount(digits) && isAccount(fromInternal(digits)) ? 'internal' : 'plain';
}

/** `19-2000145399` of 16 digits; empty for no account. In a file in internal order the internal reading goes first. */
export function readAccount(digits: string, order: DigitOrder = 'plain'): string {
  if (!/^\d{16}$/.test(digits)) return '';
  const internal = fromInternal(digits);
  if (order === 'internal' && isAccount(internal)) return show(internal);
  return show(!isAccount(digits) && isAccount(internal) ? internal : digits);
}

/** 16 plain digits of `19-2000145399`, with or without the bank's code. */
export function writeAccount(account: string): string {
  const [number = '', prefix = ''] = (account.split('/')[0] ?? '').split('-').reverse();
  return prefix.padStart(6, '0') + number.padStart(10, '0');
}

/** Normal form of whatever a bank or a person writes: a Czech IBAN, `19-2000145399/0800`, 16 digits; another country's IBAN stays. */
export function normalAccount(text: string, bank = ''): string {
  const written = text.replace(/\s/g, '').toUpperCase();
  const [, ibanBank = '', basic = ''] = /^CZ\d{2}(\d{4})(\d{16})$/.exec(written) ?? [];
  if (basic !== '') return withBank(show(basic), ibanBank);
  const [, prefix = '', number = '', code = ''] = /^(?:(\d{1,6})-)?(\d{1,10})(?:\/(\d{4}))?$/.exec(written) ?? [];
  if (number !== '') return withBank(show(prefix.padStart(6, '0') + number.padStart(10, '0')), code || bank);
  const [, joined = '', joinedCode = ''] = /^(\d{11,16})(?:\/(\d{4}))?$/.exec(written) ?? [];
  if (joined !== '') return withBank(show(joined.padStart(16, '0')), joinedCode || bank);
  return written.replace(/[^0-9A-Z/.-]/g, '').slice(0, 50);
}

/** IBAN of `prefix-number/bank` (ISO 13616). */
export function ibanOfAccount(account: string): string {
  const basic = bankOf(account) + writeAccount(account);
  const check = 98n - (BigInt(`${basic}123500`) % 97n);
  return `CZ${String(check).padStart(2, '0')}${basic}`;
}

/** True for a Czech account number or IBAN as `normalAccount` gives it. */
export const isCzechAccount = (account: string): boolean => /^(\d{1,6}-)?\d{1,10}(\/\d{4})?$/.test(account);

export function withBank(number: string, bank: string): string {
  return number === '' || !/^\d{4}$/.test(bank) || bank === '0000' ? number : `${number}/${bank}`;
}

export const numberOf = (account: string): string => account.split('/')[0] ?? '';
export const bankOf = (account: string): string => account.split('/')[1] ?? '';

/** Normal forms of one account; a bank's code that one of them does not say is no difference. */
export function isSameAccount(a: string, b: string): boolean {
  return numberOf(a) === numberOf(b) && (bankOf(a) === bankOf(b) || bankOf(a) === '' || bankOf(b) === '');
}
