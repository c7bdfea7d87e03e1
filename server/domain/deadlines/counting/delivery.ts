// When a document was delivered, and how: § 17 zákona č. 300/2008 Sb. (data box), § 23-25 SŘ and § 46-49 DŘ (storage, refusal, public notice).
// A deemed delivery on a day off moves to the next working day: NSS 4 Afs 264/2018-85.
import { Problem } from '../../problem.ts';
import type { Day } from '../days/day-number.ts';
import { holidayName } from '../days/working-days.ts';
import { isBefore } from '../reading/read-date.ts';
import { allOf, firstOf, type ReadEvent, type Trace } from '../reading/read-trace.ts';
import type { EventType } from '../reading/vocabulary.ts';
import type { DeliveryHow } from '../types.ts';
import { note, type Context } from './context.ts';

export interface Delivery {
  readonly day: Day | null;
  /** The moment, where the trace tells one. */
  readonly at?: number;
  readonly how: DeliveryHow | null;
  /** § 83 odst. 2 SŘ: the instruction about the appeal is missing, incomplete or wrong. */
  readonly instructionMissing: boolean;
}

const ROLL = 'NSS 4 Afs 264/2018-85';
const ways = ['delivered', 'refused', 'put_in_box', 'stored', 'posted_notice'] as const satisfies readonly EventType[];
/** Without delivery so far, one of these says that there is something to deliver. */
const onTheWay = ['sent', 'issued', 'set', 'appealed'] as const satisfies readonly EventType[];
/** Whether an event came before delivery. Nothing can come before one that has not happened. */
export const isBeforeDelivery = (event: ReadEvent, { day, at }: Delivery): boolean =>
  day !== null && isBefore(event, at === undefined ? { day } : { day, at });

/** What makes no sense without the way it belongs to. */
const belongsTo = [
  ['login', 'put_in_box'],
  ['picked_up', 'stored'],
  ['online', 'posted_notice'],
  ['taken_down', 'posted_notice'],
] as const satisfies readonly (readonly [EventType, EventType])[];

/**
 * @param trace the events of one addressee; null as the day when the document is not delivered
 * @throws Problem `two-deliveries`, `missing-event`, `delivered-before-sent`, `delivered-before-issued`, `login-before-put-in-box`, `picked-up-before-stored`,
 * `taken-down-before-posted`
 */
export function deliver(context: Context, trace: Trace): Delivery {
  const found = ways.flatMap((way) => firstOf(trace, way) ?? []);
  const [way, another] = found;
  if (another !== undefined && way !== undefined) throw new Problem('invalid', 'two-deliveries', { event: way.type, other: another.type });
  for (const [event, needed] of belongsTo)
    if (firstOf(trace, event) && way?.type !== needed) throw new Problem('invalid', 'missing-event', { event: needed });
  const sent = firstOf(trace, 'sent');
  if (way === undefined) {
    if (!onTheWay.some((event) => firstOf(context.trace, event) !== undefined))
      throw new Problem('invalid', 'missing-event', { event: 'delivery' });
    note(context, null, paragraphOf(context), (p) => p.notDelivered());
    return { day: null, how: null, instructionMissing: false };
  }
  // By days, not by hours: issued and sent by our clock, delivered by another one.
  if (sent !== undefined && way.day < sent.day) throw new Problem('invalid', 'delivered-before-sent', { event: way.type });
  const issued = firstOf(context.trace, 'issued');
  if (issued !== undefined && Math.min(way.day, sent?.day ?? way.day) < issued.day) throw new Problem('invalid', 'delivered-before-issued');
  return { ...byWay(context, way, trace), instructionMissing: way.instructionMissing ?? false };
}

type DayAndHow = Pick<Delivery, 'day' | 'at' | 'how'>;
const by = ({ day, at }: ReadEvent, how: DeliveryHow): DayAndHow => (at === undefined ? { day, how } : { day, at, how });

function byWay(context: Context, way: ReadEvent, trace: Trace): DayAndHow {
  switch (way.type) {
    case 'put_in_box':
      return intoBox(context, way, trace);
    case 'stored':
      return fromStorage(context, way, trace);
    case 'posted_notice':
      return byNotice(context, way, trace);
    default: {
      const how = way.type === 'refused' ? 'refused' : 'delivered';
      note(context, way.day, how === 'refused' ? refusalOf(context) : paragraphOf(context), (p) => p.delivered(how, way.day));
      return by(way, how);
    }
  }
}

const paragraphOf = ({ rule }: Context): string => (rule.law === 'dr' ? '§ 46 až 49 DŘ' : '§ 23 až 25 SŘ');

const refusalOf = ({ rule }: Context): string => (rule.law === 'dr' ? '§ 47 DŘ' : '§ 24 SŘ');

