// Money by time: parts of yearly fees and interest on late payment, worked out by hand.
import { describe, expect, test } from 'vitest';
import { interestOf } from '../../../server/domain/deadlines/money/interest.ts';
import {
  byDays,
  daysOfStay,
  monthsByLastDay,
  partOfYear,
  startedDays,
  startedMonths,
} from '../../../server/domain/deadlines/money/pro-rata.ts';

describe('parts of a year', () => {
  test('a dog held from 15 September is charged four started months: 100 of 300 crowns (G10)', () => {
    expect(startedMonths(2026, { from: '2026-09-15' })).toBe(4);
    expect(partOfYear(30_000, 4)).toBe(10_000);
  });

  test('who moves out on 30 June pays waste for six months, a day sooner for five', () => {
    expect(monthsByLastDay(2026, { from: '2020-01-01', to: '2026-06-30' })).toBe(6);
    expect(monthsByLastDay(2026, { from: '2020-01-01', to: '2026-06-29' })).toBe(5);
    expect(monthsByLastDay(2026, { from: '2026-06-30' })).toBe(7);
  });

  test('another year is not charged, and the end cannot come first', () => {
    expect(startedMonths(2025, { from: '2026-01-01' })).toBe(0);
    expect(() => startedMonths(2026, { from: '2026-05-02', to: '2026-05-01' })).toThrow('ended-before-begun');
  });

  test.each([
    ['up', 29_200],
    ['nearest', 29_200],
    ['down', 29_100],
  ] as const)('500 crowns for seven months rounded %s', (rounding, expected) => {
    expect(partOfYear(50_000, 7, rounding)).toBe(expected);
  });

  test('public space is charged by started days, a stay without the day of arrival', () => {
    expect(byDays(12.4, startedDays({ from: '2026-05-01', to: '2026-05-03' }), 1_000)).toBe(39_000);
    expect(daysOfStay({ from: '2026-05-01', to: '2026-05-03' })).toBe(2);
  });
});

describe('interest on late payment', () => {
  test('under the Tax Code since 2021 it runs from the fourth day, by the repo rate of the half-year when the delay began and 8 points', () => {
    // 100 000 Kč due 31 March 2025, paid 30 June: 4 April to 30 June, 88 days at 4.00 + 8 = 12 %
    const { parts, amount, isEstimate } = interestOf('tax', 10_000_000, { due: '2025-03-31', paid: '2025-06-30' });
    expect(parts.map(({ from, days, rate }) => [from, days, rate])).toEqual([['2025-04-04', 88, 1200]]);
    expect(amount).toBe(Math.ceil((100_000 * 0.12 * 88) / 365) * 100);
    expect(isEstimate).toBe(false);
  });

  test('paid within three days there is none, and under a thousand crowns none is prescribed', () => {
    expect(interestOf('tax', 10_000_000, { due: '2025-03-31', paid: '2025-04-03' })).toMatchObject({ amount: 0, parts: [] });
    expect(interestOf('tax', 100_000, { due: '2025-03-31', paid: '2025-06-30' }).amount).toBe(0);
  });

  test('a delay over the change of the law is counted by the rule of each day', () => {
    const { parts } = interestOf('tax', 10_000_000, { due: '2020-11-30', paid: '2021-01-10' });
    expect(parts.map(({ from, to, rate }) => [from, to, rate])).toEqual([
      ['2020-12-07', '2020-12-31', 1425],
      ['2021-01-01', '2021-01-10', 825],
    ]);
  });

  test('a private debt bears interest from the next day; a leap year has 366 days', () => {
    const { parts, exact } = interestOf('civil', 36_600_00, { due: '2024-01-31', paid: '2024-02-10' });
    expect(parts).toMatchObject([{ from: '2024-02-01', days: 10, rate: 1475 }]);
    expect(exact).toBeCloseTo(14_750, 6);
  });

  test('after the last rate that is known the amount is an estimate, before the first rule it is refused', () => {
    expect(interestOf('civil', 1_000_00, { due: '2026-06-30', paid: '2026-07-31' }).isEstimate).toBe(true);
    expect(() => interestOf('civil', 1_000_00, { due: '2012-06-30', paid: '2012-07-31' })).toThrow('rule-not-in-force');
  });
});
