// IČO: eight digits, the last one checks the others (§ 25 zákona č. 111/2009 Sb.; the check as in python-stdnum `cz.dic`).

const WEIGHTS = [8, 7, 6, 5, 4, 3, 2];

/** Eight digits of a sound IČO, leading zeros filled in; undefined when it is none. */
export function companyNumber(text: string): string | undefined {
  const digits = text.replaceAll(/\s/g, '');
  if (!/^\d{1,8}$/.test(digits)) return undefined;
  const full = digits.padStart(8, '0');
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(full[index]), 0);
  const isSound = Number(full[7]) === (11 - (sum % 11)) % 10;
  return isSound && Number(full) > 0 ? full : undefined;
}
