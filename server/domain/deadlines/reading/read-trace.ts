// Reads the events of one case against the vocabulary and the rule: types, fields, dates, how often. Order in the list means nothing.
import { Problem } from '../../problem.ts';
import type { KnownRule } from '../rules/rule-set.ts';
import type { DeadlineEvent } from '../types.ts';
import { readDate } from './read-date.ts';
import { readField, type Fields } from './read-fields.ts';
import { annotations, eventTable, units, type EventRow, type EventType } from './vocabulary.ts';
import type { Day } from '../days/day-number.ts';

export interface ReadEvent extends Fields {
  readonly type: EventType;
  /** NaN for the few events that have no date. */
  readonly day: Day;
  readonly at?: number;
  /** Empty when none was given. */
  readonly ref: string;
  readonly number?: string;
}

/** The events of a case, by day (by moment within a day), then in the order of the vocabulary: recording order is forgotten here. */
export type Trace = readonly ReadEvent[];

const order = new Map(Object.keys(eventTable).map((type, place) => [type, place]));

/**
 * @param isStrict whether a field that the event does not know is refused; otherwise it is passed over
 * @throws Problem `bad-events`, `unknown-event`, `event-not-for-rule`, `unknown-field`, `missing-field`, `repeated-event` and what reading
 * of dates and fields refuses
 */
export function readTrace(events: unknown, known: KnownRule, isStrict: boolean): Trace {
  if (!Array.isArray(events)) throw new Problem('invalid', 'bad-events');
  const trace = events.flatMap(spelledOut).map((event) => readEvent(event, known, isStrict));
  trace.sort(byDay);
  refuseRepeated(trace, known);
  return trace;
}

/** What belongs to the first event may also be written into it as a field; it means the same. */
const WRITTEN_INTO: Readonly<Record<string, readonly string[]>> = {
  posted_notice: ['online', 'taken_down'],
  put_in_box: ['login'],
  stored: ['picked_up'],
};

function spelledOut(given: unknown): readonly unknown[] {
  if (typeof given !== 'object' || given === null) return [given];
  const event = given as DeadlineEvent;
  const inside = (WRITTEN_INTO[String(event.type)] ?? []).filter((field) => typeof event[field] === 'string');
  if (inside.length === 0) return [given];
  const rest = Object.fromEntries(Object.entries(event).filter(([field]) => !inside.includes(field)));
  return [rest, ...inside.map((type) => ({ type, date: event[type], ...(event.ref === undefined ? {} : { ref: event.ref }) }))];
}

function byDay(a: ReadEvent, b: ReadEvent): number {
  const first = Number.isNaN(a.day) ? -Infinity : a.day;
  const second = Number.isNaN(b.day) ? -Infinity : b.day;
  if (first !== second) return first - second;
  if (a.at !== undefined && b.at !== undefined && a.at !== b.at) return a.at - b.at;
  return (order.get(a.type) ?? 0) - (order.get(b.type) ?? 0) || compare(a.ref, b.ref) || compare(contentOf(a), contentOf(b));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
/** Twins of one day are put in order by what they say, longer units first. */
const contentOf = ({ reason, days, n, unit, number }: ReadEvent): string =>
  [units.length - units.indexOf(unit ?? 'days'), reason, days, n, number].join();

function readEvent(given: unknown, known: KnownRule, isStrict: boolean): ReadEvent {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw new Problem('invalid', 'bad-events');
  const event = given as DeadlineEvent;
  const type = knownType(event.type, known);
  const row: EventRow = eventTable[type];
  const read: Fields & { type: EventType; day: Day; ref: string; at?: number; number?: string } = { type, day: NaN, ref: readRef(event) };
  if (event.date !== undefined || !mayLackDate(type, row, known)) {
    const { day, at } = readDate(event.date, { event: type });
    read.day = day;
    if (at !== undefined) read.at = at;
  }
  if (typeof event.number === 'string') read.number = event.number;
  for (const field in event) {
    const kind = row.fields?.[field];
    if (kind !== undefined) readField(read, { event: type, field }, kind, event[field]);
    else if (isStrict && !annotations.has(field)) throw new Problem('invalid', 'unknown-field', { event: type, field });
  }
  for (const field of row.needs ?? [])
    if (event[field] === undefined) throw new Problem('invalid', 'missing-field', { event: type, field });
  return read;
}

function knownType(type: unknown, { rule, takes }: KnownRule): EventType {
  if (typeof type !== 'string' || !Object.hasOwn(eventTable, type)) throw new Problem('invalid', 'unknown-event', { event: String(type) });
  if (!takes.has(type)) throw new Problem('invalid', 'event-not-for-rule', { event: type, rule: `${rule.regime}/${rule.rule}` });
  return type as EventType;
}

function readRef({ type, ref }: DeadlineEvent): string {
  if (ref === undefined || ref === null) return '';
  if (typeof ref !== 'string' && typeof ref !== 'number')
    throw new Problem('invalid', 'bad-field', { event: type, field: 'ref', value: '' });
  return String(ref);
}

const mayLackDate = (type: EventType, row: EventRow, { rule }: KnownRule): boolean =>
  row.dated === 'no' || (rule.undated?.includes(type) ?? false);

function refuseRepeated(trace: Trace, { rule }: KnownRule): void {
  const seen = new Set<string>();
  for (const { type, ref } of trace) {
    const row: EventRow = eventTable[type];
    if (row.many) continue;
    const key = rule.ref ? `${type} ${ref}` : type;
    if (seen.has(key)) throw new Problem('invalid', 'repeated-event', { event: type, ref });
    seen.add(key);
  }
}

export const allOf = (trace: Trace, type: EventType): Trace => trace.filter((event) => event.type === type);
export const firstOf = (trace: Trace, type: EventType): ReadEvent | undefined => trace.find((event) => event.type === type);
