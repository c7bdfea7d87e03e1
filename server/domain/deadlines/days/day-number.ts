// Days as whole numbers (1970-01-01 is 0): reading, writing, and adding days, months and years without any date object. Pure arithmetic.
import type { LegalDate } from '../types.ts';

/** Whole days since 1970-01-01. */
export type Day = number;

export interface Civil {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Gregorian days before the first of each month in a year that begins in March; see Howard Hinnant, days_from_civil. */
export function dayNumber(year: number, month: number, day: number): Day {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

export function civilOf(at: Day): Civil {
  const z = at + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
  };
}

const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeap(year) ? 29 : (lengths[month - 1] ?? 0);
}

/** 1 Monday … 7 Sunday. */
export const weekday = (at: Day): number => ((((at + 3) % 7) + 7) % 7) + 1;

/** The day of the same name so many months later (negative: earlier); a day the month lacks is its last one (§ 40 odst. 1 písm. b) SŘ). */
export function addMonths(at: Day, months: number): Day {
  const { year, month, day } = civilOf(at);
  const whole = year * 12 + (month - 1) + months;
  const y = Math.floor(whole / 12);
  const m = (whole % 12) + 1;
  return dayNumber(y, m, Math.min(day, daysInMonth(y, m)));
}

const two = (n: number): string => (n < 10 ? `0${n}` : `${n}`);
const written = new Map<Day, LegalDate>();

/** Writes `YYYY-MM-DD`. Remembered: a run of many cases names the same days again and again. */
export function writeDay(at: Day): LegalDate {
  const known = written.get(at);
  if (known !== undefined) return known;
  const { year, month, day } = civilOf(at);
  const text = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
  if (written.size < 60_000) written.set(at, text);
  return text;
}

const digit = (text: string, at: number): number => text.charCodeAt(at) - 48;

/** Reads `YYYY-MM-DD`; undefined when it is not written so or there is no such day. */
export function readDay(text: string): Day | undefined {
  if (text.length !== 10 || text[4] !== '-' || text[7] !== '-') return undefined;
  for (const at of [0, 1, 2, 3, 5, 6, 8, 9]) {
    const value = digit(text, at);
    if (!(value >= 0 && value <= 9)) return undefined;
  }
  const year = digit(text, 0) * 1000 + digit(text, 1) * 100 + digit(text, 2) * 10 + digit(text, 3);
  const month = digit(text, 5) * 10 + digit(text, 6);
  const day = digit(text, 8) * 10 + digit(text, 9);
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  return dayNumber(year, month, day);
}
