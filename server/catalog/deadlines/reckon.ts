// Where a deadline of a case stands: what was recorded about it, handed to the calculation of law. Pure.
import { calculate, type CalculateOptions, type DerivationStep } from '../../domain/deadlines/index.ts';
import { dayOf, type LegalDate } from '../../domain/calendar.ts';
import type { LegalDeadline } from '../types.ts';
import { legalRuleNamed, type DeadlineOwner, type LegalRule } from './legal-rules.ts';
import type { DeadlineEvent } from './record-events.ts';

export interface Reckoning {
  readonly name: string;
  readonly rule: string;
  readonly who: DeadlineOwner;
  /** `closed`: it matters no more, although nothing was done. */
  readonly state: 'waiting' | 'running' | 'stopped' | 'done' | 'closed';
  /** Last day; null while it stands still or has not begun. */
  readonly due: LegalDate | null;
  readonly startedOn: LegalDate | null;
  /** Counted days, only while it stands still. */
  readonly used: number | null;
  readonly left: number | null;
  readonly onTime: boolean | null;
  readonly derivation: readonly DerivationStep[];
  /** Why it cannot be told: what was recorded does not fit together. An officer puts it right by hand. */
  readonly trouble: string | null;
}
interface LawEvent {
  readonly type: string;
  readonly date?: string;
  readonly [field: string]: unknown;
}

const STATES = { not_begun: 'waiting', running: 'running', stopped: 'stopped', ended: 'done' } as const;

/** @param events of the whole case, in the order of recording; those of other deadlines are passed over */
export function reckon(deadline: LegalDeadline, events: readonly DeadlineEvent[], lang: 'cs' | 'en' = 'cs'): Reckoning {
  const law = ruleOf(deadline);
  const round = latestRound(events.filter((event) => event.deadline === deadline.name));
  const nothing = {
    ...base(deadline, law),
    due: null,
    startedOn: null,
    used: null,
    left: null,
    onTime: null,
    derivation: [],
    trouble: null,
  };
  // What happens afterwards opens it again: a completed request, a payment.
  const isClosed = round.at(-1)?.type === 'closed';
  const told = round.filter(({ type }) => type !== 'closed');
  if (told.length === 0) return { ...nothing, state: isClosed ? 'closed' : 'waiting' };
  const unclear = told.find(({ detail }) => typeof detail['trouble'] === 'string');
  if (unclear) return { ...nothing, state: 'waiting', trouble: String(unclear.detail['trouble']) };
  const [regime = '', rule = ''] = deadline.rule.split('/');
  const given = [...lengthOf(deadline, law, told), ...told.flatMap((event) => lawEvents(law, event, readingOf(deadline)))];
  const answer = calculate({ id: deadline.name, regime, rule, events: given }, { lang, ...readingOf(deadline) });
  if ('error' in answer) return { ...nothing, state: 'waiting', trouble: answer.error.text };
  const due = answer.due ?? answer.legal_force ?? null;
  // An act done while the period stood still ends it all the same.
  const isDone = answer.state === 'ended' || typeof answer.on_time === 'boolean';
  const state = isDone ? 'done' : isClosed ? 'closed' : STATES[answer.state];
  return {
    ...nothing,
    state: state === 'running' && due === null ? 'waiting' : state,
    due,
    startedOn: answer.delivered ?? firstDay(given),
    used: answer.used,
    left: answer.left,
    onTime: answer.on_time ?? null,
    derivation: answer.derivation,
  };
}

function base(deadline: LegalDeadline, law: LegalRule): Pick<Reckoning, 'name' | 'rule' | 'who'> {
  return { name: deadline.name, rule: deadline.rule, who: law.who };
}

type Reading = Pick<CalculateOptions, 'switches' | 'daysOff'>;
const readingOf = ({ reading, daysOff }: LegalDeadline): Reading => ({
  ...(reading ? { switches: reading } : {}),
  ...(daysOff ? { daysOff } : {}),
});

/** The sheet's reader lets no other in. */
function ruleOf({ rule }: LegalDeadline): LegalRule {
  const found = legalRuleNamed(rule);
  if (!found) throw new RangeError(`no rule ${rule}`);
  return found;
}

/** A second call begins its period anew: what was before counts no more. */
function latestRound(events: readonly DeadlineEvent[]): readonly DeadlineEvent[] {
  const at = events.findLastIndex(({ type }) => type === 'anew');
  return events.slice(at + 1);
}

/** The situation's own length, unless the office has set another one. */
function lengthOf({ count, unit }: LegalDeadline, law: LegalRule, told: readonly DeadlineEvent[]): readonly LawEvent[] {
  if (law.isSet !== true || count === undefined || unit === undefined || told.some(({ type }) => type === 'set')) return [];
  return [{ type: 'set', n: count, unit }];
}

function lawEvents(law: LegalRule, event: DeadlineEvent, reading: Reading): readonly LawEvent[] {
  if (event.type === 'delivery') return deliveryEvents(law, event, reading);
  return [{ ...event.detail, type: event.type, ...(event.at === '' ? {} : { date: event.at }) }];
}

/**
 * What the law makes of a delivery. Fiction is never taken over as somebody else counted it: the day the message was put into the box is,
 * and the tenth day with its roll is ours (§ 17 odst. 4 zákona č. 300/2008 Sb., NSS 4 Afs 264/2018-85).
 */
function deliveryEvents(law: LegalRule, { at, detail }: DeadlineEvent, reading: Reading): readonly LawEvent[] {
  const { how, deliveredAt, putInBoxAt, storedOn, ...rest } = detail;
  const delivered = typeof deliveredAt === 'string' ? deliveredAt : at;
  if (typeof storedOn === 'string' && law.events.includes('stored')) return fromPost({ rest, how, storedOn, delivered });
  if (how === 'refused' && law.events.includes('refused')) return [{ ...rest, type: 'refused', date: delivered }];
  if (typeof putInBoxAt !== 'string') return [{ ...rest, type: 'delivered', date: delivered }];
  const inBox: readonly LawEvent[] = [
    { ...rest, type: 'put_in_box', date: putInBoxAt },
    ...(how === 'fiction' ? [] : [{ ...rest, type: 'login', date: delivered }]),
  ];
  if (law.events.includes('put_in_box')) return inBox;
  const day = calculate({ regime: 'isds', rule: 'delivery', events: inBox }, { derivation: false, ...reading });
  return [{ ...rest, type: 'delivered', date: 'error' in day ? delivered : (day.delivered ?? day.due ?? delivered) }];
}

interface FromPost {
  readonly rest: Readonly<Record<string, unknown>>;
  readonly how: unknown;
  readonly storedOn: string;
  readonly delivered: string;
}
/** A letter on paper that lay at the post office: the tenth day is ours to count here too (§ 24 odst. 1 SŘ, § 47 odst. 2 DŘ). */
const fromPost = ({ rest, how, storedOn, delivered }: FromPost): readonly LawEvent[] => [
  { ...rest, type: 'stored', date: storedOn },
  ...(how === 'fiction' ? [] : [{ ...rest, type: 'picked_up', date: delivered }]),
];

function firstDay(events: readonly LawEvent[]): LegalDate | null {
  const days = events.flatMap(({ date }) => (date === undefined ? [] : [date.length === 10 ? date : dayOf(date)]));
  return days.sort()[0] ?? null;
}
