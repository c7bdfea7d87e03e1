// Periods that stand still: § 64, 65, 71 SŘ, § 17/5 of 106/1999, § 34 DŘ. One walk through the days says which of them count.
import { after, Impossible, isWorking, type Day } from './calendar.ts';
import { dayOfEvent, inOrder, wholeNumber, type Answer, type Event, type Events } from './events.ts';
import { daysAfter, isBefore, lastDay, rolled, sooner, unitOf } from './period.ts';

/** The days on which the period stands still; `end` undefined while it still does. */
type Stop = {
  readonly start: Day;
  readonly end: Day | undefined;
  readonly hasFloor: boolean;
  /** The other reading: the day on which it ended counts already. */
  readonly endCounts?: boolean;
};

/** § 71/3 a): together at most 30 days; b): as long as needed. */
const shortReasons = ['oral_hearing', 'site_inspection', 'summons', 'bringing_in', 'public_notice_unreachable', 'complex_case'];
const longReasons = ['letter_rogatory', 'expert_report', 'delivery_abroad'];
/** § 64/1: from the day the reason arose; § 64/2-3 and § 71/4 from the day of the act. */
const arisingReasons = ['deficiency', 'fee', 'preliminary_question', 'guardian', 'other_statute'];

export const decisionEvents = ['extended', 'stop', 'resume', 'call_delivered', 'call_period', 'answered', 'issued'];

export function decision(events: Events, begun: Event): Answer {
  const start = dayOfEvent(begun);
  const issued = events.day('issued');
  inOrder(begun, events.one('issued'));
  const answer = walk(start, 30 + extension(events), stops(events, begun));
  if (issued === undefined) return answer;
  return { ...answer, on_time: answer.due === null || issued.iso <= answer.due };
}

function extension(events: Events): number {
  let short = 0;
  let long = 0;
  for (const { reason, days } of events.of('extended')) {
    if (shortReasons.includes(String(reason))) short += wholeNumber(days);
    else if (longReasons.includes(String(reason))) long += wholeNumber(days);
    else throw new Impossible(`no such reason: ${String(reason)}`);
  }
  if (short > 30 && events.reads('extension_over_limit', 'error')) throw new Impossible('at most thirty days');
  return (short > 30 ? 30 : short) + long;
}

/** Says whether interruptions could be; for a period that has not begun. */
export const checkStops = (events: Events): unknown => [stops(events, undefined), extension(events)];

function stops(events: Events, begun: Event | undefined): readonly Stop[] {
  events.refsOf('stop', ['resume', 'call_delivered', 'call_period', 'answered']);
  return events.of('stop').map((stop) => {
    const { reason, arose, ref } = stop;
    const arises = arisingReasons.includes(String(reason));
    if (!arises && reason !== 'request' && reason !== 'register_data') throw new Impossible(`no such reason: ${String(reason)}`);
    if (arose !== undefined && !arises) throw new Impossible('only reasons of § 64/1 arise');
    const from = arose === undefined ? dayOfEvent(stop) : dayOfEvent({ type: 'arose', date: arose });
    inOrder(begun, arose === undefined ? stop : from, stop);
    const end = endOf(events, ref);
    inOrder(stop, events.tied('resume', ref) ?? end);
    inOrder(stop, events.tied('answered', ref));
    return { start: from, end, hasFloor: hasFloor(events, reason), endCounts: events.reads('resumption_day', 'counted') };
  });
}

function hasFloor(events: Events, reason: unknown): boolean {
  if (reason === 'register_data') return events.reads('floor_after_register_data', 'yes');
  return reason !== 'request' || !events.reads('floor_after_request', 'no');
}

