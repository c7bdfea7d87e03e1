// The hard interplay of stops, floors, extensions and the roll (§ 64, 65, 71 SŘ, § 34 DŘ, § 17 InfZ), each case worked out by hand.
import { describe, expect, test } from 'vitest';
import { answerTo, dueOf, given, on, stop } from './asking.ts';

const received = on('received', '2026-03-05');
const decision = (...events: Parameters<typeof dueOf>[1]): string | null => dueOf('sr/decision', [received, ...events]);

describe('several stops', () => {
  test('two stops that overlap leave each day out once', () => {
    // 10 days used, still 16 March to 10 April, 20 days left: 30 April; floors 15 and 25 April
    expect(decision(...stop('a', '2026-03-16', '2026-03-31'), ...stop('b', '2026-03-25', '2026-04-10', 'fee'))).toBe('2026-04-30');
  });

  test('a stop inside another one changes nothing', () => {
    const outer = stop('a', '2026-03-16', '2026-04-10');
    expect(decision(...outer, ...stop('b', '2026-03-20', '2026-03-25', 'fee'))).toBe(decision(...outer));
  });

  test('two stops with days between them both count', () => {
    // 10 used, still to 20 March; 21-25 March 5 used, still 26 March to 3 April; 15 left: 18 April, Saturday
    expect(decision(...stop('a', '2026-03-16', '2026-03-20'), ...stop('b', '2026-03-26', '2026-04-03'))).toBe('2026-04-20');
  });

  test('a stop that still lasts hides one that has ended within it', () => {
    const answer = answerTo('sr/decision', [received, ...stop('a', '2026-03-16', null), ...stop('b', '2026-03-20', '2026-03-22')]);
    expect(answer).toMatchObject({ due: null, used: 10, left: 20, state: 'stopped' });
  });
});

describe('a reason near the end', () => {
  test('on the last day it still counts and brings the floor', () => {
    // received 6 March, the 30th day is Sunday 5 April, rolled to 7 April
    const events = [on('received', '2026-03-06')];
    expect(dueOf('sr/decision', events)).toBe('2026-04-07');
    expect(dueOf('sr/decision', [...events, ...stop('a', '2026-04-05', '2026-04-10')])).toBe('2026-04-27');
  });

  test('on the rolled last day it still counts, the day after it changes nothing', () => {
    expect(decision(...stop('a', '2026-04-07', '2026-04-14'))).toBe('2026-04-29');
    expect(decision(...stop('a', '2026-04-08', '2026-04-14'))).toBe('2026-04-07');
  });

  test('inside a floor it counts and brings a new floor', () => {
    const first = stop('a', '2026-04-02', '2026-04-20');
    expect(decision(...first)).toBe('2026-05-05');
    expect(decision(...first, ...stop('b', '2026-05-04', '2026-05-11'))).toBe('2026-05-26');
    expect(decision(...first, ...stop('b', '2026-05-06', '2026-05-11'))).toBe('2026-05-05');
  });

  test('waiting for register data has no floor, but the period cannot end while it waits', () => {
    expect(decision(...stop('a', '2026-04-02', '2026-04-20', 'register_data'))).toBe('2026-04-23');
    expect(decision(...stop('a', '2026-04-07', '2026-04-14', 'register_data'))).toBe('2026-04-15');
  });

  test('a reason that arose in time counts although the resolution came after the end', () => {
    expect(decision(...stop('a', '2026-04-10', '2026-04-20', 'fee', { arose: '2026-04-02' }))).toBe('2026-05-05');
  });

  test('an extension makes room for a stop that would otherwise come too late', () => {
    const late = stop('a', '2026-04-20', '2026-04-27');
    const extended = given('extended', { reason: 'oral_hearing', days: 20 });
    expect(decision(...late)).toBe('2026-04-07');
    // 50 days, 45 used before 20 April, 5 left: 2 May; floor 12 May
    expect(decision(extended, ...late)).toBe('2026-05-12');
  });
});

describe('calls', () => {
  const call = (...more: Parameters<typeof dueOf>[1]): string | null =>
    decision(
      on('stop', '2026-03-16', { ref: 'a', reason: 'deficiency' }),
      on('call_delivered', '2026-03-18', { ref: 'a' }),
      given('call_period', { ref: 'a', n: 15, unit: 'days' }),
      ...more,
    );

  test("a silent party's interruption ends on the last day of the call, rolled", () => {
    // 2 April is Thursday; 20 days from 3 April: 22 April
    expect(call()).toBe('2026-04-22');
  });

  test('an answer in time ends it on its day, a late one on the last day of the call', () => {
    expect(call(on('answered', '2026-03-25', { ref: 'a' }))).toBe('2026-04-14');
    expect(call(on('answered', '2026-04-09', { ref: 'a' }))).toBe('2026-04-22');
  });

  test('a call not delivered yet keeps the period standing', () => {
    expect(decision(on('stop', '2026-03-16', { reason: 'deficiency' }), given('call_period', { n: 15, unit: 'days' }))).toBeNull();
  });
});

describe('periods that stand still elsewhere', () => {
  test('the tax office counts on after the fifth working day, over Easter', () => {
    // given on 1 April: 2 April, then 7, 8, 9, 10 April; 4 days used before 10 March, 11 left
    const events = [on('filed', '2026-03-05', { n: 15 }), on('call_issued', '2026-03-10'), on('cooperated', '2026-04-01')];
    expect(dueOf('dr/stopped_period', events)).toBe('2026-04-21');
  });

  test('a complaint about the costs stops the sixty days without a floor', () => {
    const notice = on('delivered', '2026-03-02');
    // 60 days end on Friday 1 May, a holiday
    expect(dueOf('info/pay', [notice])).toBe('2026-05-04');
    expect(dueOf('info/pay', [notice, on('complaint_filed', '2026-05-04'), on('complaint_decided', '2026-05-11')])).toBe('2026-05-12');
    expect(dueOf('info/pay', [notice, on('complaint_filed', '2026-05-05'), on('complaint_decided', '2026-05-11')])).toBe('2026-05-04');
  });
});
