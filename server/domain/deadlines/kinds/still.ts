// Periods that stand still while others are on the move: § 17 odst. 5 InfZ (a complaint about the costs), § 34 DŘ (cooperation). No floor.
import { Problem } from '../../problem.ts';
import { onTime, refuseActBefore, stateOf } from '../counting/acts.ts';
import { note, type Context, type Outcome } from '../counting/context.ts';
import { deliver, isBeforeDelivery } from '../counting/delivery.ts';
import { noteRun } from '../counting/last-day.ts';
import { runWithStops, type Stop } from '../counting/stops.ts';
import type { Day } from '../days/day-number.ts';
import { isBefore } from '../reading/read-date.ts';
import { allOf, firstOf, type ReadEvent } from '../reading/read-trace.ts';
import type { EventType } from '../reading/vocabulary.ts';
import { fromDelivery } from './from-delivery.ts';

export const still = (context: Context): Outcome => (context.rule.starts[0] === 'delivery' ? payment(context) : cooperation(context));

function payment(context: Context): Outcome {
  const pairs = pairsOf(context, 'complaint_filed', 'complaint_decided');
  const served = deliver(context, context.trace);
  if (served.day === null) return fromDelivery(context, served, null, null);
  refuseEarly(pairs.some(({ begun }) => isBeforeDelivery(begun, served)));
  const { length, paragraph } = context.versionFor(served.day);
  noteRun(context, { n: length, unit: 'days' }, { event: 'delivery', day: served.day }, paragraph);
  const stops = pairs.map(({ begun, ended }) => stopOf(begun, ended?.day ?? null, paragraph));
  return ran(context, { start: served.day, length, stops }, (due) => fromDelivery(context, served, due, length));
}

function cooperation(context: Context): Outcome {
  const { trace, switches, calendar } = context;
  const filed = firstOf(trace, 'filed');
  if (filed === undefined) throw new Problem('invalid', 'missing-event', { event: 'filed' });
  if (filed.n === undefined) throw new Problem('invalid', 'missing-field', { event: 'filed', field: 'n' });
  if (filed.unit !== undefined && filed.unit !== 'days') throw new Problem('invalid', 'bad-unit', { value: filed.unit });
  refuseActBefore(context, filed);
  const { paragraph } = context.versionFor(filed.day);
  const length = filed.n;
  noteRun(context, { n: length, unit: 'days' }, { event: 'filed', day: filed.day }, paragraph);
  const pairs = pairsOf(context, 'call_issued', 'cooperated');
  refuseEarly(pairs.some(({ begun }) => isBefore(begun, filed)));
  const stops = pairs.map(({ begun, ended }): Stop => {
    if (ended === undefined) return stopOf(begun, null, paragraph);
    const fifth = calendar.addWorking(ended.day, 5);
    const to = switches.section_34_fifth_day === 'counted' ? fifth - 1 : fifth;
    return {
      ...stopOf(begun, to, paragraph),
      explainEnd: () => note(context, fifth, paragraph, (p) => p.fifthWorkingDay(fifth, ended.day)),
    };
  });
  return ran(context, { start: filed.day, length, stops }, (due) => ({
    due,
    state: stateOf(context, 'running'),
    start: filed.day,
    length,
    stops: [],
    used: null,
    left: null,
    onTime: onTime(context, filed.day, due),
  }));
}

interface Pair {
  readonly begun: ReadEvent;
  readonly ended: ReadEvent | undefined;
}

/** @throws Problem `unknown-ref`, `ended-before-begun` */
function pairsOf({ trace }: Context, begin: EventType, end: EventType): readonly Pair[] {
  const ends = allOf(trace, end);
  const begins = allOf(trace, begin);
  for (const { ref } of ends)
    if (!begins.some((begun) => begun.ref === ref)) throw new Problem('invalid', 'unknown-ref', { event: end, ref });
  return begins.map((begun) => {
    const ended = ends.find(({ ref }) => ref === begun.ref);
    if (ended !== undefined && isBefore(ended, begun)) throw new Problem('invalid', 'ended-before-begun', { event: end, ref: begun.ref });
    return { begun, ended };
  });
}

const stopOf = ({ day, type, number }: ReadEvent, to: Day | null, paragraph: string): Stop => ({
  from: day,
  to,
  resolved: day,
  reason: type,
  number,
  floor: 0,
  paragraph,
});

interface Run {
  readonly start: Day;
  readonly length: number;
  readonly stops: readonly Stop[];
}

/** @throws Problem `stop-before-begun` */
function refuseEarly(isEarly: boolean): void {
  if (isEarly) throw new Problem('invalid', 'stop-before-begun');
}

function ran(context: Context, { start, length, stops }: Run, outcome: (due: Day | null) => Outcome): Outcome {
  const run = runWithStops(context, { start, length }, stops);
  const isStill = run.due === null;
  const finished = outcome(run.due);
  return {
    ...finished,
    state: isStill ? 'stopped' : finished.state,
    stops: run.stops,
    used: isStill ? run.used : null,
    left: isStill ? run.left : null,
  };
}
