// A process that another situation's process calls: it comes along at publication and stays as it was then.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pinCalled, type SituationFiles } from '../../server/catalog/index.ts';
import { brokenInvariants } from '../campaign/invariants.ts';
import { end, path, start } from '../engine/diagrams.ts';
import { cloneDatabase } from '../setup/database.ts';
import { situation, startForm, userTask, withdrawal } from './situations.ts';
import { everyTownUrl, openTestTown, type TestTown } from './town.ts';

const named = (files: SituationFiles, id: string): SituationFiles => ({
  ...files,
  'process.bpmn': (files['process.bpmn'] ?? '').replace('<bpmn:process id="proces"', `<bpmn:process id="${id}"`),
});
const asked = (question: string): SituationFiles =>
  named(
    {
      ...situation('dotaz', [start('dotaz'), userTask(question), end('zodpovezeno'), path('dotaz', question, 'zodpovezeno')]),
      'forms/jen-tady.form.json': '{}',
    },
    'dotaz-na-odbor',
  );
const calling = named(
  situation('volajici', [
    startForm,
    '<bpmn:callActivity id="zeptat" name="Zeptat se odboru" calledElement="dotaz-na-odbor"/>',
    userTask('rozhodnout'),
    end('hotovo', '', 'spis:outcome="approved"'),
    path('podani', 'zeptat', 'rozhodnout', 'hotovo'),
    withdrawal,
  ]),
  'volajici',
);
const published =
  (files: SituationFiles) =>
  (id: string): Promise<SituationFiles | undefined> =>
    Promise.resolve(id === 'dotaz-na-odbor' ? files : undefined);

const database = await cloneDatabase();
let town: TestTown;
beforeAll(async () => {
  town = await openTestTown(database);
});
afterAll(async () => {
  expect(await brokenInvariants(everyTownUrl(database))).toEqual([]);
  await town.close();
});

test('publication brings the called process and what it needs; what the caller has itself goes first', async () => {
  const pinned = await pinCalled(calling, published(asked('vyjadreni')));

  expect(pinned['called/dotaz-na-odbor.bpmn']).toContain('vyjadreni');
  expect(pinned['forms/jen-tady.form.json']).toBe('{}');
  expect(pinned['forms/kontrola.form.json']).toBe(calling['forms/kontrola.form.json']);
  expect(pinned['texts/sluzba.cs.md']).toBe(calling['texts/sluzba.cs.md']);
});

test('publishing again takes the called process as it is then', async () => {
  const first = await pinCalled(calling, published(asked('vyjadreni')));
  const second = await pinCalled(first, published(asked('stanovisko')));

  expect(second['called/dotaz-na-odbor.bpmn']).toContain('stanovisko');
});

test('a case works through the called process, also when it was published anew meanwhile', async () => {
  const files = { ...(await pinCalled(calling, published(asked('vyjadreni')))) };
  delete (files as Record<string, string>)['forms/jen-tady.form.json'];
  await town.install('volajici', files);
  const caseId = await town.file('volajici', { jmeno: 'Novák' });
  expect(await town.waits(caseId)).toEqual(['message zpetvzeti', 'task vyjadreni']);

  await town.complete(caseId, 'vyjadreni', { zaver: 'souhlas' });
  expect(await town.waits(caseId)).toEqual(['message zpetvzeti', 'task rozhodnout']);
  await town.complete(caseId, 'rozhodnout', { zaver: 'ano' });

  expect(await town.waits(caseId)).toEqual(['ended approved']);
});

test('a withdrawal ends the case with everything inside the called process', async () => {
  const caseId = await town.file('volajici', { jmeno: 'Nováková' });

  await town.withdraw(caseId);

  expect(await town.waits(caseId)).toEqual(['ended withdrawn']);
});
