// Pure rules of the money desk: cash and change, instalments, stages of dunning, amounts as they are typed.
import { describe, expect, test } from 'vitest';
import { readCrowns, writeCrowns } from '../../../admin-ui/crowns.ts';
import { monthlyParts } from '../../../admin-ui/parts/money/monthly-parts.ts';
import { changeFor, countedCash } from '../../../server/domain/money/cash.ts';
import { plusYears } from '../../../server/domain/money/days.ts';
import { increaseOf, nextStage } from '../../../server/domain/money/dunning.ts';
import { checkParts, planStanding } from '../../../server/domain/money/instalments.ts';

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'fine';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('cash', () => {
  test('pieces add up, an unknown one is refused', () => {
    expect(countedCash({ '500000': 1, '100': 3 })).toBe(500_300);
    expect(codeOf(() => countedCash({ '300': 1 }))).toBe('cash-denomination-unknown');
    expect(codeOf(() => countedCash({ '100': -1 }))).toBe('cash-denomination-unknown');
  });
  test.each([
    [10_000, 20_000, 10_000],
    [10_000, 10_000, 0],
  ])('for %i given %i, back goes %i', (amount, given, back) => expect(changeFor(amount, given)).toBe(back));
});

describe('instalments', () => {
  const parts = [
    { dueOn: '2026-04-15', amount: 10_000 },
    { dueOn: '2026-05-15', amount: 10_000 },
  ];
  const standing = (today: string, paid: readonly { on: string; amount: number }[]) => planStanding({ parts, paid, endedOn: null, today });

  test('is kept while every part came by its day', () => {
    expect(standing('2026-04-15', []).state).toBe('kept');
    expect(standing('2026-05-01', [{ on: '2026-04-15', amount: 10_000 }])).toMatchObject({
      state: 'kept',
      parts: [{ state: 'paid' }, { state: 'waiting' }],
    });
  });
  test('is broken on the day after a missed part, and late money does not mend it', () => {
    expect(standing('2026-04-16', [{ on: '2026-04-16', amount: 10_000 }])).toMatchObject({ state: 'broken', brokenOn: '2026-04-16' });
    expect(standing('2026-05-01', [{ on: '2026-04-20', amount: 20_000 }]).state).toBe('paid');
  });
  test.each([
    ['instalments-sum', parts, 30_000, '2026-04-01'],
    ['instalments-past', parts, 20_000, '2026-04-16'],
    ['instalments-order', parts.toReversed(), 20_000, '2026-04-01'],
    ['instalments-empty', [], 0, '2026-04-01'],
    ['fine', parts, 20_000, '2026-04-01'],
  ])('%s', (code, given, owed, today) => expect(codeOf(() => checkParts(given, owed, today))).toBe(code));
  test('a debt is split into whole crowns, the last part takes what is over, short months take their last day', () => {
    expect(monthlyParts(100_050, 3, '2026-01-31')).toEqual([
      { dueOn: '2026-01-31', amount: 33_300 },
      { dueOn: '2026-02-28', amount: 33_300 },
      { dueOn: '2026-03-31', amount: 33_450 },
    ]);
  });
});

describe('dunning', () => {
  const fee = { kind: 'pes', dueDate: '2026-03-31', done: [] };
  test('a fee is reminded from the day after it was due, and may be assessed for three years', () => {
    expect(nextStage(fee)).toEqual({ stage: 'reminder', from: '2026-04-01', latest: '2029-03-31' });
  });
  test('a fine needs no assessment: its decision is enforced', () => {
    const done = [{ stage: 'reminder' as const, madeOn: '2026-04-01', deliveredOn: null }];
    expect(nextStage({ ...fee, kind: 'pokuta', done })).toMatchObject({ stage: 'enforcement', from: '2026-04-17', latest: '2032-03-31' });
  });
  test('an assessment waits for its delivery, then for the appeal and the time to pay', () => {
    const assessed = { stage: 'assessment' as const, madeOn: '2026-05-01', deliveredOn: null };
    expect(nextStage({ ...fee, done: [assessed] })).toBeUndefined();
    expect(nextStage({ ...fee, done: [{ ...assessed, deliveredOn: '2026-05-10' }] })).toMatchObject({
      stage: 'enforcement',
      from: '2026-06-26',
    });
  });
  test.each([
    [60_000, 1, 0],
    [60_000, 3, 120_000],
    [60_050, 2, 60_000],
    [60_000, 9, 120_000],
  ])('%i raised to %i times adds %i', (owed, times, added) => expect(increaseOf(owed, times)).toBe(added));
  test('29 February has no brother in other years', () => expect(plusYears('2024-02-29', 3)).toBe('2027-02-28'));
});

test.each([
  ['1 250', 125_000],
  ['99,50', 9_950],
  ['99.5', 9_950],
  ['500,-', 50_000],
  ['500 Kč', 50_000],
  ['', null],
  ['12,345', null],
  ['-5', null],
  ['pět', null],
])('the amount „%s“ is %s haléře', (text, haler) => expect(readCrowns(text)).toBe(haler));
test.each([125_000, 9_950, 1, 100])('%i haléře are written so that they are read back', (haler) =>
  expect(readCrowns(writeCrowns(haler))).toBe(haler),
);
