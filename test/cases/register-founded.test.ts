// A case that another case founded has its number in the register, and towns that ran before it did get theirs completed once.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { completeRegisters } from '../../server/cases/complete-registers.ts';
import { jobLoops } from '../../server/jobs/index.ts';
import { processInbox } from '../../server/jobs/process-inbox.ts';
import { brokenInvariants } from '../campaign/invariants.ts';
import { end, extensions, message, path, start } from '../engine/diagrams.ts';
import { aWorkshop, skipPauses } from '../jobs/a-workshop.ts';
import { cloneDatabase } from '../setup/database.ts';
import { effect, situation, startForm, userTask } from './situations.ts';
import { everyTownUrl, openTestTown, type TestTown } from './town.ts';

const database = await cloneDatabase();
let town: TestTown;
beforeAll(async () => {
  town = await openTestTown(database);
  const throws = `<bpmn:intermediateThrowEvent id="zadat">${extensions()}${message('dozor')}</bpmn:intermediateThrowEvent>`;
  await town.install('zadajici', situation('zadajici', [startForm, throws, end('hotovo'), path('podani', 'zadat', 'hotovo')]));
  await town.install(
    'dozor',
    situation('dozor', [
      startForm,
      start('od-jineho', message('dozor'), 'spis:result="dozor"'),
      effect('evidence', 'register.submission'),
      userTask('kontrola'),
      end('hotovo'),
      path('podani', 'evidence', 'kontrola', 'hotovo'),
      path('od-jineho', 'evidence'),
    ]),
  );
});
afterAll(async () => {
  expect(await brokenInvariants(everyTownUrl(database))).toEqual([]);
  await town.close();
});

async function founded(): Promise<string> {
  const workshop = aWorkshop(town, []);
  town.later(60_000);
  await town.file('zadajici');
  await skipPauses(town);
  while ((await processInbox(workshop)) > 0);
  const [row] = await town.sql<{ id: string }>(`select id from cases where situation = 'dozor' order by filed_at desc, id desc limit 1`);
  if (!row) throw new Error('nothing was founded');
  return row.id;
}
interface Entry {
  readonly number: string;
  readonly direction: string;
  readonly title: string;
  readonly year: number;
  readonly registered_at: Date;
  readonly file_state: string;
  readonly closed_at: Date | null;
}
const register = (caseId: string): Promise<readonly Entry[]> =>
  town.sql<Entry>(
    `select r.number, r.direction, r.title, r.year, r.registered_at, f.state as file_state, f.closed_at from records_document r
       join records_file f on f.tenant_id = r.tenant_id and f.case_id = r.case_id where r.case_id = $1 order by r.number`,
    [caseId],
  );
const numberOf = async (caseId: string): Promise<string | null | undefined> =>
  (await town.sql<{ document_number: string | null }>('select document_number from cases where id = $1', [caseId]))[0]?.document_number;

test('a case founded by another case’s message has its number in the register', async () => {
  const caseId = await founded();

  expect(await register(caseId)).toMatchObject([
    { number: await numberOf(caseId), direction: 'in', title: 'Zkušební podání', year: 2026, file_state: 'open' },
  ]);
  await town.complete(caseId, 'kontrola');
  expect(await register(caseId)).toMatchObject([{ file_state: 'closed' }]);
});

/** As a town that ran before the register was kept beside its numbers. */
async function forgetRegister(caseId: string, withDocument: boolean): Promise<void> {
  await town.sql('delete from records_document where case_id = $1', [caseId]);
  await town.sql('delete from records_file where case_id = $1', [caseId]);
  if (withDocument) await town.sql('delete from document where case_id = $1', [caseId]);
}

test('numbers of a town that ran before are completed as of their day, each once, and its journal says so', async () => {
  const lost = await founded();
  const filed = await town.file('dozor');
  const number = await numberOf(lost);
  const filedAt = town.clock.now();
  town.later(86_400_000);
  await town.complete(filed, 'kontrola');
  const endedAt = town.clock.now();
  await forgetRegister(lost, true);
  await forgetRegister(filed, false);
  town.later(400 * 86_400_000);
  const whole = await register(await founded());

  const loop = jobLoops(aWorkshop(town, [])).find(({ name }) => name === 'complete-registers');
  expect(await loop?.run()).toBe(2);
  expect(await loop?.run()).toBe(0);

  expect(await register(lost)).toMatchObject([{ number, year: 2026, registered_at: filedAt, file_state: 'open', closed_at: null }]);
  expect(await register(filed)).toMatchObject([{ number: await numberOf(filed), year: 2026, file_state: 'closed', closed_at: endedAt }]);
  expect(whole).toHaveLength(1);
  const told = await town.sql<{ case_id: string }>(`select case_id from journal where kind = 'complete-register'`);
  expect(told.map((row) => row.case_id).toSorted()).toEqual([lost, filed].toSorted());
  expect(await completeRegisters(town.corridor, town.tenantId)).toBe(0);
  // The next step of the case goes on from there.
  await town.complete(lost, 'kontrola');
  expect(await register(lost)).toMatchObject([{ file_state: 'closed' }]);
});

test('two workers complete one register once', async () => {
  const caseId = await founded();
  await forgetRegister(caseId, true);

  const ends = await Promise.allSettled([1, 2, 3].map(() => completeRegisters(town.corridor, town.tenantId)));

  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
  expect(await register(caseId)).toHaveLength(1);
  expect(await town.sql(`select id from document where case_id = $1`, [caseId])).toHaveLength(1);
});
