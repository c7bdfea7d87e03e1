// When a decision comes into legal force: the day after the last day on which anybody could appeal, or after the last waiver or withdrawal, or the
// day the appellate decision reached the last party. § 73 odst. 1, § 91 SŘ. Never rolled.
import { Problem } from '../../problem.ts';
import { note, notBegun, type Context, type Outcome } from '../counting/context.ts';
import { deliver, isBeforeDelivery } from '../counting/delivery.ts';
import type { Day } from '../days/day-number.ts';
import { isBefore } from '../reading/read-date.ts';
import { firstOf, type ReadEvent, type Trace } from '../reading/read-trace.ts';

interface Participant {
  readonly ref: string;
  readonly delivered: Day | null;
  /** The last day on which he could appeal; his waiver or withdrawal ends it at once. */
  readonly end: Day | null;
  /** He appealed in time and has not withdrawn. */
  readonly holds: boolean;
}

/**
 * @throws Problem `waived-before-delivered`, `withdrawn-without-appeal`, `withdrawn-after-decision`, `appeal-decision-without-appeal` and what
 * delivery refuses
 */
export function legalForce(context: Context): Outcome {
  if (context.trace.length === 0) throw new Problem('invalid', 'missing-event', { event: 'delivery' });
  const decided = context.trace.filter(({ type }) => type === 'appeal_decision_delivered');
  const ofParties = byParticipant(context.trace);
  refuseDecisionWithoutAppeal(context.trace, decided);
  const participants = [...ofParties].map(([ref, trace]) => participant(context, ref, trace));
  const day = forceOf(context, participants, decided);
  if (day !== null) note(context, day, '§ 73 odst. 1 SŘ', (p) => p.inForce(day));
  return { ...notBegun(), due: day, state: day === null ? 'running' : 'ended', legalForce: day };
}

/** An appellate decision without `ref` was notified to everybody, where the parties have names. */
function byParticipant(trace: Trace): ReadonlyMap<string, Trace> {
  const named = trace.some(({ ref }) => ref !== '');
  const found = new Map<string, ReadEvent[]>();
  for (const event of trace) {
    if (named && event.ref === '' && event.type === 'appeal_decision_delivered') continue;
    found.set(event.ref, [...(found.get(event.ref) ?? []), event]);
  }
  return found;
}

function refuseDecisionWithoutAppeal(trace: Trace, decided: Trace): void {
  const first = firstOf(trace, 'appealed');
  if (decided.some((event) => first === undefined || isBefore(event, first)))
    throw new Problem('invalid', 'appeal-decision-without-appeal');
  if (trace.some((event) => event.type === 'withdrawn' && decided.some((decision) => isBefore(decision, event))))
    throw new Problem('invalid', 'withdrawn-after-decision');
}

function participant(context: Context, ref: string, trace: Trace): Participant {
  const delivery = deliver(context, trace);
  const { day: served, instructionMissing } = delivery;
  const waived = firstOf(trace, 'waived');
  const appealed = firstOf(trace, 'appealed');
  const withdrawn = firstOf(trace, 'withdrawn');
  if (waived !== undefined && (served === null || isBeforeDelivery(waived, delivery)))
    throw new Problem('invalid', 'waived-before-delivered', { ref });
  if (withdrawn !== undefined && (appealed === undefined || isBefore(withdrawn, appealed)))
    throw new Problem('invalid', 'withdrawn-without-appeal', { ref });
  const last = served === null ? null : lastAppealDay(context, { ref, served, instructionMissing });
  const holds = appealHolds(context, { ref, last, waived, appealed });
  if (holds && decisionsFor(context, ref).some((decision) => appealed !== undefined && isBefore(decision, appealed)))
    throw new Problem('invalid', 'appeal-decision-without-appeal', { ref });
  if (holds && withdrawn === undefined) return { ref, delivered: served, end: last, holds: true };
  if (holds && withdrawn !== undefined) {
    note(context, withdrawn.day, '§ 91 odst. 3 SŘ', (p) => p.withdrawn(ref, withdrawn.day));
    return { ref, delivered: served, end: served === null ? null : Math.max(withdrawn.day, served), holds: false };
  }
  if (waived !== undefined && last !== null && waived.day <= last) {
    note(context, waived.day, '§ 81 odst. 2, § 91 odst. 4 SŘ', (p) => p.waived(ref, waived.day));
    return { ref, delivered: served, end: waived.day, holds: false };
  }
  return { ref, delivered: served, end: last, holds: false };
}

