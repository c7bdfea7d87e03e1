// Which legal day a moment falls into: Europe/Prague by the rule of the clock changes, so that a hundred thousand moments take no time.
import { dayNumber, weekday, type Day } from './day-number.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** The last Sunday of a month, 01:00 UTC: when the clocks of the European Union change (zákon č. 54/1946 Sb. and its yearly decrees). */
function change(year: number, month: number): number {
  const last = dayNumber(year, month + 1, 1) - 1;
  return (last - (weekday(last) % 7)) * DAY + HOUR;
}

const changes = new Map<number, readonly [number, number]>();

/** Summer time ended in September until 1995, in October since. */
function changesOf(year: number): readonly [number, number] {
  const known = changes.get(year);
  if (known !== undefined) return known;
  const made = [change(year, 3), change(year, year <= 1995 ? 9 : 10)] as const;
  changes.set(year, made);
  return made;
}

/** The legal day in Prague of a moment given in milliseconds since 1970 UTC. Right from 1981 on. */
export function pragueDay(moment: number): Day {
  const [summer, winter] = changesOf(new Date(moment).getUTCFullYear());
  const offset = moment >= summer && moment < winter ? 2 * HOUR : HOUR;
  return Math.floor((moment + offset) / DAY);
}

/** The first moment of a legal day, in milliseconds since 1970 UTC. The clocks never change at midnight. */
export function startOfDay(day: Day): number {
  const winter = day * DAY - HOUR;
  const summer = winter - HOUR;
  return pragueDay(summer) === day ? summer : winter;
}

const MOMENT = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:[.,]\d{1,9})?)?(Z|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)?$/;

export interface ReadMoment {
  readonly date: string;
  /** Milliseconds since 1970 UTC; undefined when the moment names no offset. */
  readonly at: number | undefined;
}

/** Reads a moment as written; undefined when it is none. Whether its date exists is not looked at. */
export function readMoment(text: string): ReadMoment | undefined {
  const found = MOMENT.exec(text);
  if (found === null) return undefined;
  const [, date = '', hour, minute, second = '0', offset] = found;
  if (offset === undefined) return { date, at: undefined };
  const day = dayNumber(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10)));
  const local = day * DAY + Number(hour) * HOUR + Number(minute) * 60_000 + Number(second) * 1000;
  return { date, at: local - offsetOf(offset) };
}

function offsetOf(text: string): number {
  if (text === 'Z') return 0;
  const digits = text.slice(1).replace(':', '');
  const size = Number(digits.slice(0, 2)) * HOUR + Number(digits.slice(2) || '0') * 60_000;
  return text.startsWith('-') ? -size : size;
}
