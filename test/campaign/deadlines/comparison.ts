// Asks the house and the naive clock the same, and says where they differ. A difference is shrunk to the fewest events that still show it.
import { calculate, isError } from '../../../server/domain/deadlines/index.ts';
import { Impossible } from '../../domain/naive/calendar.ts';
import type { Event } from '../../domain/naive/events.ts';
import { naive } from '../../domain/naive/rules.ts';
import { traceOf, type Trace } from './traces.ts';

type Told = Readonly<Record<string, string | number | boolean | null>> | 'error';
export type Disagreement = { readonly trace: Trace; readonly naive: Told; readonly house: Told };

const fields = [
  'due',
  'used',
  'left',
  'state',
  'delivered',
  'how',
  'legal_force',
  'inaction_from',
  'on_time',
  'decision_due',
  'working',
  'months',
  'amount',
  'latest',
  'earliest',
] as const;

/** Undefined when both say the same. */
export function disagreement(trace: Trace): Disagreement | undefined {
  const [ours, theirs] = [naiveTold(trace), houseTold(trace)];
  return same(ours, theirs) ? undefined : { trace, naive: ours, house: theirs };
}

function naiveTold({ asked, switches }: Trace): Told {
  try {
    return told(naive(asked, switches));
  } catch (error) {
    if (error instanceof Impossible) return 'error';
    throw error;
  }
}

function houseTold({ asked, switches }: Trace): Told {
  const answer = calculate({ ...asked, events: asked.events as never }, { switches, derivation: false });
  return isError(answer) ? 'error' : told({ ...answer });
}

function told(answer: Readonly<Record<string, unknown>>): Told {
  return Object.fromEntries(fields.map((field) => [field, shown(field, answer[field])]));
}

/** `running` and `ended` are the house's own words; the law's question is whether the period stands still. */
function shown(field: string, value: unknown): string | number | boolean | null {
  if (field === 'state') return value === 'stopped' ? value : null;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function same(one: Told, other: Told): boolean {
  if (one === 'error' || other === 'error') return one === other;
  return fields.every((field) => one[field] === other[field]);
}

/** Leaves out events, fields and hours as long as the two still disagree. */
export function shrunk(found: Disagreement): Disagreement {
  const { asked, switches } = found.trace;
  const smaller = [
    ...(Object.keys(switches).length > 0 ? [{ asked, switches: {} }] : []),
    ...asked.events.map((_, gone) => ({ asked: { ...asked, events: asked.events.filter((_event, at) => at !== gone) }, switches })),
    ...asked.events.flatMap((event, at) =>
      simpler(event).map((simple) => ({
        asked: { ...asked, events: asked.events.map((old, place) => (place === at ? simple : old)) },
        switches,
      })),
    ),
  ];
  for (const trace of smaller) {
    const still = disagreement(trace);
    if (
      still !== undefined &&
      (still.naive === 'error') === (found.naive === 'error') &&
      (still.house === 'error') === (found.house === 'error')
    )
      return shrunk(still);
  }
  return found;
}

function simpler(event: Event): Event[] {
  const plain = typeof event.date === 'string' && event.date.length > 10 ? [{ ...event, date: event.date.slice(0, 10) }] : [];
  const { arose, ...rest } = event;
  return arose === undefined ? plain : [...plain, rest];
}

export type Outcome = {
  readonly perRule: ReadonlyMap<string, number>;
  /** Traces that both call impossible. */
  readonly impossible: number;
  readonly found: readonly Disagreement[];
};

/** Compares the traces `from` to below `to` of a seed; stops after so many disagreements. */
export function compare(seed: number, from: number, to: number, most = 10): Outcome {
  const perRule = new Map<string, number>();
  const found: Disagreement[] = [];
  let impossible = 0;
  for (let n = from; n < to && found.length < most; n += 1) {
    const trace = traceOf(seed, n);
    const rule = `${trace.asked.regime}/${trace.asked.rule}`;
    perRule.set(rule, (perRule.get(rule) ?? 0) + 1);
    const different = disagreement(trace);
    if (different !== undefined) found.push(shrunk(different));
    else if (naiveTold(trace) === 'error') impossible += 1;
  }
  return { perRule, impossible, found };
}

/** One JSON line that anybody can pipe into `npm run -s deadlines`. */
export const line = ({ trace, naive: ours, house }: Disagreement): string =>
  JSON.stringify({ ...trace.asked, switches: trace.switches, naive: brief(ours), house: brief(house) });

const brief = (answer: Told): unknown =>
  answer === 'error' ? answer : Object.fromEntries(Object.entries(answer).filter(([, value]) => value !== null));
