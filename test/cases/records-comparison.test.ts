// Our register beside a real conversation with the simulated eSSL: what was lost there is found by its reading operations, told again, and gone at the next look.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { askComparison, noteDifference, sendDifference } from '../../server/cases/records-desk.ts';
import type { RecordsComparison } from '../../server/contract/records-comparison.ts';
import { createEsslConnector } from '../../server/integrations/essl/index.ts';
import { createEsslSimulator, demoEssl } from '../../server/integrations/essl/simulator.ts';
import { jobLoops } from '../../server/jobs/index.ts';
import { createRunner } from '../../server/jobs/runner.ts';
import type { Workshop } from '../../server/jobs/workshop.ts';
import { recordsComparison } from '../../server/queries/records-comparison.ts';
import type { Reader } from '../../server/queries/reader.ts';
import { brokenInvariants } from '../campaign/invariants.ts';
import { end, input, path } from '../engine/diagrams.ts';
import { serve, type SimulatedServer } from '../integrations/simulated-server.ts';
import { aWorkshop, quiet, skipPauses } from '../jobs/a-workshop.ts';
import { cloneDatabase } from '../setup/database.ts';
import { effect, situation, startForm, userTask } from './situations.ts';
import { everyTownUrl, openTestTown, type TestTown } from './town.ts';

const database = await cloneDatabase();
let town: TestTown;
let world: SimulatedServer;
let workshop: Workshop;
let reader: Reader;
beforeAll(async () => {
  world = await serve(createEsslSimulator);
  town = await openTestTown(database, 1, { records: 'essl' });
  const letter = effect('dopis', 'document.issue', [input('template', 'dopis-zprava'), input('title', 'Zpráva')], 'spis:result="dopis"');
  const steps = [startForm, effect('evidence', 'register.submission'), userTask('kontrola'), letter, end('hotovo')];
  await town.install('spis', situation('spis', [...steps, path('podani', 'evidence', 'kontrola', 'dopis', 'hotovo')]));
  const essl = createEsslConnector({ baseUrl: `${world.baseUrl}/ermsAPI`, ...demoEssl, timeoutMs: 2_000 });
  workshop = { ...aWorkshop(town, []), connectors: [essl] };
  reader = { db: town.db, shelf: town.corridor.shelf, now: town.clock.now, account: () => ({ account: '', iban: '' }) };
});
beforeEach(async () => {
  await world.faults.set([]);
  await town.sql('delete from records_difference');
  await town.sql('delete from records_check');
});
afterAll(async () => {
  await town.close();
  await world.close();
  expect(await brokenInvariants(everyTownUrl(database))).toEqual([]);
});

async function settle(): Promise<void> {
  const loops = jobLoops(workshop).filter(({ name }) => /perform-effects-1|check-records/.test(name));
  for (let round = 0; round < 3; round++) {
    await skipPauses(town);
    await createRunner(loops, quiet).settle();
  }
}
async function filed(): Promise<string> {
  const caseId = await town.file('spis');
  await settle();
  return caseId;
}
async function ended(): Promise<string> {
  const caseId = await filed();
  await town.complete(caseId, 'kontrola');
  await settle();
  return caseId;
}
const markOf = async (caseId: string): Promise<string> =>
  (await town.sql<{ mark: string }>('select mark from cases where id = $1', [caseId]))[0]?.mark ?? '';
async function compared(caseId: string): Promise<RecordsComparison> {
  town.later(1_000);
  await askComparison(town.corridor, 1, { actor: town.head, asked: { mark: await markOf(caseId) } });
  await settle();
  return recordsComparison(reader, 1);
}
const kindsOf = ({ differences }: RecordsComparison): readonly string[] => differences.map(({ kind }) => kind).toSorted();
const sendAll = async ({ differences }: RecordsComparison): Promise<void> => {
  for (const { id, canSend } of differences)
    if (canSend) await sendDifference(town.corridor, 1, { actor: town.head, commandId: crypto.randomUUID(), id });
};

test('a finished case and a running one are the same on both sides', async () => {
  const [running, over] = [await filed(), await ended()];
  for (const caseId of [running, over]) {
    const came = await compared(caseId);
    expect(came).toMatchObject({ files: 1, same: 1, differing: 0, waiting: 0, differences: [] });
    expect(came.ourDocuments).toBe(came.theirDocuments);
  }
  const period = { from: '2026-03-02', to: '2026-03-02' };
  town.later(1_000);
  expect(await askComparison(town.corridor, 1, { actor: town.head, asked: period })).toBeGreaterThanOrEqual(2);
  await settle();
  expect(await recordsComparison(reader, 1)).toMatchObject({ differing: 0, unanswered: 0, waiting: 0 });
  await expect(
    askComparison(town.corridor, 1, { actor: town.head, asked: { from: '2025-01-01', to: '2025-01-02' } }),
  ).rejects.toMatchObject({
    code: 'comparison-empty',
  });
});

