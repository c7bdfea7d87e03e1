// Every change of the due day: the case is told again event by event, in the order in which they happened.
import { evaluate } from '../evaluate.ts';
import { Problem } from '../../problem.ts';
import { writeDay } from '../days/day-number.ts';
import type { CalculateOptions, DeadlineCase, DeadlineEvent, DueChange, LegalDate } from '../types.ts';
import { knownFrom } from './when-known.ts';

/**
 * One entry for each event that changed the due day; events without a date come before the others.
 * @throws Problem with the codes of `calculate` for a case that is impossible as a whole
 */
export function dueHistory(question: DeadlineCase, options: CalculateOptions = {}): readonly DueChange[] {
  evaluate(question, options);
  const known = question.events.map((event) => ({ event, when: knownFrom(event, question.events) }));
  const dated = known.sort((a, b) => (a.when === b.when ? lackOfDate(a.event) - lackOfDate(b.event) : a.when - b.when));
  const changes: DueChange[] = [];
  const told: DeadlineEvent[] = [];
  let before: LegalDate | null = null;
  for (const { event, when } of dated) {
    told.push(event);
    const after = dueOf({ ...question, events: told }, options);
    if (after === undefined || after === before) continue;
    changes.push({ date: when === -Infinity ? null : writeDay(when), event, before, after });
    before = after;
  }
  return changes;
}

/** What has no date is told after what it belongs to. */
const lackOfDate = ({ date }: DeadlineEvent): number => (date === undefined ? 1 : 0);

/** Undefined while the story is not whole enough to be counted. */
function dueOf(question: DeadlineCase, options: CalculateOptions): LegalDate | null | undefined {
  try {
    const { due } = evaluate(question, options).outcome;
    return due === null ? null : writeDay(due);
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}
