// Dates, counts and deadlines as a Czech office writes them.
import { expect, test } from 'vitest';
import { bounded, day, deadlineText, deadlineTone, isoDay, money, when } from '../../admin-ui/czech.ts';

test.each([
  [-5, 'po lhůtě 5 dní', 'late'],
  [-2, 'po lhůtě 2 dny', 'late'],
  [-1, 'po lhůtě 1 den', 'late'],
  [0, 'končí dnes', 'soon'],
  [1, 'zbývá 1 den', 'soon'],
  [3, 'zbývají 3 dny', 'soon'],
  [4, 'zbývají 4 dny', 'fine'],
  [5, 'zbývá 5 dní', 'fine'],
])('%i days left reads „%s“', (left, text, tone) => {
  expect(deadlineText(left)).toBe(text);
  expect(deadlineTone(left)).toBe(tone);
});

test('a plain date is the same day everywhere, an instant is shown in Prague', () => {
  expect(day('2026-12-31')).toBe('31. 12. 2026');
  expect(isoDay('2026-12-31T23:30:00Z')).toBe('2027-01-01');
  expect(when('2026-11-22T08:05:00Z', '2026-11-22T20:00:00Z')).toBe('dnes 09:05');
});

test('money is whole crowns when it can be', () => {
  expect(money(150_000).replaceAll('\u00a0', ' ')).toBe('1 500 Kč');
  expect(money(12_345).replaceAll('\u00a0', ' ')).toBe('123,45 Kč');
});

test('a queue of a thousand tasks or more shows 999+', () => {
  expect([0, 999, 1000, undefined].map(bounded)).toEqual([0, 999, '999+', undefined]);
});
