// Parts of the year: which months are owed, and that the money of the parts is the money of the whole.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decisiveDay, timeline, yearAmount, yearParts, type DutyWord, type ProRataRule } from '../../../server/domain/money/pro-rata.ts';

const registered = (since: string, basis = 'a'): DutyWord<string> => ({ since, basis });
const ended = (since: string): DutyWord<string> => ({ since, basis: null });
const months = (rule: ProRataRule, words: readonly DutyWord<string>[], year = 2026): string =>
  yearParts(rule, timeline(words), year)
    .map(({ firstMonth, lastMonth, basis }) => `${firstMonth}-${lastMonth}${basis}`)
    .join(' ');

describe('started months, as ordinances on dogs have it', () => {
  test.each([
    ['a dog of a whole year', [registered('2020-05-01')], '1-12a'],
    ['a dog taken on 15 September owes September to December', [registered('2026-09-15')], '9-12a'],
    ['a dog that died on the first of March owes March as well', [registered('2020-05-01'), ended('2026-03-02')], '1-3a'],
    ['a dog that died on the last of February owes February', [registered('2020-05-01'), ended('2026-03-01')], '1-2a'],
    ['a change in the middle of a month shows in the next one', [registered('2020-05-01'), registered('2026-04-10', 'b')], '1-4a 5-12b'],
    ['a change on the first shows in that month', [registered('2020-05-01'), registered('2026-04-01', 'b')], '1-3a 4-12b'],
    ['a dog that ended last year owes nothing', [registered('2020-05-01'), ended('2025-12-31')], ''],
    [
      'a change said back is as if nothing had been said',
      [registered('2020-05-01'), registered('2026-04-10', 'b'), registered('2026-04-10')],
      '1-12a',
    ],
  ])('%s', (_name, words, expected) => {
    expect(months('started-months', words)).toBe(expected);
  });
});

describe('the last day of the month decides, as for waste', () => {
  test.each([
    ['moved in on the last of March: March is owed', [registered('2026-03-31')], '3-12a'],
    ['moved in on the first of April: from April', [registered('2026-04-01')], '4-12a'],
    [
      'moved out on 30 June: the last day with the duty is 29 June, June is not owed',
      [registered('2020-01-01'), ended('2026-06-30')],
      '1-5a',
    ],
    ['moved out on the first of July: June is owed', [registered('2020-01-01'), ended('2026-07-01')], '1-6a'],
    ['an exemption from the 31st counts for that month', [registered('2020-01-01'), registered('2026-05-31', 'b')], '1-4a 5-12b'],
    ['who came and went between two ends of months owes nothing', [registered('2026-03-02'), ended('2026-03-30')], ''],
  ])('%s', (_name, words, expected) => {
    expect(months('month-end', words)).toBe(expected);
  });
});

test('a yearly rate without parts is owed whole, by what held first', () => {
  expect(months('whole-year', [registered('2026-11-30'), registered('2026-12-02', 'b')])).toBe('1-12a');
});

test('facts of a person are those of the first owed day of the year', () => {
  expect(decisiveDay(timeline([registered('2020-05-01')]), 2026)).toBe('2026-01-01');
  expect(decisiveDay(timeline([registered('2026-09-15')]), 2026)).toBe('2026-09-15');
  expect(decisiveDay(timeline([registered('2027-01-01')]), 2026)).toBeUndefined();
});

test('a dog taken in September at 300 crowns a year comes to 100', () => {
  expect(yearAmount([{ months: 4, yearly: 30_000 }], 'up')).toEqual({ amount: 10_000, parts: [10_000] });
});

test.each([
  ['up', 1_500],
  ['down', 1_400],
  ['nearest', 1_400],
  ['none', 1_417],
] as const)('17 crowns a year for ten months, rounded %s', (rounding, amount) => {
  expect(yearAmount([{ months: 10, yearly: 1_700 }], rounding).amount).toBe(amount);
});

test('a half is rounded up', () => {
  expect(yearAmount([{ months: 1, yearly: 600 }], 'nearest').amount).toBe(100);
  expect(yearAmount([{ months: 1, yearly: 599 }], 'nearest').amount).toBe(0);
});

