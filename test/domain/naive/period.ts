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

/** The last day before rolling. Parts of one period in the same unit are one length; days come after the named days. */
export function lastDay(event: Day, lengths: readonly Length[], code: Code): Day {
  const months = total(lengths, 'months') + 12 * total(lengths, 'years');
  const weeks = total(lengths, 'weeks');
  const named = months > 0 || weeks > 0;
  // § 33/1 DŘ: weeks, months and years run from the day after the event.
  const start = code === 'dr' && named ? after(event) : event;
  let day = monthsAfter(start, months);
  for (let week = 0; week < weeks; week += 1) day = nextSameWeekday(day);
  return daysAfter(day, total(lengths, 'days'));
}

function nextSameWeekday(from: Day): Day {
  let day = after(from);
  while (day.weekday !== from.weekday) day = after(day);
  return day;
}

function total(lengths: readonly Length[], unit: string): number {
  let sum = 0;
  for (const length of lengths) if (length.unit === unit) sum += length.n;
  return sum;
}

export function unitOf(unit: unknown): string {
  if (typeof unit !== 'string' || !['days', 'weeks', 'months', 'years'].includes(unit))
    throw new Impossible(`no such unit: ${String(unit)}`);
  return unit;
}

export const isBefore = (one: Day, other: Day): boolean => one.iso < other.iso;
export const later = (one: Day, other: Day): Day => (isBefore(one, other) ? other : one);
export const sooner = (one: Day, other: Day): Day => (isBefore(one, other) ? one : other);