const TEN = 10;
const FIFTEEN = 15;

function intoBox(context: Context, put: ReadEvent, trace: Trace): DayAndHow {
  const source = '§ 17 odst. 3 zákona č. 300/2008 Sb.';
  note(context, put.day, source, (p) => p.putInBox(put.day));
  const logins = allOf(trace, 'login');
  if (context.switches.login_before_put_in_box === 'error' && logins.some((login) => isBefore(login, put)))
    throw new Problem('invalid', 'login-before-put-in-box');
  return firstOrFiction(context, put, {
    taken: logins.find((login) => !isBefore(login, put)),
    how: 'login',
    sources: { taken: source, fiction: '§ 17 odst. 4 zákona č. 300/2008 Sb.' },
  });
}

function fromStorage(context: Context, stored: ReadEvent, trace: Trace): DayAndHow {
  const source = context.rule.law === 'dr' ? '§ 46 DŘ' : '§ 23 SŘ';
  note(context, stored.day, source, (p) => p.stored(stored.day));
  const taken = firstOf(trace, 'picked_up');
  if (taken !== undefined && isBefore(taken, stored)) throw new Problem('invalid', 'picked-up-before-stored');
  return firstOrFiction(context, stored, {
    taken,
    how: 'pickup',
    sources: { taken: source, fiction: context.rule.law === 'dr' ? '§ 47 odst. 2 DŘ' : '§ 24 odst. 1 SŘ' },
  });
}

interface Taking {
  readonly taken: ReadEvent | undefined;
  readonly how: 'login' | 'pickup';
  readonly sources: { readonly taken: string; readonly fiction: string };
}

/** Whatever came first: the addressee took it, or the tenth day passed. A taking in the rolled tail still counts. */
function firstOrFiction(context: Context, event: ReadEvent, { taken, how, sources }: Taking): DayAndHow {
  const tenth = event.day + TEN;
  const fiction = context.calendar.roll(tenth);
  const last = context.switches.login_in_tail === 'login' ? fiction : tenth;
  if (taken !== undefined && (event.noFiction === true || taken.day <= last)) {
    if (taken.day > tenth && event.noFiction !== true) note(context, taken.day, ROLL, (p) => p.loginInTail(taken.day));
    note(context, taken.day, sources.taken, (p) => p.delivered(how, taken.day));
    return by(taken, how);
  }
  if (event.noFiction === true) {
    note(context, null, sources.fiction, (p) => p.noFiction());
    return { day: null, how: null };
  }
  noteRoll(context, { n: TEN, day: tenth, to: fiction, source: sources.fiction });
  note(context, fiction, sources.fiction, (p) => p.deemed(fiction));
  return { day: fiction, how: 'fiction' };
}

function noteRoll(context: Context, { n, day, to, source }: { n: number; day: Day; to: Day; source: string }): void {
  note(context, day, source, (p) => p.nthDay(n, day));
  if (to !== day) note(context, to, `${source}, ${ROLL}`, (p) => p.rolled(day, holidayName(day), to));
}

/** § 25 odst. 2 SŘ: the fifteenth day after posting, if it was online too within that time. */
function byNotice(context: Context, posted: ReadEvent, trace: Trace): DayAndHow {
  const { switches, calendar, rule } = context;
  const source = rule.law === 'dr' ? '§ 49 DŘ' : '§ 25 odst. 2 SŘ';
  const online = firstOf(trace, 'online');
  const takenDown = firstOf(trace, 'taken_down');
  if (takenDown !== undefined && isBefore(takenDown, posted)) throw new Problem('invalid', 'taken-down-before-posted');
  note(context, posted.day, source, (p) => p.posted(posted.day));
  const later = online !== undefined && online.day > posted.day && switches.public_notice_online === 'counts_from_later';
  const from = later ? online.day : posted.day;
  if (later) note(context, from, source, (p) => p.onlineCounts(from));
  const fifteenth = from + FIFTEEN;
  const day = switches.public_notice_roll === 'yes' ? calendar.roll(fifteenth) : fifteenth;
  if (online !== undefined && online.day > day) {
    note(context, online.day, source, (p) => p.onlineLate(online.day, day));
    return { day: null, how: null };
  }
  if (takenDown !== undefined && takenDown.day < fifteenth && switches.public_notice_hangs === 'fifteen_days') {
    note(context, takenDown.day, source, (p) => p.takenDownEarly(takenDown.day, fifteenth));
    return { day: null, how: null };
  }
  noteRoll(context, { n: FIFTEEN, day: fifteenth, to: day, source });
  note(context, day, source, (p) => p.delivered('fiction', day));
  return { day, how: 'fiction' };
}
