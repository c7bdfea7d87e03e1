// The contract kit over every effect, and the table of docs/connectors.md made from what it saw.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { runTrial, trials, type Trial } from './kit.ts';
import { page, title } from './page.ts';
import { subjects, withoutOtherSide } from './subjects.ts';

const verdicts = new Map<string, string>();

describe.each(subjects.map((subject) => [title(subject), subject] as const))('%s', (name, subject) => {
  test.each(Object.keys(trials) as Trial[])('%s', async (trial) => {
    verdicts.set(`${name}/${trial}`, await runTrial(subject, trial));
  });
});

test('every effect of every connector is under the contract', () => {
  const folder = 'server/integrations';
  const sources = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => readFileSync(`${folder}/${name}/index.ts`, 'utf8'));
  const names = sources.flatMap((source) => [...source.matchAll(/'([a-z-]+\.[a-z-]+)':/g)].map(([, name]) => name));
  expect(names.length).toBeGreaterThan(5);
  expect([...new Set(names)].sort()).toEqual([...new Set([...subjects.map(({ effect }) => effect), ...withoutOtherSide])].sort());
});

test('the table in docs/connectors.md is the one that the kit has seen', () => {
  expect(readFileSync('docs/connectors.md', 'utf8')).toBe(
    page((subject, trial) => verdicts.get(`${title(subject)}/${trial}`) ?? 'nebylo zkoušeno'),
  );
});
