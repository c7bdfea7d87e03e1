// A diagram that computes without end is an incident of its case, and the town goes on.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { end, path, script } from '../engine/diagrams.ts';
import { cloneDatabase } from '../setup/database.ts';
import { oneTask, situation, startForm, userTask } from './situations.ts';
import { openTestTown, type TestTown } from './town.ts';

const database = await cloneDatabase();
let town: TestTown;
beforeAll(async () => {
  town = await openTestTown(database);
  const slow = script('pocitat', 'sum(for i in 1..100, j in 1..100 return i * j)', 'spis:result="soucet"');
  const again = '<bpmn:standardLoopCharacteristics loopMaximum="9000"/>';
  const looped = slow.replace('</bpmn:scriptTask>', `${again}</bpmn:scriptTask>`);
  await town.install(
    'kruh',
    situation('kruh', [startForm, looped, userTask('kontrola'), end('hotovo'), path('podani', 'pocitat', 'kontrola', 'hotovo')]),
  );
  await town.install('ukol', oneTask());
});
afterAll(() => town.close());

test('it stops at its limit with the element and the cause, and others are not harmed', async () => {
  const caseId = await town.file('kruh', { jmeno: 'Nováková' });

  expect(await town.waits(caseId)).toEqual(['incident pocitat time-limit']);
  expect(await town.waits(await town.file('ukol', { jmeno: 'Novák' }))).toContain('task kontrola');
});
