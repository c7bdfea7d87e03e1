// The conformance table says what the examples show.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { conformancePage, PAGE } from './page.ts';

test('docs/bpmn-conformance.md is as the examples make it (node test/engine/conformance/write-page.ts)', () => {
  expect(readFileSync(PAGE, 'utf8')).toBe(conformancePage());
});

test('no cell of the table is blank', () => {
  const rows = conformancePage()
    .split('\n')
    .filter((line) => line.startsWith('| '));
  expect(rows.length).toBeGreaterThan(80);
  for (const row of rows)
    expect(
      row
        .split('|')
        .slice(1, -1)
        .every((cell) => cell.trim() !== ''),
      row,
    ).toBe(true);
});
