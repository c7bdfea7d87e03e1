// A situation may take another reading where the law is unclear, and name days on which its office does not work.
import { expect, test } from 'vitest';
import { attemptSituation, readSituationFolder, reckon, type LegalDeadline } from '../../server/catalog/index.ts';

const decision: LegalDeadline = { name: 'rozhodnuti', title: { cs: 'Rozhodnutí' }, rule: 'sr/decision', law: '§ 71 odst. 3' };
const event = (type: string, at: string, detail = {}): Parameters<typeof reckon>[1][number] => ({
  deadline: 'rozhodnuti',
  type,
  at,
  detail,
});
/** The golden case G4b: 10 days used, a call until 1 April. */
const told = [
  event('received', '2026-03-05'),
  event('stop', '2026-03-16', { ref: 'v', reason: 'deficiency' }),
  event('resume', '2026-04-01', { ref: 'v' }),
];

test.each([
  ['the usual reading', {}, '2026-04-21'],
  ['the day of resumption counts', { reading: { resumption_day: 'counted' } }, '2026-04-20'],
  ['the office is closed on the last day', { daysOff: ['2026-04-21'] }, '2026-04-22'],
])('%s', (_name, given, due) => {
  expect(reckon({ ...decision, ...given }, told).due).toBe(due);
});

test('a reading that nobody knows is refused at publication', async () => {
  const files = { ...(await readSituationFolder('processes/zvlastni-uzivani')) } as Record<string, string>;
  files['situation.yaml'] = (files['situation.yaml'] ?? '').replace(
    'rule: sr/decision',
    'rule: sr/decision\n    reading: { resumption_day: maybe }',
  );

  const { findings } = await attemptSituation(files);

  expect(findings.map(({ message }) => message).join()).toContain('docs/deadlines.md');
});
