// Counting of a plain deadline from the day of an event: start, length, roll over days off. Pure; no clock of its own.
import { Temporal } from 'temporal-polyfill';
import { addWorkingDays, dayOf, endOfDay, rollForward, type LegalDate } from './calendar.ts';

export type DeadlineUnit = 'days' | 'working-days' | 'weeks' | 'months' | 'minutes';
/** `sr` = § 40 zákona č. 500/2004 Sb., `dr` = § 33 zákona č. 280/2009 Sb., `none` = plain addition without a roll (reminders of our own). */
export type DeadlineRegime = 'sr' | 'dr' | 'none';
export interface DeadlineRule {
  readonly count: number;
  readonly unit: DeadlineUnit;
  readonly regime: DeadlineRegime;
}

/**
 * The last day of a deadline. The day of the event is not counted (§ 40/1 a SŘ, § 33/2 DŘ). Weeks and months end on the day
 * named like the day of the event (SŘ), or like the day after it (§ 33/1 DŘ); a missing day is the last of the month.
 * @throws RangeError for unit `minutes`, which has no last day
 */
export function lastDay(event: LegalDate, rule: DeadlineRule): LegalDate {
  if (rule.unit === 'minutes') throw new RangeError('a deadline in minutes has no last day');
  const end = unrolledEnd(event, rule, rule.unit);
  return rule.regime === 'none' ? end : rollForward(end);
}

function unrolledEnd(event: LegalDate, rule: DeadlineRule, unit: Exclude<DeadlineUnit, 'minutes'>): LegalDate {
  if (unit === 'working-days') return addWorkingDays(event, rule.count);
  const day = Temporal.PlainDate.from(event);
  if (unit === 'days') return day.add({ days: rule.count }).toString();
  const start = rule.regime === 'dr' ? day.add({ days: 1 }) : day;
  return start.add(unit === 'weeks' ? { weeks: rule.count } : { months: rule.count }).toString();
}

/** The last instant at which the act is still on time: the end of the last day in Europe/Prague; for minutes the exact instant. */
export function dueInstant(from: string, rule: DeadlineRule): string {
  if (rule.unit === 'minutes') return new Date(Date.parse(from) + rule.count * 60_000).toISOString();
  return endOfDay(lastDay(dayOf(from), rule));
}
