// The day of a moment in Prague: an hour ahead of UTC, two in summer time. Summer time begins on the last Sunday of March and ends on the last Sunday
// of October (of September until 1995), each at 01:00 UTC (directive 2000/84/EC and the rules before it).
import { after, before, dayOf, Impossible, lengthOfMonth, written, type Day } from './calendar.ts';

const moment = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(?::(\d\d(?:\.\d+)?))?(Z|[+-]\d\d:\d\d)$/;

export function dayInPrague(date: unknown): Day {
  return momentOf(date).day;
}

/** The day in Prague and, where an hour was given, the moment in UTC written so that a later one reads as greater. */
export function momentOf(date: unknown): { readonly day: Day; readonly utc?: string } {
  if (typeof date !== 'string') throw new Impossible('an event without its date');
  if (/^\d{4}-\d\d-\d\d$/.test(date)) return { day: dayOf(date) };
  const [, day = '', hours = '', minutes = '', seconds = '00', offset = ''] = moment.exec(date) ?? [];
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) >= 60) throw new Impossible(`no such moment: ${date}`);
  const utc = shifted({ day: dayOf(day), minutes: Number(hours) * 60 + Number(minutes) }, -offsetMinutes(offset));
  return {
    day: shifted(utc, isSummer(utc) ? 120 : 60).day,
    utc: `${utc.day.iso} ${String(utc.minutes).padStart(4, '0')} ${seconds.slice(0, 2)}`,
  };
}

type Moment = { readonly day: Day; readonly minutes: number };

function shifted({ day, minutes }: Moment, by: number): Moment {
  if (minutes + by < 0) return { day: before(day), minutes: minutes + by + 1440 };
  if (minutes + by >= 1440) return { day: after(day), minutes: minutes + by - 1440 };
  return { day, minutes: minutes + by };
}

function offsetMinutes(offset: string): number {
  if (offset === 'Z') return 0;
  const size = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6));
  return offset.startsWith('-') ? -size : size;
}

function isSummer({ day, minutes }: Moment): boolean {
  const start = lastSunday(day.year, 3);
  const end = lastSunday(day.year, day.year <= 1995 ? 9 : 10);
  if (day === start) return minutes >= 60;
  if (day === end) return minutes < 60;
  return day.iso > start.iso && day.iso < end.iso;
}

function lastSunday(year: number, month: number): Day {
  let day = dayOf(written(year, month, lengthOfMonth(year, month)));
  while (day.weekday !== 7) day = before(day);
  return day;
}