test('acts that an officer skipped are missing there: found, sent again, and gone at the next look', async () => {
  const caseId = await filed();
  await world.faults.set([{ operation: '*', kind: 'unavailable' }]);
  await town.complete(caseId, 'kontrola');
  await town.sql(`update records_act set state = 'skipped' where case_id = $1 and kind in ('attach', 'settle-file', 'close-file')`, [
    caseId,
  ]);
  await world.faults.set([]);
  await settle();

  const came = await compared(caseId);
  expect(kindsOf(came)).toEqual(['document-without-file', 'file-open']);
  expect(came).toMatchObject({ differing: 1, same: 0 });
  await sendAll(came);
  const [first] = came.differences;
  await expect(
    sendDifference(town.corridor, 1, { actor: town.head, commandId: crypto.randomUUID(), id: first?.id ?? '' }),
  ).rejects.toMatchObject({ code: 'difference-sent' });
  await settle();

  expect(await recordsComparison(reader, 1)).toMatchObject({ same: 1, differing: 0, pending: 0, differences: [] });
  const told = await town.sql(`select 1 from journal where case_id = $1 and kind = 'resend-record'`, [caseId]);
  expect(told).toHaveLength(2);
});

test('a file that they opened again and one that we do not know as ended: each side’s state is told', async () => {
  const over = await ended();
  await world.simulator.control?.['reopened']?.({ file: over });
  const came = await compared(over);
  expect(came.differences).toMatchObject([{ kind: 'file-open', ours: 'closed', theirs: 'open', canSend: true }]);

  await noteDifference(town.corridor, 1, { actor: town.head, id: came.differences[0]?.id ?? '', reason: 'Spisovna ho opravuje' });

  expect(await recordsComparison(reader, 1)).toMatchObject({ differences: [], seen: 1 });
  // Looked at again it says the same, so it stays seen.
  expect(await compared(over)).toMatchObject({ differing: 1, differences: [], seen: 1 });
  await expect(
    noteDifference(town.corridor, 1, { actor: town.head, id: came.differences[0]?.id ?? '', reason: 'znovu' }),
  ).rejects.toMatchObject({ code: 'difference-gone' });
});

test('a number changed here by hand is for a person, not for sending', async () => {
  const caseId = await filed();
  const [row] = await town.sql<{ document_id: string; number: string }>(
    'select document_id, number from records_document where case_id = $1',
    [caseId],
  );
  await town.sql(`update records_document set number = 'RUC/7/2026' where case_id = $1`, [caseId]);
  const came = await compared(caseId);
  expect(came.differences).toMatchObject([{ kind: 'document-number', ours: 'RUC/7/2026', theirs: row?.number, canSend: false }]);
  await expect(
    sendDifference(town.corridor, 1, { actor: town.head, commandId: crypto.randomUUID(), id: came.differences[0]?.id ?? '' }),
  ).rejects.toMatchObject({ code: 'difference-not-sendable' });
  await town.sql('update records_document set number = $2 where case_id = $1', [caseId, row?.number]);
  expect((await compared(caseId)).differences).toEqual([]);
});

test('a document that was struck off there without a word is found', async () => {
  const caseId = await filed();
  const [row] = await town.sql<{ document_id: string; number: string }>(
    'select document_id, number from records_document where case_id = $1',
    [caseId],
  );
  await world.simulator.control?.['forgotten']?.({ document: row?.document_id ?? '' });

  const came = await compared(caseId);

  expect(came).toMatchObject({ ourDocuments: 1, theirDocuments: 0 });
  expect(came.differences).toMatchObject([
    { kind: 'document-missing', ours: row?.number, canSend: false, document: { number: row?.number } },
  ]);
});

test('what waits for the eSSL is compared after it was told; one that does not answer says so in words', async () => {
  const caseId = await filed();
  await world.faults.set([{ operation: '*', kind: 'unavailable' }]);
  expect(await compared(caseId)).toMatchObject({ unanswered: 1, differences: [], note: expect.stringMatching(/\S/) });
  await town.complete(caseId, 'kontrola');
  expect(await compared(caseId)).toMatchObject({ pending: 1, unanswered: 0 });

  await world.faults.set([]);
  await settle();

  expect(await recordsComparison(reader, 1)).toMatchObject({ pending: 0, same: 1 });
});

test('only who keeps the records compares', async () => {
  const asked = { from: '2026-03-02', to: '2026-03-02' };
  expect(() => askComparison(town.corridor, 1, { actor: town.eva, asked })).toThrow('not-permitted');
  const registrar = { ...town.eva, groups: ['podatelna'] };
  expect(await askComparison(town.corridor, 1, { actor: registrar, asked })).toBeGreaterThan(0);
});
