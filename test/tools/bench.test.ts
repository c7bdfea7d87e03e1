// How measurements are put into words.
import { expect, test } from 'vitest';
import { asJson, asTable, percentile } from '../../tools/bench/figures.ts';
import type { Figure } from '../../tools/bench/figures.ts';

const figures: readonly Figure[] = [
  { name: 'postgres.commits_per_second', value: 4000, unit: '1/s' },
  { name: 'corridor.tasks_per_second', value: 1000.04, unit: '1/s', reference: 'postgres.commits_per_second' },
];

test('a machine gets names, values, units and how a figure stands to its reference', () => {
  expect(JSON.parse(asJson(figures))).toEqual({
    figures: [
      { name: 'postgres.commits_per_second', value: 4000, unit: '1/s' },
      { name: 'corridor.tasks_per_second', value: 1000, unit: '1/s', reference: 'postgres.commits_per_second', ratio: 0.25 },
    ],
  });
});

test('a person gets a table', () => {
  expect(asTable(figures).split('\n')[2]).toMatch(/^corridor\.tasks_per_second +1000 +1\/s +0\.25 × postgres\.commits_per_second$/);
});

test('of a hundred samples the median is in the middle and the 99th percentile nearly at the top', () => {
  const samples = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect([percentile(samples, 0.5), percentile(samples, 0.99)]).toEqual([51, 100]);
});
