// Podací číslo: the number by which the post knows a registered letter.

/** UPU standard S10: two letters, eight digits, a check digit, two letters of the country. Its weights. */
const WEIGHTS = [8, 6, 4, 2, 3, 5, 9, 7] as const;

/** As the post writes it: capitals, no spaces. */
export const plainPostingNumber = (text: string): string => text.replace(/[\s-]/g, '').toUpperCase();

/** `RR123456785CZ` with its check digit (UPU S10), or a number of the Czech Post's inland services: two letters, ten digits, a letter. */
export function isPostingNumber(plain: string): boolean {
  if (/^[A-Z]{2}\d{10}[A-Z]$/.test(plain)) return true;
  if (!/^[A-Z]{2}\d{9}[A-Z]{2}$/.test(plain)) return false;
  const digits = [...plain.slice(2, 11)].map(Number);
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * (digits[at] ?? 0), 0);
  const check = 11 - (sum % 11);
  return digits[8] === (check === 10 ? 0 : check === 11 ? 5 : check);
}
