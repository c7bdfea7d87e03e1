// How a deadline stands on a day: what queues and timelines show, with nothing known that had not happened yet.
import { describe, expect, test } from 'vitest';
import { writeDay } from '../../../server/domain/deadlines/days/day-number.ts';
import { calculate, dueHistory, isError, silenceDay, standing, warningDay } from '../../../server/domain/deadlines/index.ts';
import type { DeadlineCase } from '../../../server/domain/deadlines/index.ts';
import { readDate } from '../../../server/domain/deadlines/reading/read-date.ts';
import { asked, readGolden } from '../golden/read-golden.ts';
import { given, on, stop } from './asking.ts';

const permit = {
  regime: 'sr',
  rule: 'decision',
  events: [on('received', '2026-03-05'), ...stop('v1', '2026-03-16', '2026-03-30'), on('issued', '2026-04-22')],
};

describe('the standing of a permit', () => {
  test.each([
    ['2026-03-04', { state: 'not_begun', due: null, used: 0, left: null }],
    ['2026-03-05', { state: 'running', due: '2026-04-07', used: 0, left: 33 }],
    ['2026-03-15', { state: 'running', due: '2026-04-07', used: 10, left: 23 }],
    ['2026-03-16', { state: 'stopped', due: null, used: 10, left: 20 }],
    ['2026-03-29', { state: 'stopped', due: null, used: 10, left: 20 }],
    ['2026-03-30', { state: 'stopped', due: '2026-04-20', used: 10, left: 20 }],
    ['2026-03-31', { state: 'running', due: '2026-04-20', used: 11, left: 20 }],
    ['2026-04-20', { state: 'running', due: '2026-04-20', used: 30, left: 0, overdue: 0 }],
    ['2026-04-21', { state: 'overdue', due: '2026-04-20', left: null, overdue: 1 }],
    ['2026-04-22', { state: 'ended', due: '2026-04-20', overdue: 0, warnings: [] }],
  ])('on %s', (day, expected) => {
    expect(standing(permit, day)).toMatchObject({ day, ...expected });
  });

  test('warnings are reached on their day and stay', () => {
    expect(standing(permit, '2026-04-03').warnings).toEqual([]);
    expect(standing(permit, '2026-04-04').warnings).toEqual([{ kind: 'used-share', share: 0.5, since: '2026-04-04' }]);
    expect(standing(permit, '2026-04-15').warnings.map(({ since }) => since)).toEqual(['2026-04-04', '2026-04-15']);
  });

  test('the caller may name other warnings', () => {
    const warnings = [{ kind: 'days-left', days: 10 }] as const;
    expect(standing(permit, '2026-04-10', { warnings }).warnings).toEqual([{ kind: 'days-left', days: 10, since: '2026-04-10' }]);
  });

  test('what happened later the same night in UTC is already tomorrow in Prague', () => {
    const late = { ...permit, events: [on('received', '2026-03-05T23:30:00Z')] };
    expect(standing(late, '2026-03-05').state).toBe('not_begun');
    expect(standing(late, '2026-03-06')).toMatchObject({ state: 'running', used: 0 });
  });

  test('a letter that nobody has taken has not begun its period', () => {
    const period = { regime: 'sr', rule: 'set_period', events: [given('set', { n: 15, unit: 'days' }), on('sent', '2026-03-02')] };
    expect(standing(period, '2026-03-10')).toMatchObject({ state: 'not_begun', due: null });
  });

  test('an impossible case is refused by its code, a day that does not exist too', () => {
    const impossible = { ...permit, events: [on('received', '2026-03-05'), ...stop('a', '2026-03-20', '2026-03-10')] };
    expect(() => standing(impossible, '2026-04-01')).toThrow('ended-before-begun');
    expect(() => standing(permit, '2026-02-30')).toThrow('bad-date');
  });
});

describe('the day of a warning', () => {
  test('is told ahead while the period runs, and not while it stands still before it', () => {
    const running = { ...permit, events: permit.events.slice(0, 1) };
    expect(warningDay(running, { kind: 'days-left', days: 5 })).toBe('2026-04-02');
    expect(warningDay(running, { kind: 'used-share', share: 0.5 })).toBe('2026-03-20');
    const still = { ...permit, events: permit.events.slice(0, 2) };
    expect(warningDay(still, { kind: 'days-left', days: 5 })).toBeNull();
    expect(warningDay(still, { kind: 'used-share', share: 0.5 })).toBeNull();
    expect(warningDay(still, { kind: 'used-share', share: 0.25 })).toBe('2026-03-13');
  });

  test('of a period in months is a share of its days', () => {
    const months = { regime: 'dr', rule: 'set_period', events: [on('delivered', '2025-12-31'), given('set', { n: 3, unit: 'months' })] };
    expect(warningDay(months, { kind: 'used-share', share: 0.5 })).toBe('2026-02-15');
  });
});

