// Reads the date of an event: a day, or a moment with offset whose day is the day in Europe/Prague.
import { Problem } from '../../problem.ts';
import { readDay, type Day } from '../days/day-number.ts';
import { pragueDay, readMoment } from '../days/prague.ts';
import { FIRST_DAY, LAST_DAY } from '../days/working-days.ts';

export interface ReadDate {
  readonly day: Day;
  /** Milliseconds since 1970 UTC, when a moment was given: tells the order of events within one day. */
  readonly at?: number;
}

/** @throws Problem `missing-date`, `bad-date`, `moment-without-offset`, `date-out-of-range` */
export function readDate(value: unknown, where: { readonly event: string }): ReadDate {
  if (value === undefined || value === null) throw new Problem('invalid', 'missing-date', { event: where.event });
  const refuse = (code: string): never => {
    throw new Problem('invalid', code, { event: where.event, date: String(value) });
  };
  if (typeof value !== 'string') return refuse('bad-date');
  const day = readDay(value);
  if (day !== undefined) return inRange({ day }) ?? refuse('date-out-of-range');
  const moment = readMoment(value);
  if (moment === undefined || readDay(moment.date) === undefined) return refuse('bad-date');
  if (moment.at === undefined) return refuse('moment-without-offset');
  return inRange({ day: pragueDay(moment.at), at: moment.at }) ?? refuse('date-out-of-range');
}

const inRange = (read: ReadDate): ReadDate | undefined => (read.day >= FIRST_DAY && read.day <= LAST_DAY ? read : undefined);

/** Whether one event came before another: by the moment where both have one, otherwise by the day. */
export const isBefore = (one: ReadDate, other: ReadDate): boolean =>
  one.day !== other.day ? one.day < other.day : one.at !== undefined && other.at !== undefined && one.at < other.at;
