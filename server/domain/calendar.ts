// The calendar of legal days in Czechia: public holidays by rule, working days, days and instants in Europe/Prague. Pure.
import { Temporal } from 'temporal-polyfill';

/** A legal date, `YYYY-MM-DD`, in Europe/Prague. */
export type LegalDate = string;
export const ZONE = 'Europe/Prague';

/** Fixed holidays: month-day and the year from which they are days off (zákon č. 245/2000 Sb. and before it č. 93/1951, 167/1990). */
const FIXED: readonly (readonly [string, number])[] = [
  ['01-01', 1951],
  ['05-01', 1951],
  ['05-08', 1992],
  ['07-05', 1990],
  ['07-06', 1990],
  ['09-28', 2000],
  ['10-28', 1988],
  ['11-17', 2000],
  ['12-24', 1990],
  ['12-25', 1951],
  ['12-26', 1951],
];
/** 9 May was the day off until 1991. */
const LAST_NINTH_OF_MAY = 1991;
/** Good Friday is a day off since 2016 (zákon č. 359/2015 Sb.). */
const GOOD_FRIDAY_SINCE = 2016;

/** Easter Sunday by the Gregorian computus (Meeus/Jones/Butcher). */
export function easterSunday(year: number): Temporal.PlainDate {
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
  const month = Math.floor((h + l - 7 * m + 114) / 31),
    day = ((h + l - 7 * m + 114) % 31) + 1;
  return Temporal.PlainDate.from({ year, month, day });
}

export function isHoliday(date: LegalDate): boolean {
  const day = Temporal.PlainDate.from(date);
  const monthDay = date.slice(5);
  if (FIXED.some(([at, since]) => at === monthDay && day.year >= since)) return true;
  if (monthDay === '05-09' && day.year <= LAST_NINTH_OF_MAY) return true;
  const fromEaster = easterSunday(day.year).until(day).days;
  return fromEaster === 1 || (fromEaster === -2 && day.year >= GOOD_FRIDAY_SINCE);
}

export function isWorkingDay(date: LegalDate): boolean {
  return Temporal.PlainDate.from(date).dayOfWeek <= 5 && !isHoliday(date);
}

/** The same day, or the next working day (§ 40 odst. 1 písm. c) zákona č. 500/2004 Sb., § 33 odst. 4 zákona č. 280/2009 Sb.). */
export function rollForward(date: LegalDate): LegalDate {
  let day = Temporal.PlainDate.from(date);
  while (!isWorkingDay(day.toString())) day = day.add({ days: 1 });
  return day.toString();
}

export function addWorkingDays(date: LegalDate, count: number): LegalDate {
  let day = Temporal.PlainDate.from(date);
  for (let left = count; left > 0;) {
    day = day.add({ days: 1 });
    if (isWorkingDay(day.toString())) left--;
  }
  return day.toString();
}

/** Sweden writes dates as we store them. Made once: each command asks several times, and the polyfill needs 0.2 ms for an answer. */
const days = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit' });

/** The legal day in which an instant falls. */
export function dayOf(instant: string): LegalDate {
  return days.format(new Date(instant));
}

/** The last millisecond of a legal day, as a UTC instant: what is done then is still on time. */
export function endOfDay(date: LegalDate): string {
  const next = Temporal.PlainDate.from(date).add({ days: 1 }).toZonedDateTime({ timeZone: ZONE });
  return new Date(next.epochMilliseconds - 1).toISOString();
}

/** Whole days from one legal date to another; negative when `to` is before `from`. */
export function daysBetween(from: LegalDate, to: LegalDate): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days;
}
