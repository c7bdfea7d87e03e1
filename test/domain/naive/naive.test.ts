// The naive clock is itself checked: against the golden set, and its calendar against what everybody can look up.
import { describe, expect, test } from 'vitest';
import { asked, readGolden } from '../golden/read-golden.ts';
import { dayOf, Impossible, isWorking } from './calendar.ts';
import { dayInPrague } from './prague.ts';
import { naive, rules } from './rules.ts';

describe.each(readGolden())('golden cases: $name', ({ cases }) => {
  test.each(cases)('$id $why', (golden) => {
    const answer = (): Record<string, unknown> => ({ ...naive(asked(golden), golden.switch) });
    if (golden.error) expect(answer).toThrow(Impossible);
    else expect(withNulls(answer(), golden.expect)).toEqual(golden.expect);
  });
});

test('the golden set is large, names no case twice and speaks of every rule', () => {
  const cases = readGolden().flatMap((file) => file.cases);
  expect(cases.length).toBeGreaterThanOrEqual(600);
  expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
  expect([...new Set(cases.filter(({ error }) => !error).map(({ rule }) => rule))].sort()).toEqual(Object.keys(rules).sort());
});

test.each([
  ['1990-01-01', 1],
  ['2000-02-29', 2],
  ['2026-11-22', 7],
  ['2100-12-31', 5],
])('%s is day %i of its week', (iso, weekday) => {
  expect(dayOf(iso).weekday).toBe(weekday);
});

test.each([
  [2008, '2008-03-24'],
  [2011, '2011-04-25'],
  [2016, '2016-03-28'],
  [2024, '2024-04-01'],
  [2025, '2025-04-21'],
  [2026, '2026-04-06'],
  [2038, '2038-04-26'],
  [2100, '2100-03-29'],
])('Easter Monday of %i', (_year, iso) => {
  expect(isWorking(dayOf(iso))).toBe(false);
});

test.each([
  ['2026-03-29T00:59:00Z', '2026-03-29'],
  ['2026-03-29T21:59:00Z', '2026-03-29'],
  ['2026-03-29T22:00:00Z', '2026-03-30'],
  ['2026-10-25T22:59:00Z', '2026-10-25'],
  ['2026-10-25T23:00:00Z', '2026-10-26'],
  ['1995-09-24T22:59:00Z', '1995-09-24'],
  ['1995-09-24T23:00:00Z', '1995-09-25'],
])('%s is %s in Prague', (moment, day) => {
  expect(dayInPrague(moment).iso).toBe(day);
});

/** Only the fields that the case speaks of; what the answer leaves out is null. */
function withNulls(answer: Readonly<Record<string, unknown>>, expected: object = {}): object {
  return Object.fromEntries(Object.keys(expected).map((field) => [field, answer[field] ?? null]));
}
