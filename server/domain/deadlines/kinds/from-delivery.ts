// Periods that begin with delivery: delivery itself, the appeal, the protest, and a period set by the office.
import { Problem } from '../../problem.ts';
import { onTime, stateOf } from '../counting/acts.ts';
import { note, notBegun, type Context, type Outcome } from '../counting/context.ts';
import { deliver, isBeforeDelivery, type Delivery } from '../counting/delivery.ts';
import { addLengths, noteRun, paragraphs, rolledEnd, type Length } from '../counting/last-day.ts';
import { isBefore } from '../reading/read-date.ts';
import { allOf, firstOf } from '../reading/read-trace.ts';
import type { Day } from '../days/day-number.ts';

/** `due` of a delivery is the day of delivery. */
export function delivery(context: Context): Outcome {
  const { day, how } = deliver(context, context.trace);
  if (day === null) return notBegun({ delivered: null, how });
  return { ...notBegun(), due: day, state: 'ended', delivered: day, how };
}

/** What every period begun by delivery answers; `due` null when not delivered. */
export function fromDelivery(context: Context, { day, how }: Delivery, due: Day | null, length: number | null): Outcome {
  const newest = context.rule.versions.at(-1);
  if (day === null && newest !== undefined) {
    const { length: days, unit, paragraph } = newest;
    note(context, null, paragraph, (p) => p.beginsByDelivery(days, unit));
  }
  const inTime = onTime(context, day, due);
  const state = stateOf(context, day === null ? 'not_begun' : 'running');
  return { due, state, start: day, length, stops: [], used: null, left: null, delivered: day, how, onTime: inTime };
}

/** § 83 SŘ, § 109 odst. 4 DŘ, § 16 InfZ. @throws Problem `filed-before-issued`, `corrected-before-delivered`, `nothing-to-correct` */
export function appeal(context: Context): Outcome {
  const served = deliver(context, context.trace);
  refuseFiledBeforeIssued(context);
  if (served.day === null) return fromDelivery(context, served, null, null);
  const { length, other, paragraph } = context.versionFor(served.day);
  if (served.instructionMissing && other !== undefined) {
    return fromDelivery(context, served, rolledEnd(context, withoutInstruction(context, served, other.length)), other.length);
  }
  if (firstOf(context.trace, 'corrected') !== undefined) throw new Problem('invalid', 'nothing-to-correct');
  noteRun(context, { n: length, unit: 'days' }, { event: 'delivery', day: served.day }, paragraph);
  return fromDelivery(context, served, rolledEnd(context, served.day + length), length);
}

function refuseFiledBeforeIssued({ trace }: Context): void {
  const issued = firstOf(trace, 'issued');
  const filed = firstOf(trace, 'filed');
  if (issued !== undefined && filed !== undefined && isBefore(filed, issued)) throw new Problem('invalid', 'filed-before-issued');
}

/** § 83 odst. 2 SŘ: 15 days from the correcting resolution, at most 90 days from delivery. */
function withoutInstruction(context: Context, served: Delivery, most: number): Day {
  const day = served.day ?? NaN;
  const source = '§ 83 odst. 2 SŘ';
  note(context, day, source, (p) => p.withoutInstruction(day));
  const corrected = firstOf(context.trace, 'corrected');
  if (corrected === undefined) return day + most;
  if (isBeforeDelivery(corrected, served)) throw new Problem('invalid', 'corrected-before-delivered');
  const end = Math.min(corrected.day + context.versionFor(day).length, day + most);
  note(context, corrected.day, source, (p) => p.corrected(corrected.day, corrected.day + context.versionFor(day).length));
  if (end === day + most) note(context, end, source, (p) => p.shorterOf(end));
  return end;
}

/** § 150 odst. 3 SŘ: a protest in time cancels the order and the period for the decision runs anew. */
export function protest(context: Context): Outcome {
  const served = deliver(context, context.trace);
  refuseFiledBeforeIssued(context);
  const filed = firstOf(context.trace, 'filed');
  const version = context.versionFor(served.day ?? filed?.day ?? 0);
  let due: Day | null = null;
  if (served.day !== null) {
    noteRun(context, { n: version.length, unit: 'days' }, { event: 'delivery', day: served.day }, version.paragraph);
    due = rolledEnd(context, served.day + version.length);
  }
  const outcome = fromDelivery(context, served, due, version.length);
  if (filed === undefined || outcome.onTime !== true) {
    if (filed !== undefined) note(context, filed.day, version.paragraph, (p) => p.protestLate());
    return { ...outcome, decisionDue: null };
  }
  const decisionDue = context.calendar.roll(filed.day + (version.other?.length ?? 0));
  note(context, filed.day, `${version.paragraph}, ${paragraphs.sr.roll}`, (p) => p.orderCancelled(filed.day, decisionDue));
  return { ...outcome, decisionDue };
}

/** § 39 SŘ, § 32 a § 36 DŘ. @throws Problem `missing-event`, `prolonged-before-begun`, `prolonged-after-end` */
export function setPeriod(context: Context): Outcome {
  const set = firstOf(context.trace, 'set');
  if (set?.n === undefined || set.unit === undefined) throw new Problem('invalid', 'missing-event', { event: 'set' });
  const served = deliver(context, context.trace);
  if (served.day === null) return fromDelivery(context, served, null, null);
  const lengths: Length[] = [{ n: set.n, unit: set.unit }];
  noteRun(context, { n: set.n, unit: set.unit }, { event: 'delivery', day: served.day }, context.versionFor(served.day).paragraph);
  let end = addLengths(context.rule.law, served.day, lengths);
  for (const event of allOf(context.trace, 'prolonged')) {
    const { n = 0, unit = 'days', day } = event;
    const last = context.calendar.roll(end);
    if (isBeforeDelivery(event, served)) throw new Problem('invalid', 'prolonged-before-begun');
    if (day > last) {
      if (context.switches.late_prolongation === 'error') throw new Problem('invalid', 'prolonged-after-end');
      note(context, day, '§ 39 odst. 2 SŘ, § 36 DŘ', (p) => p.tooLateToProlong(day, last));
      continue;
    }
    note(context, day, context.rule.law === 'dr' ? '§ 36 DŘ' : '§ 39 odst. 2 SŘ', (p) => p.prolonged(n, unit, day));
    lengths.push({ n, unit });
    end =
      context.switches.extension === 'after_roll'
        ? addLengths('sr', last, [{ n, unit }])
        : addLengths(context.rule.law, served.day, lengths);
  }
  const inDays = lengths.every(({ unit }) => unit === 'days' || unit === 'weeks');
  return fromDelivery(context, served, rolledEnd(context, end), inDays ? end - served.day : null);
}
