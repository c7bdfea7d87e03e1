// What must hold for every trace, not only for those somebody thought of (fast-check). Stops are drawn within the period and some time after.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isWorkingDay } from '../../../server/domain/calendar.ts';
import { readDay, writeDay } from '../../../server/domain/deadlines/days/day-number.ts';
import type { DeadlineEvent } from '../../../server/domain/deadlines/index.ts';
import { answerTo, dueOf, given, on, stop } from './asking.ts';

const base = readDay('1991-01-01') ?? 0;
const start = fc.integer({ min: 0, max: 39_000 }).map((n) => base + n);
const reason = fc.constantFrom('deficiency', 'fee', 'preliminary_question', 'guardian', 'other_statute', 'request', 'register_data');
interface Drawn {
  readonly after: number;
  readonly lasts: number;
  readonly reason: string;
}
const drawn = fc.record({ after: fc.integer({ min: 0, max: 90 }), lasts: fc.integer({ min: 0, max: 40 }), reason });
const extension = fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined });

const eventsOf = (from: number, stops: readonly Drawn[], days?: number): readonly DeadlineEvent[] => [
  on('received', writeDay(from)),
  ...(days === undefined ? [] : [given('extended', { reason: 'complex_case', days })]),
  ...stops.flatMap((one, at) => stop(`s${at}`, writeDay(from + one.after), writeDay(from + one.after + one.lasts), one.reason)),
];
const due = (events: readonly DeadlineEvent[]): string => dueOf('sr/decision', events) ?? 'none';
const traces = fc.tuple(start, fc.array(drawn, { maxLength: 5 }), extension);

describe('a decision period', () => {
  test('never ends on a day off', () => {
    fc.assert(
      fc.property(traces, ([from, stops, days]) => isWorkingDay(due(eventsOf(from, stops, days)))),
      { numRuns: 2_000 },
    );
  });

  test('does not care in which order its events were recorded', () => {
    const shuffled = traces.chain(([from, stops, days]) => {
      const events = eventsOf(from, stops, days);
      return fc.tuple(fc.constant(events), fc.shuffledSubarray([...events], { minLength: events.length }));
    });
    fc.assert(
      fc.property(shuffled, ([told, mixed]) => {
        expect(answerTo('sr/decision', mixed)).toEqual(answerTo('sr/decision', told));
      }),
      { numRuns: 1_000 },
    );
  });

  test('never ends sooner because of one more stop', () => {
    fc.assert(
      fc.property(
        traces,
        drawn,
        ([from, stops, days], more) => due(eventsOf(from, [...stops, more], days)) >= due(eventsOf(from, stops, days)),
      ),
      { numRuns: 2_000 },
    );
  });

  test('never ends sooner because a stop lasted a day longer', () => {
    fc.assert(
      fc.property(start, drawn, fc.array(drawn, { maxLength: 3 }), (from, one, others) => {
        const longer = { ...one, lasts: one.lasts + 1 };
        return due(eventsOf(from, [longer, ...others])) >= due(eventsOf(from, [one, ...others]));
      }),
      { numRuns: 2_000 },
    );
  });

  test('never ends sooner because it began a day later', () => {
    fc.assert(
      fc.property(start, (from) => due(eventsOf(from + 1, [])) >= due(eventsOf(from, []))),
      { numRuns: 1_000 },
    );
  });

  test('never ends sooner because of an extension', () => {
    fc.assert(
      fc.property(
        start,
        fc.array(drawn, { maxLength: 3 }),
        fc.integer({ min: 1, max: 30 }),
        (from, stops, days) => due(eventsOf(from, stops, days)) >= due(eventsOf(from, stops)),
      ),
      { numRuns: 1_000 },
    );
  });

  test('is not stopped by a reason after its end', () => {
    fc.assert(
      fc.property(traces, fc.integer({ min: 1, max: 60 }), ([from, stops, days], later) => {
        const end = due(eventsOf(from, stops, days));
        const tooLate = (readDay(end) ?? 0) + later;
        return due([...eventsOf(from, stops, days), ...stop('late', writeDay(tooLate), writeDay(tooLate + 5))]) === end;
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a stop of its own', () => {
  test('of one day, where register data came at once, costs exactly that day', () => {
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 29 }), (from, after) => {
        const oneDay = due(eventsOf(from, [{ after, lasts: 0, reason: 'register_data' }]));
        return oneDay === dueOf('sr/set_period', [on('delivered', writeDay(from)), given('set', { n: 31, unit: 'days' })]);
      }),
      { numRuns: 1_000 },
    );
  });

  test('of no days at all, when the day of resumption is counted, changes nothing but the floor of § 65', () => {
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 29 }), reason, (from, after, why) => {
        const events = eventsOf(from, [{ after, lasts: 0, reason: why }]);
        const counted = dueOf('sr/decision', events, { resumption_day: 'counted' }) ?? 'none';
        const floor = dueOf('sr/set_period', [on('delivered', writeDay(from + after)), given('set', { n: 15, unit: 'days' })]) ?? '';
        const without = due(eventsOf(from, []));
        return counted === (why === 'register_data' || floor < without ? without : floor);
      }),
      { numRuns: 1_000 },
    );
  });

  test('split in two neighbours is the same stop; a gap between them never gains a day beyond the floor', () => {
    const split = fc.record({
      after: fc.integer({ min: 1, max: 29 }),
      lasts: fc.integer({ min: 1, max: 40 }),
      cut: fc.nat(),
      gap: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(start, split, reason, (from, { after, lasts, cut, gap }, why) => {
        const first = cut % lasts;
        const whole = due(eventsOf(from, [{ after, lasts, reason: why }]));
        const neighbours = [
          { after, lasts: first, reason: why },
          { after: after + first + 1, lasts: lasts - first - 1, reason: why },
        ];
        const apart = [{ after, lasts: Math.max(0, first - gap), reason: why }, ...neighbours.slice(1)];
        return due(eventsOf(from, neighbours)) === whole && due(eventsOf(from, apart)) <= whole;
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('delivery and appeal', () => {
  const logins = fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 4 });

  test('a deemed delivery is a working day from the tenth day on, and no login makes it later', () => {
    fc.assert(
      fc.property(start, logins, (from, days) => {
        const put = on('put_in_box', writeDay(from));
        const fiction = dueOf('isds/delivery', [put]) ?? '';
        const delivered = dueOf('isds/delivery', [put, ...days.map((n) => on('login', writeDay(from + n)))]) ?? '';
        return isWorkingDay(fiction) && fiction >= writeDay(from + 10) && delivered <= fiction;
      }),
      { numRuns: 1_000 },
    );
  });

  test('an appeal is on time exactly until its last day', () => {
    fc.assert(
      fc.property(start, fc.integer({ min: 0, max: 40 }), (from, after) => {
        const answer = answerTo('sr/appeal', [on('delivered', writeDay(from)), on('filed', writeDay(from + after))]);
        return answer.on_time === writeDay(from + after) <= (answer.due ?? '');
      }),
      { numRuns: 1_000 },
    );
  });

  test('legal force comes the day after the appeal period of the last participant', () => {
    fc.assert(
      fc.property(start, fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 5 }), (from, days) => {
        const served = days.map((n, at) => on('delivered', writeDay(from + n), { ref: `p${at}` }));
        const last = dueOf('sr/appeal', [on('delivered', writeDay(from + Math.max(...days)))]) ?? '';
        return dueOf('sr/legal_force', served) === writeDay((readDay(last) ?? 0) + 1);
      }),
      { numRuns: 500 },
    );
  });
});
