// Counting of deadlines and the calendar of legal days, by examples from the law's commentary and from our golden set.
import { describe, expect, test } from 'vitest';
import { dayOf, daysBetween, endOfDay, isHoliday, isWorkingDay, rollForward } from '../../server/domain/calendar.ts';
import { dueInstant, lastDay, type DeadlineRule } from '../../server/domain/deadline.ts';

const rule = (count: number, unit: DeadlineRule['unit'], regime: DeadlineRule['regime']): DeadlineRule => ({ count, unit, regime });

describe('last day of a deadline', () => {
  test.each<[string, string, DeadlineRule, string]>([
    ['30 days from 5 March 2026 end on Saturday and roll over Easter (G3)', '2026-03-05', rule(30, 'days', 'sr'), '2026-04-07'],
    ['15 days of a request for information roll over the July holidays (G6)', '2026-06-19', rule(15, 'days', 'sr'), '2026-07-07'],
    ['10 days of the data box fiction roll over Christmas (G1)', '2025-12-16', rule(10, 'days', 'sr'), '2025-12-29'],
    ['15 days of an appeal (G2)', '2025-12-29', rule(15, 'days', 'sr'), '2026-01-13'],
    ['5 days to confirm a filing by e-mail (G8)', '2026-04-30', rule(5, 'days', 'sr'), '2026-05-05'],
    ['three months end on the same named day under the administrative code', '2025-12-31', rule(3, 'months', 'sr'), '2026-03-31'],
    ['three months end a day later under the tax code', '2025-12-31', rule(3, 'months', 'dr'), '2026-04-01'],
    ['a missing day is the last of the month', '2026-01-30', rule(1, 'months', 'sr'), '2026-03-02'],
    ['working days skip weekends and holidays', '2026-04-30', rule(2, 'working-days', 'sr'), '2026-05-05'],
    ['a reminder of our own does not roll', '2026-06-19', rule(15, 'days', 'none'), '2026-07-04'],
  ])('%s', (_name, event, counted, expected) => {
    expect(lastDay(event, counted)).toBe(expected);
  });

  test('a filing at 23:59 in Prague counts on that day although UTC says so too late', () => {
    expect(dayOf('2026-03-29T21:59:00Z')).toBe('2026-03-29');
    expect(dayOf('2026-03-29T22:00:00Z')).toBe('2026-03-30');
  });

  test('what is done in the last second of the last day is on time, over both clock changes', () => {
    expect(endOfDay('2026-03-29')).toBe('2026-03-29T21:59:59.999Z');
    expect(endOfDay('2026-10-25')).toBe('2026-10-25T22:59:59.999Z');
    expect(dueInstant('2026-03-14T10:00:00Z', rule(15, 'days', 'none'))).toBe('2026-03-29T21:59:59.999Z');
  });
});

describe('calendar', () => {
  test.each([
    ['2016-03-25', true],
    ['2015-04-03', false],
    ['2026-04-03', true],
    ['2026-04-06', true],
    ['1999-11-17', false],
    ['2000-11-17', true],
    ['1991-05-09', true],
    ['1992-05-09', false],
    ['1992-05-08', true],
    ['1999-09-28', false],
    ['2026-12-24', true],
    ['2026-12-31', false],
  ])('%s is a day off: %s', (date, expected) => {
    expect(isHoliday(date)).toBe(expected);
  });
  test('a weekend is no working day and rolls to Monday', () => {
    expect(isWorkingDay('2026-11-22')).toBe(false);
    expect(rollForward('2026-11-21')).toBe('2026-11-23');
    expect(daysBetween('2026-11-23', '2026-11-21')).toBe(-2);
  });
});