/** The day the interruption ended: said outright, or by the answer to the call, or by the last day of an unanswered call. */
function endOf(events: Events, ref: unknown): Day | undefined {
  const resume = events.tied('resume', ref);
  const delivered = events.tied('call_delivered', ref);
  const period = events.tied('call_period', ref);
  const answered = events.tied('answered', ref);
  if (resume !== undefined) {
    if (delivered ?? period ?? answered) throw new Impossible('ended by two ways');
    return dayOfEvent(resume);
  }
  const length = period && { n: wholeNumber(period['n']), unit: unitOf(period['unit']) };
  if (delivered === undefined || length === undefined) return answered && dayOfEvent(answered);
  const last = rolled(lastDay(dayOfEvent(delivered), [length], 'sr'));
  if (answered === undefined || isBefore(last, dayOfEvent(answered))) {
    if (events.reads('silent_party', 'until_resumed')) return answered && dayOfEvent(answered);
    if (events.reads('silent_party', 'day_after')) return after(last);
  }
  return answered ? sooner(dayOfEvent(answered), last) : last;
}

/**
 * From the day after the start, one day after another: a stop that begins on a day which still belongs to the period joins in, a day within a stop is not
 * counted, and the period ends on the first working day on which everything is counted and every floor of 15 days (§ 65/1) has passed.
 */
export function walk(start: Day, total: number, planned: readonly Stop[]): Answer {
  const waiting = new Set(planned);
  const joined: Stop[] = [];
  let used = 0;
  for (let day = after(start); ; day = after(day)) {
    for (const stop of waiting) {
      if (isBefore(day, stop.start)) continue;
      waiting.delete(stop);
      joined.push(stop);
    }
    const standing = joined.filter((stop) => stands(stop, day));
    if (standing.some((stop) => stop.end === undefined)) return { due: null, used, left: total - used, state: 'stopped' };
    if (standing.length > 0) continue;
    if (used < total) used += 1;
    if (used === total && isWorking(day) && joined.every((stop) => hasPassed(stop, day)))
      return { due: day.iso, inaction_from: after(day).iso };
  }
}

function stands({ end, endCounts }: Stop, day: Day): boolean {
  if (end === undefined || isBefore(day, end)) return true;
  return day === end && endCounts !== true;
}

const hasPassed = ({ end, hasFloor }: Stop, day: Day): boolean => end === undefined || !hasFloor || !isBefore(day, daysAfter(end, 15));

/** § 17/5 of 106/1999: 60 days to pay stand still while a complaint about the costs is open. */
export function payment(events: Events, notified: Day | null): Answer {
  const paid = events.day('paid');
  events.refsOf('complaint_filed', ['complaint_decided']);
  const complaints = events.of('complaint_filed').map((filed) => {
    const decided = events.tied('complaint_decided', filed.ref);
    const stop = { start: dayOfEvent(filed), end: decided && dayOfEvent(decided), hasFloor: false };
    inOrder(notified ?? undefined, filed, decided);
    return stop;
  });
  const answer: Answer = notified === null ? { due: null } : withoutInaction(walk(notified, 60, complaints));
  if (paid !== undefined) answer.on_time = answer.due === null || paid.iso <= answer.due;
  return answer;
}

/** § 34 DŘ: from the call until the fifth working day after cooperation was given. */
export function cooperation(events: Events): Answer {
  const filed = events.needed('filed');
  const total = wholeNumber(events.one('filed')?.['n']);
  events.refsOf('call_issued', ['cooperated']);
  const calls = events.of('call_issued').map((call) => {
    const given = events.tied('cooperated', call.ref);
    const start = dayOfEvent(call);
    inOrder(events.one('filed'), call, given);
    return { start, end: given && fifthWorkingDay(given), hasFloor: false, endCounts: events.reads('section_34_fifth_day', 'counted') };
  });
  return withoutInaction(walk(filed, total, calls));
}

function fifthWorkingDay(event: Event): Day {
  let day = dayOfEvent(event);
  let count = 0;
  while (count < 5) {
    day = after(day);
    if (isWorking(day)) count += 1;
  }
  return day;
}

function withoutInaction({ inaction_from: _, ...answer }: Answer): Answer {
  return answer;
}
