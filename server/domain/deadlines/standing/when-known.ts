// From which day an event of a case is known. The few that have no date are known with what they belong to.
import { readDate } from '../reading/read-date.ts';
import { deliveryEvents, findRule } from '../rules/rule-set.ts';
import type { DeadlineCase, DeadlineEvent } from '../types.ts';
import type { Day } from '../days/day-number.ts';

/**
 * The day of an event; the period that a call gives is known with its interruption, what has no date otherwise from the beginning.
 * @throws Problem `bad-date` and what else reading of a date refuses
 */
export function knownFrom(event: DeadlineEvent, events: readonly DeadlineEvent[]): Day {
  if (event.date !== undefined) return readDate(event.date, { event: event.type }).day;
  if (event.type !== 'call_period') return -Infinity;
  const stop = events.find(({ type, ref }) => type === 'stop' && ref === event.ref);
  return stop?.date === undefined ? -Infinity : readDate(stop.date, { event: 'stop' }).day;
}

const onTheWay: readonly string[] = ['issued', 'set', 'appealed', 'received_elsewhere'];

/** Whether anything of the case is known that its period could begin with. @throws Problem `unknown-regime`, `unknown-rule` */
export function hasBeginning({ regime, rule, events }: DeadlineCase): boolean {
  const { starts } = findRule(regime, rule).rule;
  const begin = new Set<string>([...starts.flatMap((start) => (start === 'delivery' ? deliveryEvents : [start])), ...onTheWay]);
  return events.some(({ type }) => begin.has(type));
}
