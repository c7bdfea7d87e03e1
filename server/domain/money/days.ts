// Legal days moved by days and years, for deadlines of money that are counted from a day and not from an event of a case. Pure.
import { legalDay, type LegalDate } from '../calendar.ts';
import { writeDay } from '../deadlines/days/day-number.ts';

export const plusDays = (date: LegalDate, days: number): LegalDate => writeDay(legalDay(date) + days);
export const nextDay = (date: LegalDate): LegalDate => plusDays(date, 1);

/** The day of the same name; 29 February becomes the 28th in other years (§ 33 odst. 1 zákona č. 280/2009 Sb.). */
export function plusYears(date: LegalDate, years: number): LegalDate {
  const year = String(Number(date.slice(0, 4)) + years).padStart(4, '0');
  const isLeap = Number(year) % 4 === 0 && (Number(year) % 100 !== 0 || Number(year) % 400 === 0);
  return date.endsWith('-02-29') && !isLeap ? `${year}-02-28` : `${year}${date.slice(4)}`;
}