interface Served {
  readonly ref: string;
  readonly served: Day;
  readonly instructionMissing: boolean;
}

/** Those notified to this participant, or to everybody. */
const decisionsFor = ({ trace }: Context, of: string): Trace =>
  trace.filter(({ type, ref }) => type === 'appeal_decision_delivered' && (ref === of || ref === ''));

/** § 83 SŘ: 15 days, or 90 where the decision does not instruct about the appeal. */
function lastAppealDay(context: Context, { ref, served, instructionMissing }: Served): Day {
  const { length, other } = context.versionFor(served);
  const last = context.calendar.roll(served + (instructionMissing ? (other?.length ?? length) : length));
  note(context, last, '§ 83 odst. 1, § 40 odst. 1 SŘ', (p) => p.lastAppealDay(ref, last));
  return last;
}

interface Appeal {
  readonly ref: string;
  readonly last: Day | null;
  readonly waived: ReadEvent | undefined;
  readonly appealed: ReadEvent | undefined;
}

/** A late appeal, and one after a waiver, does not hold legal force. One filed before notification is valid (§ 83 odst. 1 SŘ). */
function appealHolds(context: Context, { ref, last, waived, appealed }: Appeal): boolean {
  if (appealed === undefined) return false;
  const { day } = appealed;
  if (last !== null && day > last) {
    note(context, day, '§ 92 odst. 1 SŘ', (p) => p.lateAppeal(ref, day));
    return false;
  }
  if (waived !== undefined && isBefore(waived, appealed)) {
    note(context, day, '§ 81 odst. 2 SŘ', (p) => p.appealAfterWaiver(ref, day));
    return false;
  }
  return true;
}

function forceOf(context: Context, participants: readonly Participant[], decided: Trace): Day | null {
  const holding = participants.filter(({ holds }) => holds);
  if (holding.length > 0) {
    for (const { ref } of holding) {
      const appealed = appealOf(context, ref);
      if (appealed === undefined) continue;
      note(context, null, '§ 85 odst. 1 SŘ', (p) => p.appealHolds(ref, appealed.day));
    }
    return byAppeal(context, participants, decided);
  }
  const unserved = participants.find(({ delivered }) => delivered === null);
  if (unserved !== undefined) {
    note(context, null, '§ 73 odst. 1 SŘ', (p) => p.participantNotServed(unserved.ref));
    return null;
  }
  const last = Math.max(...participants.map(({ end }) => end ?? -Infinity));
  const byWaiver = participants.length === 1 && context.trace.some(({ type, day }) => type === 'waived' && day === last);
  return byWaiver && context.switches.sole_waiver === 'same_day' ? last : last + 1;
}

const appealOf = ({ trace }: Context, ref: string): ReadEvent | undefined =>
  trace.find((event) => event.type === 'appealed' && event.ref === ref);

/** § 91 odst. 1 SŘ: when the appellate decision was notified to all parties. */
function byAppeal(context: Context, participants: readonly Participant[], decided: Trace): Day | null {
  const toAll = decided.some(({ ref }) => ref === '');
  const last = Math.max(...decided.map(({ day }) => day));
  if (decided.length === 0 || (!toAll && participants.some(({ ref }) => !decided.some((event) => event.ref === ref)))) {
    note(context, null, '§ 91 odst. 1 SŘ', (p) => p.appealUndecided());
    return null;
  }
  note(context, last, '§ 91 odst. 1 SŘ', (p) => p.appealDecided(last));
  return last;
}
