// The calendar as a chain of days, walked once from its first day to its last. Everything in this folder gets along with "the next day" alone:
// no numbers of days, no Date, no import from the house, so that it can disagree with the house.

export type Day = {
  readonly iso: string;
  readonly year: number;
  readonly month: number;
  readonly date: number;
  /** 1 = Monday … 7 = Sunday. */
  readonly weekday: number;
  readonly isFree: boolean;
  readonly previous: Day | undefined;
  next: Day | undefined;
};

/** A case that cannot be: events that contradict each other, or words nobody knows. */
export class Impossible extends Error {}

const firstYear = 1988;
const lastYear = 2103;

/** Paschal full moons of the Gregorian table for 1900-2199, by golden number 1-19, as month and day. */
const paschalMoons = [
  [4, 14],
  [4, 3],
  [3, 23],
  [4, 11],
  [3, 31],
  [4, 18],
  [4, 8],
  [3, 28],
  [4, 16],
  [4, 5],
  [3, 25],
  [4, 13],
  [4, 2],
  [3, 22],
  [4, 10],
  [3, 30],
  [4, 17],
  [4, 7],
  [3, 27],
] as const;

/** Days off with a fixed date, § 1-2 of 245/2000 and 93/1951 before it: [month, day, first year, last year]. */
const fixedHolidays = [
  [1, 1, 0, 9999],
  [5, 1, 0, 9999],
  [5, 8, 1992, 9999],
  [5, 9, 0, 1991],
  [7, 5, 1990, 9999],
  [7, 6, 1990, 9999],
  [9, 28, 2000, 9999],
  [10, 28, 0, 9999],
  [11, 17, 2000, 9999],
  [12, 24, 1990, 9999],
  [12, 25, 0, 9999],
  [12, 26, 0, 9999],
] as const;

const days = walkThroughTheYears();

/** The day of a date of the calendar; the law's clock knows 1990-2100. */
export function dayOf(iso: string): Day {
  const day = days.get(iso);
  if (day === undefined || day.year < 1990 || day.year > 2100) throw new Impossible(`no such day: ${iso}`);
  return day;
}

export function after(day: Day): Day {
  if (day.next === undefined || day.next.year > 2100) throw new Impossible('the calendar ends');
  return day.next;
}

export function before(day: Day): Day {
  if (day.previous === undefined || day.previous.year < 1990) throw new Impossible('the calendar begins');
  return day.previous;
}

export const isWorking = (day: Day): boolean => day.weekday <= 5 && !day.isFree;

function walkThroughTheYears(): Map<string, Day> {
  const found = new Map<string, Day>();
  let previous: Day | undefined;
  // 1 January 1988 was a Friday.
  let weekday = 5;
  for (let year = firstYear; year <= lastYear; year += 1) {
    const offs = easterDaysOff(year);
    for (let month = 1; month <= 12; month += 1) {
      for (let date = 1; date <= lengthOfMonth(year, month); date += 1) {
        const isFree =
          offs.some(([m, d]) => m === month && d === date) ||
          fixedHolidays.some(([m, d, from, to]) => m === month && d === date && year >= from && year <= to);
        const day: Day = { iso: written(year, month, date), year, month, date, weekday, isFree, previous, next: undefined };
        if (previous !== undefined) previous.next = day;
        found.set(day.iso, day);
        previous = day;
        weekday = weekday === 7 ? 1 : weekday + 1;
      }
    }
  }
  return found;
}

export function lengthOfMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Easter is the first Sunday after the paschal moon. Weekdays of a year are found by walking from 1 January 1988. */
function easterDaysOff(year: number): (readonly [number, number])[] {
  const [moonMonth, moonDate] = paschalMoons[year % 19] ?? [0, 0];
  let [month, date, weekday]: [number, number, number] = [moonMonth, moonDate, weekdayOf(year, moonMonth, moonDate)];
  do {
    [month, date] = date === lengthOfMonth(year, month) ? [month + 1, 1] : [month, date + 1];
    weekday = weekday === 7 ? 1 : weekday + 1;
  } while (weekday !== 7);
  const monday = date === lengthOfMonth(year, month) ? ([month + 1, 1] as const) : ([month, date + 1] as const);
  return year >= 2016 ? [monday, twoDaysBefore(month, date)] : [monday];
}

/** Good Friday; Easter is never before 22 March. */
function twoDaysBefore(month: number, date: number): readonly [number, number] {
  if (date > 2) return [month, date - 2];
  return [3, date === 2 ? 31 : 30];
}

function weekdayOf(year: number, month: number, date: number): number {
  let weekday = 5;
  for (let y = firstYear; y <= year; y += 1) {
    for (let m = 1; m <= 12; m += 1) {
      for (let d = 1; d <= lengthOfMonth(y, m); d += 1) {
        if (y === year && m === month && d === date) return weekday;
        weekday = weekday === 7 ? 1 : weekday + 1;
      }
    }
  }
  return weekday;
}

export function written(year: number, month: number, date: number): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}
