// Variable symbols: ten digits = two of the kind of fee, seven of its series, one check digit. A payer who mistypes a digit or swaps two is found out.
// The check digit is H. M. Damm's (Total anti-symmetrische Quasigruppen, 2004): every wrong digit and every swap of neighbours is seen.
import { feeKinds } from './kinds.ts';

const SERIAL_DIGITS = 7;
const OTHER = '89';

/** First two digits of the symbols of a kind; one that the table does not name shares the series of the others. */
export const symbolPrefix = (kind: string): string => feeKinds[kind]?.prefix ?? OTHER;

/** @throws RangeError when the series is exhausted (9,999,999 prescriptions of one kind in one town) */
export function symbolOf(prefix: string, serial: number): string {
  const digits = String(serial).padStart(SERIAL_DIGITS, '0');
  if (digits.length > SERIAL_DIGITS) throw new RangeError(`series ${prefix} is exhausted`);
  return `${prefix}${digits}${checkDigit(prefix + digits)}`;
}

/** Symbols given out before there were check digits keep their form: `1341000001`. */
export function isOfOldForm(symbol: string): boolean {
  return /^(13|21|99)\d{8}$/.test(symbol);
}

/** True for a symbol that our series can have given out. */
export function isWellFormed(symbol: string): boolean {
  return isOfOldForm(symbol) || (/^[78]\d{9}$/.test(symbol) && checkDigit(symbol) === 0);
}

/** Leading zeros mean nothing in a symbol; banks send them and people write them. */
export const bareSymbol = (symbol: string): string => symbol.trim().replace(/^0+/, '');

const DAMM: readonly (readonly number[])[] = [
  [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
  [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
  [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
  [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
  [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
  [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
  [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
  [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
  [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
  [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];
/** Of digits with their check digit it is 0. */
export function checkDigit(digits: string): number {
  let interim = 0;
  for (const digit of digits) interim = DAMM[interim]?.[Number(digit)] ?? Number.NaN;
  return interim;
}

/** Symbols that a slip of the hand turns into `symbol`: one digit wrong, two neighbours swapped, one digit left out or doubled. Only those that could be ours. */
export function slipsOf(symbol: string): readonly string[] {
  const bare = bareSymbol(symbol);
  if (!/^\d{8,11}$/.test(bare)) return [];
  const found = new Set<string>();
  for (let place = 0; place <= bare.length; place += 1) {
    const [before, after] = [bare.slice(0, place), bare.slice(place + 1)];
    if (place < bare.length) found.add(before + after);
    if (place + 1 < bare.length) found.add(`${before}${bare[place + 1]}${bare[place]}${bare.slice(place + 2)}`);
    for (let digit = 0; digit < 10; digit += 1) {
      found.add(`${before}${digit}${bare.slice(place)}`);
      if (place < bare.length) found.add(`${before}${digit}${after}`);
    }
  }
  found.delete(bare);
  return [...found].filter(isWellFormed);
}

/** Symbols that somebody wrote into a message for the payee: `za psa VS 7100000012, dekuji`. */
export function symbolsIn(text: string): readonly string[] {
  const runs = text.match(/\d[\d ]{7,14}\d|\d{9,10}/g) ?? [];
  const single = text.match(/\d{9,10}/g) ?? [];
  return [...new Set([...runs.map((run) => bareSymbol(run.replaceAll(' ', ''))), ...single.map(bareSymbol)])].filter(isWellFormed);
}
