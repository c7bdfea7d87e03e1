// The rules as data: whole, with paragraphs, and chosen by the day on which the period began.
import { describe, expect, test } from 'vitest';
import { readDay } from '../../../server/domain/deadlines/days/day-number.ts';
import { versionOf, type Rule } from '../../../server/domain/deadlines/rules/rule.ts';
import { findRule, ruleSet } from '../../../server/domain/deadlines/rules/rule-set.ts';
import { answerTo, dueOf, given, on, refusalOf, stop } from './asking.ts';

test('no rule is named twice, and each has a paragraph, a title in both languages and a day from which it is in force', () => {
  expect(new Set(ruleSet.map(({ regime, rule }) => `${regime}/${rule}`)).size).toBe(ruleSet.length);
  for (const { title, versions } of ruleSet) {
    expect(title.cs.length * title.en.length).toBeGreaterThan(0);
    for (const { from, paragraph } of versions) expect([readDay(from) !== undefined, /§|zákon/.test(paragraph)]).toEqual([true, true]);
  }
});

test('a law amended next year changes only periods that begin under it', () => {
  const decision = findRule('sr', 'decision').rule;
  const [now] = decision.versions;
  if (now === undefined) throw new Error('no version');
  const amended: Rule = {
    ...decision,
    versions: [
      { ...now, until: '2026-12-31' },
      { ...now, from: '2027-01-01', length: 45 },
    ],
  };
  expect(versionOf(amended, '2026-12-31')?.length).toBe(30);
  expect(versionOf(amended, '2027-01-01')?.length).toBe(45);
  expect(versionOf(amended, '1999-05-05')?.length).toBe(30);
});

test('a period begun before the law was in force is counted, and its explanation says so', () => {
  expect(answerTo('sr/decision', [on('received', '2005-11-04')]).derivation[0]?.text).toContain('předpis platí až od 1. 1. 2006');
});

describe('months, weeks and years', () => {
  const set = (law: string, from: string, n: number, unit: string): string | null =>
    dueOf(`${law}/set_period`, [on('delivered', from), given('set', { n, unit })]);

  test.each([
    ['2025-12-31', 3, 'months', '2026-03-31', '2026-04-01'],
    ['2026-01-30', 1, 'months', '2026-03-02', '2026-03-02'],
    ['2026-01-31', 1, 'months', '2026-03-02', '2026-03-02'],
    ['2026-03-02', 2, 'weeks', '2026-03-16', '2026-03-17'],
    ['2024-02-29', 1, 'years', '2025-02-28', '2025-03-03'],
    ['2026-03-02', 15, 'days', '2026-03-17', '2026-03-17'],
  ])('%s and %i %s: %s under SŘ, %s under DŘ', (from, n, unit, sr, dr) => {
    expect([set('sr', from, n, unit), set('dr', from, n, unit)]).toEqual([sr, dr]);
  });

  test('a period prolonged in its own unit is one period, in another unit it goes on from its end', () => {
    const prolonged = (n: number, unit: string, more: number, by: string): string | null =>
      dueOf('sr/set_period', [
        on('delivered', '2026-01-31'),
        given('set', { n, unit }),
        on('prolonged', '2026-02-05', { n: more, unit: by }),
      ]);
    expect(prolonged(1, 'months', 1, 'months')).toBe('2026-03-31');
    expect(prolonged(10, 'days', 1, 'months')).toBe('2026-03-10');
    expect(prolonged(1, 'weeks', 3, 'days')).toBe('2026-02-10');
  });
});

describe('what cannot be is refused by name', () => {
  test.each([
    ['sr/appeal', [on('put_in_box', '2026-03-05'), on('stored', '2026-03-05')], 'two-deliveries'],
    [
      'sr/decision',
      [on('received', '2026-03-05'), ...stop('a', '2026-03-16', '2026-03-20'), ...stop('a', '2026-03-25', null)],
      'repeated-event',
    ],
    ['sr/delivery', [on('login', '2026-03-05')], 'missing-event'],
    ['sr/decision', [on('received', '2026-03-05'), given('extended', { days: 10 })], 'missing-field'],
    ['sr/decision', [on('received', '2026-03-05', { ref: { a: 1 } })], 'bad-field'],
    ['info/provide', [on('received', '2026-03-05'), on('extended', '2026-03-06', { days: -1 })], 'bad-field'],
    ['dog/fee', [on('held_from', '2026-03-05')], 'missing-field'],
    ['constructor/x', [], 'unknown-regime'],
    ['sr/toString', [], 'unknown-rule'],
  ])('%s %j', (rule, events, code) => {
    expect(refusalOf(rule, events)).toBe(code);
  });
});

describe('fields that an event does not know', () => {
  const event = on('received', '2026-03-05', { channel: 'portal', arised: '2026-03-01' });

  test('are passed over, whatever another system records', () => {
    expect(dueOf('sr/decision', [event])).toBe('2026-04-07');
    expect(dueOf('dr/stopped_period', [on('filed', '2026-03-05', { n: 15, unit: 'days', by: 'post' })])).toBe('2026-03-20');
  });

  test('are refused on demand; a unit that the period cannot have always is', () => {
    expect(() => dueOf('sr/decision', [event], { unknown_field: 'error' })).toThrow('unknown-field');
    expect(refusalOf('dr/stopped_period', [on('filed', '2026-03-05', { n: 2, unit: 'months' })])).toBe('bad-unit');
  });
});

test('two prolongations of one day are one result, longer units first, however they were recorded', () => {
  const weeks = on('prolonged', '2021-11-26', { n: 2, unit: 'weeks' });
  const months = on('prolonged', '2021-11-26', { n: 2, unit: 'months' });
  const period = [on('delivered', '2021-10-25'), given('set', { n: 2, unit: 'months' })];
  // 25 February and 14 days
  expect([dueOf('sr/set_period', [...period, weeks, months]), dueOf('sr/set_period', [...period, months, weeks])]).toEqual([
    '2022-03-11',
    '2022-03-11',
  ]);
});
