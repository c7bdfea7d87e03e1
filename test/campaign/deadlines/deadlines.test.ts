// The house and the naive clock agree on a hundred thousand random traces, the same in every run; the campaign draws new ones.
import { expect, test } from 'vitest';
import { rules } from '../../domain/naive/rules.ts';
import { compare, disagreement, line, shrunk } from './comparison.ts';
import { traceOf } from './traces.ts';

const traces = 50_000;

test.each([1, 20261122])(`${traces} traces of seed %i`, { timeout: 180_000 }, (seed) => {
  const { found, perRule, impossible } = compare(seed, 0, traces);

  expect(found.map(line)).toEqual([]);
  expect([...perRule.values()].reduce((sum, count) => sum + count, 0)).toBe(traces);
  expect([...perRule.keys()].sort()).toEqual(Object.keys(rules).sort());
  expect(impossible).toBeGreaterThan(traces * 0.02);
  expect(impossible).toBeLessThan(traces * 0.2);
});

test('the same seed draws the same traces', () => {
  expect(Array.from({ length: 50 }, (_, n) => traceOf(7, n))).toEqual(Array.from({ length: 50 }, (_, n) => traceOf(7, n)));
});

test('a disagreement is found and shrunk to what shows it', () => {
  // Readings of laws not yet in force are the house's alone; here one stands for a mistake.
  const events = [
    { type: 'received', date: '2026-01-05T12:00:00Z' },
    { type: 'extended', reason: 'complex_case', days: 10 },
    { type: 'stop', ref: 'a', reason: 'deficiency', date: '2026-01-12', arose: '2026-01-09' },
    { type: 'resume', ref: 'a', date: '2026-01-20' },
  ];
  const trace = { asked: { id: 'x', regime: 'sr', rule: 'decision', events }, switches: { before_effect: 'as_now' } };

  const found = disagreement(trace);

  expect(found?.naive).toBe('error');
  expect(found && shrunk(found).trace.asked.events).toEqual([{ type: 'received', date: '2026-01-05' }]);
});
