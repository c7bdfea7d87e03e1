// A period walked day by day: § 40 of 500/2004 (SŘ) and § 33 of 280/2009 (DŘ).
import { after, before, isWorking, Impossible, type Day } from './calendar.ts';

export type Length = { readonly n: number; readonly unit: string };
export type Code = 'sr' | 'dr';

/** The day itself if it works, else the first that does: § 40/1 c) SŘ, § 33/4 DŘ. */
export function rolled(day: Day): Day {
  let found = day;
  while (!isWorking(found)) found = after(found);
  return found;
}

/** The day of the event is not counted: § 40/1 a) SŘ. */
export function daysAfter(event: Day, n: number): Day {
  let day = event;
  for (let count = 0; count < n; count += 1) day = after(day);
  return day;
}

export function daysBefore(event: Day, n: number): Day {
  let day = event;
  for (let count = 0; count < n; count += 1) day = before(day);
  return day;
}

export function workingDaysAfter(event: Day, n: number): Day {
  let day = event;
  let count = 0;
  while (count < n) {
    day = after(day);
    if (isWorking(day)) count += 1;
  }
  return day;
}

/** The day with the same number n months on; where there is none, the last of that month. */
export function monthsAfter(event: Day, n: number): Day {
  let day = event;
  let begun = 0;
  while (begun < n) {
    day = after(day);
    if (day.date === 1) begun += 1;
  }
  while (day.date !== event.date && n > 0) {
    const next = after(day);
    if (next.date === 1) break;
    day = next;
  }
  return day;
}

export function monthsBefore(event: Day, n: number): Day {
  let day = event;
  let left = 0;
  while (left < n) {
    if (day.date === 1) left += 1;
    day = before(day);
  }
  while (day.date > event.date) day = before(day);
  return day;
}

/** The last day before rolling. Lengths follow each other within one period; next to each other in the same unit they are one length,
 * and a year is twelve months. */
export function lastDay(event: Day, lengths: readonly Length[], code: Code): Day {
  // § 33/1 DŘ: weeks, months and years run from the day after the event; one period, one such day.
  let day = code === 'dr' && lengths.some(({ unit }) => unit !== 'days') ? after(event) : event;
  for (const { n, unit } of joined(lengths)) {
    if (unit === 'days') day = daysAfter(day, n);
    else if (unit === 'weeks') for (let week = 0; week < n; week += 1) day = nextSameWeekday(day);
    else day = monthsAfter(day, n);
  }
  return day;
}

function joined(lengths: readonly Length[]): readonly Length[] {
  const found: Length[] = [];
  for (const given of lengths) {
    const length = given.unit === 'years' ? { n: 12 * given.n, unit: 'months' } : given;
    const last = found.at(-1);
    if (last?.unit === length.unit) found.splice(-1, 1, { n: last.n + length.n, unit: last.unit });
    else found.push(length);
  }
  return found;
}

function nextSameWeekday(from: Day): Day {
  let day = after(from);
  while (day.weekday !== from.weekday) day = after(day);
  return day;
}

export function unitOf(unit: unknown): string {
  if (typeof unit !== 'string' || !['days', 'weeks', 'months', 'years'].includes(unit))
    throw new Impossible(`no such unit: ${String(unit)}`);
  return unit;
}

export const isBefore = (one: Day, other: Day): boolean => one.iso < other.iso;
export const later = (one: Day, other: Day): Day => (isBefore(one, other) ? other : one);
export const sooner = (one: Day, other: Day): Day => (isBefore(one, other) ? one : other);
