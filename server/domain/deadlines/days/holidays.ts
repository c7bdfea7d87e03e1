// Czech public holidays 1990-2100 by rule and by year (zákon č. 245/2000 Sb., before it č. 93/1951 and 167/1990 Sb.). Data and the Easter rule.
import { dayNumber, type Day } from './day-number.ts';

export const FIRST_YEAR = 1990;
export const LAST_YEAR = 2100;

export interface FixedHoliday {
  readonly month: number;
  readonly day: number;
  /** First and last year in which it is a day off. */
  readonly from: number;
  readonly until: number;
  readonly name: string;
}

/** A holiday that a law adds or takes away is a row here, with its year. 17 Nov was a working "significant day" in 1990-1999. */
export const fixedHolidays: readonly FixedHoliday[] = [
  { month: 1, day: 1, from: 1951, until: Infinity, name: 'Nový rok' },
  { month: 5, day: 1, from: 1951, until: Infinity, name: 'Svátek práce' },
  { month: 5, day: 8, from: 1992, until: Infinity, name: 'Den vítězství' },
  { month: 5, day: 9, from: 1951, until: 1991, name: 'Den vítězství' },
  { month: 7, day: 5, from: 1990, until: Infinity, name: 'Den slovanských věrozvěstů Cyrila a Metoděje' },
  { month: 7, day: 6, from: 1990, until: Infinity, name: 'Den upálení mistra Jana Husa' },
  { month: 9, day: 28, from: 2000, until: Infinity, name: 'Den české státnosti' },
  { month: 10, day: 28, from: 1988, until: Infinity, name: 'Den vzniku samostatného československého státu' },
  { month: 11, day: 17, from: 2000, until: Infinity, name: 'Den boje za svobodu a demokracii' },
  { month: 12, day: 24, from: 1990, until: Infinity, name: 'Štědrý den' },
  { month: 12, day: 25, from: 1951, until: Infinity, name: '1. svátek vánoční' },
  { month: 12, day: 26, from: 1951, until: Infinity, name: '2. svátek vánoční' },
];

/** Days from Easter Sunday. Good Friday since 2016 (zákon č. 359/2015 Sb.). */
const movable = [
  { shift: -2, from: 2016, name: 'Velký pátek' },
  { shift: 1, from: 1951, name: 'Velikonoční pondělí' },
] as const;

/** Easter Sunday by the Gregorian computus (Meeus/Jones/Butcher). */
export function easterSunday(year: number): Day {
  const a = year % 19,
    b = Math.floor(year / 100),
    c = year % 100;
  const d = Math.floor(b / 4),
    e = b % 4,
    f = Math.floor((b + 8) / 25),
    g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30,
    i = Math.floor(c / 4),
    k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7,
    m = Math.floor((a + 11 * h + 22 * l) / 451);
  return dayNumber(year, Math.floor((h + l - 7 * m + 114) / 31), ((h + l - 7 * m + 114) % 31) + 1);
}

/** The public holidays of a year and their Czech names. */
export function holidaysOf(year: number): ReadonlyMap<Day, string> {
  const found = new Map<Day, string>();
  for (const { month, day, from, until, name } of fixedHolidays)
    if (year >= from && year <= until) found.set(dayNumber(year, month, day), name);
  const easter = easterSunday(year);
  for (const { shift, from, name } of movable) if (year >= from) found.set(easter + shift, name);
  return found;
}
