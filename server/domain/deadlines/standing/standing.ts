// How a deadline stands on a given day, for queues and timelines: only what had happened by then is known. No clock: the day is given.
import { Problem } from '../../problem.ts';
import type { Outcome, Stretch } from '../counting/context.ts';
import { readDay, writeDay, type Day } from '../days/day-number.ts';
import { evaluate } from '../evaluate.ts';
import type { CalculateOptions, DeadlineCase, DeadlineState, LegalDate, Standing, Warning } from '../types.ts';
import { hasBeginning, knownFrom } from './when-known.ts';

/** Warnings that queues show when the caller names none. */
export const usualWarnings: readonly Warning[] = [
  { kind: 'used-share', share: 0.5 },
  { kind: 'days-left', days: 5 },
];

/**
 * The standing at the end of a day.
 * @throws Problem with the codes of `calculate` for a case that is impossible, `bad-date` for the day
 */
export function standing(
  question: DeadlineCase,
  day: LegalDate,
  options: CalculateOptions & { readonly warnings?: readonly Warning[] } = {},
): Standing {
  const today = readDay(day);
  if (today === undefined) throw new Problem('invalid', 'bad-date', { date: day });
  const known = { ...question, events: question.events.filter((event) => knownFrom(event, question.events) <= today) };
  const nothing: Standing = { day, state: 'not_begun', due: null, used: 0, left: null, overdue: 0, warnings: [] };
  if (!hasBeginning(known)) return nothing;
  const { outcome } = evaluate(known, options);
  if (outcome.start === null || outcome.start > today) {
    return {
      ...nothing,
      state: outcome.state === 'ended' ? 'ended' : 'not_begun',
      due: outcome.due === null ? null : writeDay(outcome.due),
    };
  }
  const state = stateOn(outcome, today);
  const { due } = outcome;
  const reached = (options.warnings ?? usualWarnings).flatMap((warning) => {
    const at = dayOfWarning(outcome, warning);
    return state !== 'ended' && at !== null && at <= today ? [{ ...warning, since: writeDay(at) }] : [];
  });
  return {
    day,
    state,
    due: due === null ? null : writeDay(due),
    used: countedDays(outcome, Math.min(today, due ?? today)),
    left: leftOn(outcome, state, today),
    overdue: state === 'overdue' && due !== null ? today - due : 0,
    warnings: reached,
  };
}

function stateOn(outcome: Outcome, today: Day): DeadlineState | 'overdue' {
  if (outcome.state === 'ended' || typeof outcome.onTime === 'boolean') return 'ended';
  if (outcome.due !== null && today > outcome.due) return 'overdue';
  return outcome.stops.some((stop) => holds(stop, today)) ? 'stopped' : 'running';
}

const holds = ({ from, to }: Stretch, day: Day): boolean => day >= from && (to === null || day <= to);

/** Counted days after the start up to and with a day, never more than the period has. */
function countedDays({ start, stops, length }: Outcome, until: Day): number {
  if (start === null) return 0;
  let found = 0;
  for (let day = start + 1; day <= until; day++) if (!stops.some((stop) => holds(stop, day))) found++;
  return length === null ? found : Math.min(found, length);
}

function leftOn(outcome: Outcome, state: DeadlineState | 'overdue', today: Day): number | null {
  if (state === 'stopped') return outcome.length === null ? null : outcome.length - countedDays(outcome, today);
  return state === 'running' && outcome.due !== null ? outcome.due - today : null;
}

function dayOfWarning(outcome: Outcome, warning: Warning): Day | null {
  const { start, due } = outcome;
  if (start === null) return null;
  if (warning.kind === 'days-left') return due === null ? null : Math.max(start, due - warning.days);
  const total = outcome.length ?? (due === null ? null : due - start);
  if (total === null) return null;
  const wanted = Math.ceil(total * warning.share);
  const last = due ?? outcome.stops.at(-1)?.from ?? start;
  for (let day = start; day <= last; day++) if (countedDays(outcome, day) >= wanted) return day;
  return null;
}

/** The day on which a warning is due by all that is known; null while it cannot be told because the period stands still. */
export function warningDay(question: DeadlineCase, warning: Warning, options: CalculateOptions = {}): LegalDate | null {
  const day = dayOfWarning(evaluate(question, options).outcome, warning);
  return day === null ? null : writeDay(day);
}

/**
 * The day from which silence speaks, where a law says that silence consents or refuses: the day after the last day. Null while the period
 * stands still or has not begun, and when the act was done in time.
 */
export function silenceDay(question: DeadlineCase, options: CalculateOptions = {}): LegalDate | null {
  const { due, onTime } = evaluate(question, options).outcome;
  return due === null || onTime === true ? null : writeDay(due + 1);
}
