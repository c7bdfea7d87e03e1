// Account numbers as GPC writes them: 16 digits, plain (prefix 6, number 10) or in the banks' internal order.

const WEIGHTS = [6, 3, 7, 9, 10, 5, 8, 4, 2, 1];

/** Vyhláška č. 169/2011 Sb.: the weighted sum of digits divides by 11. Digits are aligned to the right. */
function passesModulo11(digits: string): boolean {
  const padded = digits.padStart(10, '0');
  return [...padded].reduce((sum, digit, index) => sum + Number(digit) * (WEIGHTS[index] ?? 0), 0) % 11 === 0;
}

function isAccount(digits: string): boolean {
  return passesModulo11(digits.slice(0, 6)) && passesModulo11(digits.slice(6)) && Number(digits.slice(6)) > 0;
}

/** Internal order `C10 C8 C9 C6 C1 C2 C3 C4 C5 C7 P1…P6` back to plain. */
function fromInternal(digits: string): string {
  const at = (index: number): string => digits[index] ?? '0';
  const number = [4, 5, 6, 7, 8, 3, 9, 1, 2, 0].map(at).join('');
  return digits.slice(10) + number;
}

/** `19-2000145399`; empty for no account. The internal order is taken only when the plain reading cannot be an account. */
export function readAccount(digits: string): string {
  if (!/^\d{16}$/.test(digits) || /^0+$/.test(digits)) return '';
  const internal = fromInternal(digits);
  const plain = !isAccount(digits) && isAccount(internal) ? internal : digits;
  const prefix = String(Number(plain.slice(0, 6)));
  const number = String(Number(plain.slice(6)));
  return prefix === '0' ? number : `${prefix}-${number}`;
}

/** 16 digits of `19-2000145399`, with or without the bank's code. */
export function writeAccount(account: string): string {
  const [prefix, number] = (account.split('/')[0] ?? '').includes('-')
    ? (account.split('/')[0] ?? '').split('-')
    : ['', account.split('/')[0]];
  return (prefix ?? '').padStart(6, '0') + (number ?? '').padStart(10, '0');
}
