// Periods without stops: one event, one length, one roll; with two limits, two lengths, or an extension.
import { Problem } from '../../problem.ts';
import { onTime, refuseActBefore, stateOf } from '../counting/acts.ts';
import { note, type Context, type Outcome } from '../counting/context.ts';
import { deliver } from '../counting/delivery.ts';
import { addLengths, noteRun, paragraphs, rolledEnd, type Length } from '../counting/last-day.ts';
import type { Day } from '../days/day-number.ts';
import { isBefore } from '../reading/read-date.ts';
import { allOf, firstOf, type ReadEvent } from '../reading/read-trace.ts';
import type { EventType } from '../reading/vocabulary.ts';
import { fromDelivery } from './from-delivery.ts';

/** The event that starts the period. @throws Problem `missing-event` */
export function requireStart({ rule, trace }: Context): ReadEvent {
  const start = rule.starts.flatMap((type) => firstOf(trace, type as EventType) ?? [])[0];
  if (start === undefined) throw new Problem('invalid', 'missing-event', { event: rule.starts.join(' / ') });
  return start;
}

export function finished(context: Context, start: Day, due: Day, length: number | null): Outcome {
  const inTime = onTime(context, start, due);
  return { due, state: stateOf(context, 'running'), start, length, stops: [], used: null, left: null, onTime: inTime };
}

function endOf(context: Context, event: Day, { n, unit }: Length): Day {
  return unit === 'working-days' ? context.calendar.addWorking(event, n) : addLengths(context.rule.law, event, [{ n, unit }]);
}

export function plain(context: Context): Outcome {
  if (context.rule.starts[0] === 'delivery') {
    const served = deliver(context, context.trace);
    if (served.day === null) return fromDelivery(context, served, null, null);
    const { length, unit, paragraph } = context.versionFor(served.day);
    noteRun(context, { n: length, unit }, { event: 'delivery', day: served.day }, paragraph);
    return fromDelivery(context, served, rolledEnd(context, endOf(context, served.day, { n: length, unit })), length);
  }
  const start = requireStart(context);
  refuseActBefore(context, start);
  const { length, unit, paragraph } = context.versionFor(start.day);
  noteRun(context, { n: length, unit }, { event: start.type, day: start.day }, paragraph);
  return finished(context, start.day, rolledEnd(context, endOf(context, start.day, { n: length, unit })), unit === 'days' ? length : null);
}

/** § 88 odst. 1 SŘ: the shorter length for an appeal that is late or inadmissible. */
export function appealForward(context: Context): Outcome {
  const start = requireStart(context);
  refuseActBefore(context, start);
  const { length, other, paragraph } = context.versionFor(start.day);
  const isShort = start.late === true || start.inadmissible === true;
  const n = isShort && other !== undefined ? other.length : length;
  noteRun(context, { n, unit: 'days' }, { event: start.type, day: start.day }, paragraph);
  return finished(context, start.day, rolledEnd(context, start.day + n), n);
}

/** § 84 odst. 1, § 41 odst. 2 SŘ: a period from what one learned, at most a year from the other event. */
export function twoLimits(context: Context): Outcome {
  const { rule, trace } = context;
  const [ownType, otherType] = rule.kind === 'two-limits' ? (rule.starts as readonly EventType[]) : [];
  const own = ownType && firstOf(trace, ownType);
  const other = otherType && firstOf(trace, otherType);
  if (own === undefined && other === undefined) throw new Problem('invalid', 'missing-event', { event: rule.starts.join(' / ') });
  const start = own?.day ?? other?.day ?? 0;
  const version = context.versionFor(start);
  const ends: Day[] = [];
  if (own !== undefined) {
    noteRun(context, { n: version.length, unit: version.unit }, { event: own.type, day: own.day }, version.paragraph);
    ends.push(endOf(context, own.day, { n: version.length, unit: version.unit }));
  }
  if (other !== undefined && version.other !== undefined) {
    const { length, unit } = version.other;
    const limit = addLengths(rule.law, other.day, [{ n: length, unit }]);
    note(context, limit, version.paragraph, (p) => p.atMost(length, unit, other.type, other.day, limit));
    ends.push(limit);
  }
  const end = Math.min(...ends);
  if (ends.length === 2) note(context, end, version.paragraph, (p) => p.shorterOf(end));
  return finished(context, start, rolledEnd(context, end), null);
}

/** § 14 InfZ: 15 days from receipt or, anew, from completion; up to 10 days more when the applicant was told in time. */
export function provide(context: Context): Outcome {
  const { trace, switches, calendar, rule } = context;
  const received = requireStart(context);
  const completed = allOf(trace, 'completed').at(-1);
  for (const event of [...allOf(trace, 'completed'), ...allOf(trace, 'extended')])
    if (isBefore(event, received)) throw new Problem('invalid', 'before-received', { event: event.type });
  refuseActBefore(context, received);
  const start = completed ?? received;
  const { length, paragraph } = context.versionFor(received.day);
  if (completed !== undefined) note(context, completed.day, '§ 14 odst. 5 InfZ', (p) => p.startsAnew(completed.day));
  noteRun(context, { n: length, unit: 'days' }, { event: start.type, day: start.day }, paragraph);
  let end = start.day + length;
  let added = 0;
  for (const { day, days = 0 } of allOf(trace, 'extended')) {
    const last = calendar.roll(end);
    if (day > last) {
      if (switches.late_prolongation === 'error') throw new Problem('invalid', 'extended-after-end');
      note(context, day, '§ 14 odst. 7 InfZ', (p) => p.tooLateToProlong(day, last));
      continue;
    }
    const more = withinLimit(context, added, days, rule.extension ?? Infinity);
    note(context, day, '§ 14 odst. 7 InfZ', (p) => p.lengthened(more, undefined));
    added += more;
    end = switches.extension === 'after_roll' ? last + more : end + more;
  }
  return finished(context, start.day, rolledEnd(context, end), end - start.day);
}

function withinLimit(context: Context, before: number, days: number, most: number): number {
  if (before + days <= most) return days;
  if (context.switches.extension_over_limit === 'error')
    throw new Problem('invalid', 'extension-over-limit', { days: before + days, most });
  note(context, null, '§ 14 odst. 7 InfZ', (p) => p.capped(most, before + days));
  return most - before;
}

/** § 16a odst. 3 InfZ: from delivery, or from the last day of the period that lapsed. @throws Problem `two-starts` */
export function complaint(context: Context): Outcome {
  const ended = firstOf(context.trace, 'period_ended');
  if (ended === undefined) return deliveredComplaint(context);
  if (context.trace.some(({ type }) => type !== 'period_ended' && type !== 'filed')) throw new Problem('invalid', 'two-starts');
  refuseActBefore(context, ended);
  const { length, paragraph } = context.versionFor(ended.day);
  const from = context.switches.complaint_counts_from === 'day_after' ? ended.day + 1 : ended.day;
  note(context, ended.day, `${paragraph}, ${paragraphs.sr.days}`, (p) => p.lapsed(ended.day, from + length));
  return finished(context, from, rolledEnd(context, from + length), length);
}

function deliveredComplaint(context: Context): Outcome {
  const served = deliver(context, context.trace);
  if (served.day === null) return fromDelivery(context, served, null, null);
  const { length, paragraph } = context.versionFor(served.day);
  noteRun(context, { n: length, unit: 'days' }, { event: 'delivery', day: served.day }, paragraph);
  return fromDelivery(context, served, rolledEnd(context, served.day + length), length);
}
