// Counting of a plain period from the day of an event, for reminders and periods that a form or a process gives itself: start, length, roll.
// A legal period with events, stops and an explanation is in deadlines/. Pure; no clock of its own.
import { dayOf, endOfDay, legalDay, rollForward, type LegalDate } from './calendar.ts';
import { addLengths } from './deadlines/counting/last-day.ts';
import { writeDay } from './deadlines/days/day-number.ts';
import { publicCalendar } from './deadlines/days/working-days.ts';

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
export function lastDay(event: LegalDate, { count, unit, regime }: DeadlineRule): LegalDate {
  if (unit === 'minutes') throw new RangeError('a deadline in minutes has no last day');
  const from = legalDay(event);
  const end =
    unit === 'working-days'
      ? publicCalendar.addWorking(from, count)
      : addLengths(regime === 'dr' ? 'dr' : 'sr', from, [{ n: count, unit }]);
  return regime === 'none' ? writeDay(end) : rollForward(writeDay(end));
}

/** The last instant at which the act is still on time: the end of the last day in Europe/Prague; for minutes the exact instant. */
export function dueInstant(from: string, rule: DeadlineRule): string {
  if (rule.unit === 'minutes') return new Date(Date.parse(from) + rule.count * 60_000).toISOString();
  return endOfDay(lastDay(dayOf(from), rule));
}
