// A Czech bank account `prefix-number/bank`: the two check sums of vyhláška č. 169/2011 Sb., and the IBAN read back.

const WEIGHTS = [6, 3, 7, 9, 10, 5, 8, 4, 2, 1];

/** Tidy `19-2000145399/0800` of what a person typed (spaces, zero prefix, IBAN); undefined when it cannot be an account. */
export function bankAccount(text: string): string | undefined {
  const bare = text.replaceAll(/\s/g, '').toUpperCase();
  const [, prefix = '', number = '', bank = ''] =
    /^(?:(\d{0,6})-)?(\d{2,10})\/(\d{4})$/.exec(bare.startsWith('CZ') ? plainOf(bare) : bare) ?? [];
  if (bank === '' || Number(number) === 0 || !passes(prefix) || !passes(number)) return undefined;
  return `${Number(prefix) > 0 ? `${Number(prefix)}-` : ''}${Number(number)}/${bank}`;
}

/** The weighted sum of the digits, aligned to the right, divides by 11. */
function passes(digits: string): boolean {
  return [...digits.padStart(10, '0')].reduce((sum, digit, index) => sum + Number(digit) * (WEIGHTS[index] ?? 0), 0) % 11 === 0;
}

/** ISO 13616; '' when the check digits of the IBAN are wrong. */
function plainOf(iban: string): string {
  const [, check = '', bank = '', prefix = '', number = ''] = /^CZ(\d\d)(\d{4})(\d{6})(\d{10})$/.exec(iban) ?? [];
  if (check === '' || BigInt(`${bank}${prefix}${number}1235${check}`) % 97n !== 1n) return '';
  return `${prefix}-${number}/${bank}`;
}