describe('a call with its period', () => {
  const called = {
    regime: 'sr',
    rule: 'decision',
    events: [
      given('call_period', { ref: 'v1', n: 15, unit: 'days' }),
      on('call_delivered', '2026-03-18', { ref: 'v1' }),
      on('received', '2026-03-05'),
      on('stop', '2026-03-16', { ref: 'v1', reason: 'deficiency' }),
      on('answered', '2026-03-25', { ref: 'v1' }),
    ],
  };

  test('is not known before it was made, and ends by itself when nobody answers', () => {
    expect(standing(called, '2026-03-10')).toMatchObject({ state: 'running', due: '2026-04-07' });
    expect(standing(called, '2026-03-16')).toMatchObject({ state: 'stopped', due: null });
    expect(standing(called, '2026-03-20')).toMatchObject({ state: 'stopped', due: '2026-04-22' });
    expect(standing(called, '2026-03-26')).toMatchObject({ state: 'running', due: '2026-04-14' });
  });

  test('moves the due day with each of its events', () => {
    expect(dueHistory(called).map(({ event, after }) => [event.type, after])).toEqual([
      ['received', '2026-04-07'],
      ['stop', null],
      ['call_delivered', '2026-04-22'],
      ['answered', '2026-04-14'],
    ]);
  });

  test('an appeal filed before anything was delivered has begun nothing yet', () => {
    const early = { regime: 'sr', rule: 'appeal', events: [on('filed', '2026-03-05'), on('delivered', '2026-03-09')] };
    expect(standing(early, '2026-03-06').state).toBe('not_begun');
    expect(standing(early, '2026-03-10').state).toBe('ended');
  });
});

describe('silence', () => {
  const received = { regime: 'life', rule: 'petition', events: [on('received', '2026-06-05')] };

  test('speaks from the day after the last day', () => {
    expect(silenceDay(received)).toBe('2026-07-08');
  });

  test('does not speak when the act was done in time, nor while the period stands still', () => {
    expect(silenceDay({ ...received, events: [...received.events, on('done', '2026-07-07')] })).toBeNull();
    expect(silenceDay({ ...permit, events: permit.events.slice(0, 2) })).toBeNull();
  });
});

describe('the history of the due day', () => {
  test('names each event that moved it, in the order of the days', () => {
    expect(
      dueHistory({ ...permit, events: permit.events.toReversed() }).map(({ date, event, before, after }) => [
        date,
        event.type,
        before,
        after,
      ]),
    ).toEqual([
      ['2026-03-05', 'received', null, '2026-04-07'],
      ['2026-03-16', 'stop', '2026-04-07', null],
      ['2026-03-30', 'resume', null, '2026-04-20'],
    ]);
  });

  test('an appeal filed moves nothing and is not in it', () => {
    const appeal = { regime: 'sr', rule: 'appeal', events: [on('delivered', '2026-03-05'), on('filed', '2026-03-10')] };
    expect(dueHistory(appeal)).toHaveLength(1);
  });
});

describe('every golden case', () => {
  const cases = readGolden().flatMap((file) => file.cases.filter(({ error, switch: other }) => !error && other === undefined));

  test('stands somehow on each day of its story, and in the end as the calculation says', () => {
    for (const golden of cases) {
      const question = asked(golden) as DeadlineCase;
      const days = question.events.flatMap(({ date }) => (date === undefined ? [] : [readDate(date, { event: '' }).day]));
      for (const day of days) {
        expect(() => standing(question, writeDay(day - 1)), `${golden.id} before ${writeDay(day)}`).not.toThrow();
        expect(() => standing(question, writeDay(day)), `${golden.id} on ${writeDay(day)}`).not.toThrow();
      }
      const answer = calculate(question);
      expect(standing(question, writeDay(Math.max(...days))).due, golden.id).toBe(isError(answer) ? undefined : answer.due);
    }
  });
});
