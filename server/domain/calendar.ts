// The calendar of legal days for the rest of the house: public holidays, working days, days and instants in Europe/Prague, as words. Pure.
// The table and the arithmetic are in deadlines/days/.
import { readDay, writeDay, type Day } from './deadlines/days/day-number.ts';
import { pragueDay, startOfDay } from './deadlines/days/prague.ts';
import { holidayName, publicCalendar } from './deadlines/days/working-days.ts';

/** A legal date, `YYYY-MM-DD`, in Europe/Prague. */
export type LegalDate = string;
export const ZONE = 'Europe/Prague';

/** @throws RangeError for what is no date */
export function legalDay(date: LegalDate): Day {
  const day = readDay(date);
  if (day === undefined) throw new RangeError(`no such day: ${date}`);
  return day;
}

export const isHoliday = (date: LegalDate): boolean => holidayName(legalDay(date)) !== undefined;

/** @throws Problem `date-out-of-range` outside 1990-2100 */
export const isWorkingDay = (date: LegalDate): boolean => publicCalendar.isWorking(legalDay(date));

/** The same day, or the next working day (§ 40 odst. 1 písm. c) zákona č. 500/2004 Sb., § 33 odst. 4 zákona č. 280/2009 Sb.). */
export const rollForward = (date: LegalDate): LegalDate => writeDay(publicCalendar.roll(legalDay(date)));

export const addWorkingDays = (date: LegalDate, count: number): LegalDate => writeDay(publicCalendar.addWorking(legalDay(date), count));

/** The legal day in which an instant falls. @throws RangeError for what is no instant */
export function dayOf(instant: string): LegalDate {
  const moment = Date.parse(instant);
  if (Number.isNaN(moment)) throw new RangeError(`no such instant: ${instant}`);
  return writeDay(pragueDay(moment));
}

/** The last millisecond of a legal day, as a UTC instant: what is done then is still on time. */
export const endOfDay = (date: LegalDate): string => new Date(startOfDay(legalDay(date) + 1) - 1).toISOString();

/** Whole days from one legal date to another; negative when `to` is before `from`. */
export const daysBetween = (from: LegalDate, to: LegalDate): number => legalDay(to) - legalDay(from);
