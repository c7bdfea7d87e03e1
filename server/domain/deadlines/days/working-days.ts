// The calendar of legal days as a table: working day or not, the next working day. Public holidays 1990-2100 and, as data, a town's own days off.
import { Problem } from '../../problem.ts';
import type { LegalDate } from '../types.ts';
import { dayNumber, readDay, weekday, writeDay, type Day } from './day-number.ts';
import { FIRST_YEAR, holidaysOf, LAST_YEAR } from './holidays.ts';

export const FIRST_DAY: Day = dayNumber(FIRST_YEAR, 1, 1);
export const LAST_DAY: Day = dayNumber(LAST_YEAR, 12, 31);

export interface WorkingDays {
  /** @throws Problem `date-out-of-range` outside 1990-2100, where no table of holidays is kept */
  isWorking(day: Day): boolean;
  /** The same day or the next working one. */
  roll(day: Day): Day;
  /** The same day or the last working one before. */
  rollBack(day: Day): Day;
  /** The working day so many after the given day, which is not counted itself. */
  addWorking(day: Day, count: number): Day;
}

const names = new Map<Day, string>();
const publicTable = new Uint8Array(LAST_DAY - FIRST_DAY + 1);
for (let day = FIRST_DAY; day <= LAST_DAY; day++) publicTable[day - FIRST_DAY] = weekday(day) <= 5 ? 1 : 0;
for (let year = FIRST_YEAR; year <= LAST_YEAR; year++) {
  for (const [day, name] of holidaysOf(year)) {
    names.set(day, name);
    publicTable[day - FIRST_DAY] = 0;
  }
}

/** The Czech name of a public holiday. */
export const holidayName = (day: Day): string | undefined => names.get(day);

function over(table: Uint8Array): WorkingDays {
  const isWorking = (day: Day): boolean => {
    const found = table[day - FIRST_DAY];
    if (found === undefined) throw new Problem('invalid', 'date-out-of-range', { date: writeDay(day) });
    return found === 1;
  };
  const step = (from: Day, by: 1 | -1): Day => {
    let day = from;
    while (!isWorking(day)) day += by;
    return day;
  };
  return {
    isWorking,
    roll: (day) => step(day, 1),
    rollBack: (day) => step(day, -1),
    addWorking(from, count) {
      let day = from;
      for (let left = count; left > 0;) if (isWorking(++day)) left--;
      return day;
    },
  };
}

export const publicCalendar: WorkingDays = over(publicTable);
const ofTowns = new Map<string, WorkingDays>();

/**
 * The calendar with a town's own days off.
 * @throws Problem `bad-date` for a day off that is no date
 */
export function calendarWith(daysOff: readonly LegalDate[] | undefined): WorkingDays {
  if (daysOff === undefined || daysOff.length === 0) return publicCalendar;
  const key = daysOff.join();
  const known = ofTowns.get(key);
  if (known !== undefined) return known;
  const table = publicTable.slice();
  for (const text of daysOff) {
    const day = readDay(text);
    if (day === undefined) throw new Problem('invalid', 'bad-date', { date: String(text) });
    table[day - FIRST_DAY] = 0;
  }
  const made = over(table);
  if (ofTowns.size > 100) ofTowns.clear();
  ofTowns.set(key, made);
  return made;
}