test('a rate that is no money is refused', () => {
  expect(() => yearAmount([{ months: 1, yearly: 0.5 }], 'up')).toThrow(RangeError);
  expect(() => yearAmount([{ months: 1, yearly: -1 }], 'up')).toThrow(RangeError);
});

const rule = fc.constantFrom<ProRataRule>('started-months', 'month-end', 'whole-year');
const rounding = fc.constantFrom('up', 'down', 'nearest', 'none');
const day = fc
  .date({ min: new Date('2024-06-01'), max: new Date('2027-06-30'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const word = fc.record({ since: day, basis: fc.option(fc.constantFrom('a', 'b', 'c'), { freq: 4 }) });
const rates: Readonly<Record<string, number>> = { a: 30_000, b: 0, c: 84_501 };
const amountOf = (words: readonly DutyWord<string>[], by: ProRataRule, how: 'up' | 'down' | 'nearest' | 'none'): number =>
  yearAmount(
    yearParts(by, timeline(words), 2026).map(({ months: count, basis }) => ({ months: count, yearly: rates[basis] ?? 0 })),
    how,
  ).amount;

test('the parts add up to the whole and none is negative, whatever was said', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ months: fc.integer({ min: 1, max: 12 }), yearly: fc.nat(500_000) }), { maxLength: 6 }),
      rounding,
      (shares, how) => {
        const { amount, parts } = yearAmount(shares, how);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(amount);
        expect(Math.min(0, ...parts)).toBe(0);
      },
    ),
  );
});

test('splitting a part in two changes nothing of the whole', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 12 }), fc.integer({ min: 1, max: 11 }), fc.nat(500_000), rounding, (count, cut, yearly, how) => {
      const first = Math.min(cut, count - 1);
      expect(
        yearAmount(
          [
            { months: first, yearly },
            { months: count - first, yearly },
          ],
          how,
        ).amount,
      ).toBe(yearAmount([{ months: count, yearly }], how).amount);
    }),
  );
});

test('nobody owes more than the dearest rate for the whole year, nor less than nothing', () => {
  fc.assert(
    fc.property(fc.array(word, { maxLength: 8 }), rule, rounding, (words, by, how) => {
      const amount = amountOf(words, by, how);
      expect(amount).toBeGreaterThanOrEqual(0);
      expect(amount).toBeLessThanOrEqual(84_600);
    }),
  );
});

test('no month is owed twice and the months stand in order', () => {
  fc.assert(
    fc.property(fc.array(word, { maxLength: 8 }), rule, (words, by) => {
      const parts = yearParts(by, timeline(words), 2026);
      const owed = parts.flatMap(({ firstMonth, months: count }) => Array.from({ length: count }, (_, index) => firstMonth + index));
      expect(owed).toEqual([...new Set(owed)].sort((a, b) => a - b));
      for (const part of parts) expect(part.lastMonth - part.firstMonth + 1).toBe(part.months);
    }),
  );
});

test('a change there and back on the same day is the same money', () => {
  fc.assert(
    fc.property(day, fc.constantFrom('a', 'b', 'c'), day, rule, rounding, (from, other, since, by, how) => {
      fc.pre(since > from);
      const before = [registered(from)];
      expect(amountOf([...before, registered(since, other), registered(since)], by, how)).toBe(amountOf(before, by, how));
    }),
  );
});

test('what is said later about a later day does not change earlier months', () => {
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), fc.option(fc.constantFrom('a', 'b', 'c')), (words, basis) => {
      const before = yearParts('started-months', timeline(words), 2026);
      const after = yearParts('started-months', timeline([...words, { since: '2026-07-01', basis }]), 2026);
      const firstHalf = (parts: typeof before) =>
        parts
          .flatMap((part) => Array.from({ length: part.months }, (_, index) => [part.firstMonth + index, part.basis] as const))
          .filter(([month]) => month < 7);
      expect(firstHalf(after)).toEqual(firstHalf(before));
    }),
  );
});
