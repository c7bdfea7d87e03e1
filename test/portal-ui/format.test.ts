// How dates, money and counts read to a citizen.
import { describe, expect, test } from 'vitest';
import { daysLeft, formatDate, formatMoment, formatMoney, formatSize, townToday } from '../../portal-ui/format.ts';
import { makeTranslator } from '../../portal-ui/i18n.ts';

const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('what a citizen reads', () => {
  test.each([
    [150_000, '1 500 Kč'],
    [0, '0 Kč'],
    [12_345, '123,45 Kč'],
    [100_000_050, '1 000 000,50 Kč'],
  ])('%i haléřů reads %s', (amount, text) => {
    expect(plain(formatMoney(amount, 'cs'))).toBe(text);
  });

  test('an instant is shown in Prague time, in winter and in summer', () => {
    expect(plain(formatMoment('2026-11-21T23:30:00.000Z', 'cs'))).toBe('22. listopadu 2026 0:30'.replace('0:30', '00:30'));
    expect(plain(formatMoment('2026-07-01T12:03:00.000Z', 'cs'))).toBe('1. července 2026 14:03');
  });

  test('a calendar date stays that date', () => {
    expect(plain(formatDate('2026-01-01', 'cs'))).toBe('1. ledna 2026');
    expect(formatDate('2026-01-01', 'en')).toBe('1 January 2026');
  });

  test.each([
    ['2026-11-26', '2026-11-21T13:00:00.000Z', 5],
    ['2026-11-26', '2026-11-21T23:30:00.000Z', 4],
    ['2026-03-30', '2026-03-28T12:00:00.000Z', 2],
    ['2026-11-21', '2026-11-21T22:59:00.000Z', 0],
    ['2026-11-20', '2026-11-21T12:00:00.000Z', -1],
    ['2026-11-26T22:59:59.000Z', '2026-11-21T13:00:00.000Z', 5],
  ])('until %s there are, at %s, %i days', (until, now, days) => {
    expect(daysLeft(until, now)).toBe(days);
  });

  test('the town has its own today after midnight', () => {
    expect(townToday('2026-11-21T23:30:00.000Z')).toBe('2026-11-22');
  });

  test('sizes are told in units people know', () => {
    expect(plain(formatSize(8, 'cs'))).toBe('1 kB');
    expect(plain(formatSize(1_240_000, 'cs'))).toBe('1,2 MB');
  });

  test('Czech counts in three forms, English in two', async () => {
    const cs = makeTranslator('cs');
    const en = makeTranslator('en');
    await Promise.all([cs.load('public'), en.load('public')]);

    expect([0, 1, 2, 4, 5, 21].map((count) => cs.n('time.left', count))).toEqual([
      'zbývá 0 dní',
      'zbývá 1 den',
      'zbývají 2 dny',
      'zbývají 4 dny',
      'zbývá 5 dní',
      'zbývá 21 dní',
    ]);
    expect([0, 1, 2].map((count) => en.n('time.left', count))).toEqual(['0 days left', '1 day left', '2 days left']);
  });

  test('a problem on a private page is told with its own words, found among all loaded areas', async () => {
    const cs = makeTranslator('cs');
    await Promise.all([cs.load('public'), cs.load('private')]);

    expect(cs.has('problem.file-empty')).toBe(true);
    expect(cs.has('problem.status-401')).toBe(true);
    expect(cs.has('problem.toString')).toBe(false);
  });
});
