// The house's own records service: every document in the register with a number of its own, files that open and close with their cases.
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSituationFolder } from '../../server/catalog/index.ts';
import { jobLoops } from '../../server/jobs/index.ts';
import { createRunner } from '../../server/jobs/runner.ts';
import type { Workshop } from '../../server/jobs/workshop.ts';
import { recordsDesk, recordsPage, wholeRegister } from '../../server/queries/records.ts';
import type { Reader } from '../../server/queries/reader.ts';
import { brokenInvariants } from '../campaign/invariants.ts';
import { aWorkshop, quiet, skipPauses } from '../jobs/a-workshop.ts';
import { openOtherSide, type OtherSide } from '../jobs/other-side.ts';
import { cloneDatabase } from '../setup/database.ts';
import { everyTownUrl, openTestTown, type TestTown } from './town.ts';

const SITUATION = 'zadost-o-informace';
const database = await cloneDatabase();
let town: TestTown;
let isds: OtherSide;
let workshop: Workshop;
let reader: Reader;
beforeAll(async () => {
  town = await openTestTown(database);
  await town.install(SITUATION, await readSituationFolder(join(import.meta.dirname, '..', '..', 'processes', SITUATION)));
  await town.sql(`update person set data_box = 'jananov' where id = $1`, [town.citizen.id]);
  isds = openOtherSide('isds');
  workshop = aWorkshop(town, [isds, openOtherSide('mail')]);
  reader = { db: town.db, shelf: town.corridor.shelf, now: town.clock.now, account: () => ({ account: '', iban: '' }) };
});
afterAll(async () => {
  await town.close();
  expect(await brokenInvariants(everyTownUrl(database))).toEqual([]);
});

async function settle(): Promise<void> {
  const loops = jobLoops(workshop).filter(({ name }) => /perform-effects-1|process-inbox|inbox:/.test(name));
  for (let round = 0; round < 2; round++) {
    await skipPauses(town);
    await createRunner(loops, quiet).settle();
  }
}
async function filed(): Promise<string> {
  const caseId = await town.file(SITUATION, {
    jmeno: 'Jana',
    prijmeni: 'Nováková',
    datumNarozeni: '1980-01-01',
    adresa: 'Dlouhá 12, 561 64 Lipová nad Orlicí',
    email: 'jana@example.cz',
    predmet: 'Smlouvy na zimní údržbu',
    dotaz: 'Žádám o kopie smluv na zimní údržbu chodníků za roky 2024 a 2025.',
    zpusob: 'portal',
  });
  await settle();
  const [sent] = await town.sql<{ key: string }>(`select key from outbox where case_id = $1 and effect = 'isds.send'`, [caseId]);
  const payload = {
    messageId: `m-${sent?.key}`,
    senderBox: 'portala',
    subject: 'Žádost',
    senderIdent: sent?.key,
    deliveredAt: '2026-03-02T08:01:00Z',
  };
  isds.messages = [{ id: `message:${sent?.key}`, kind: 'data-box-message', payload }];
  await settle();
  return caseId;
}

/** The last letter was accepted by login. */
async function delivered(caseId: string): Promise<void> {
  const [letter] = await town.sql<{ id: string }>(
    `select answer ->> 'messageId' as id from outbox where case_id = $1 and effect = 'isds.send' and title like 'Doručit%' order by created_at desc limit 1`,
    [caseId],
  );
  const payload = { messageId: letter?.id, state: 6, at: '2026-03-04T10:00:00Z' };
  isds.messages = [{ id: `state:${letter?.id}:6`, kind: 'data-box-state', payload }];
  await settle();
}

test('a case leaves its submission and its letter in the register, dispatched, and its file closed with its retention', async () => {
  const caseId = await filed();
  expect((await recordsPage(reader, town.tenantId, { q: '', year: 0, page: 1 }, 'builtin')).records).toMatchObject([
    { number: 'MULO/1/2026', direction: 'in', correspondent: 'Jana Nováková', fileState: 'open', retention: 'S/5', shredFrom: null },
  ]);
  await town.complete(caseId, 'posouzeni', { postup: 'odlozit', duvod: 'Nevztahuje se k působnosti města.' }, town.stranger);
  await settle();
  await delivered(caseId); // after the end as well

  expect(await town.waits(caseId)).toEqual(['ended odlozeno']);
  const { records, years, total } = await recordsPage(reader, town.tenantId, { q: '', year: 2026, page: 1 }, 'builtin');
  expect([years, total]).toEqual([[2026], 2]);
  expect(records.toSorted((a, b) => a.direction.localeCompare(b.direction))).toMatchObject([
    { number: 'MULO/1/2026', direction: 'in', fileState: 'closed', shredFrom: 2032, caseId },
    { number: 'MULO/2/2026', direction: 'out', fileState: 'closed', dispatchedBy: 'data-box', deliveredAt: '2026-03-04T10:00:00.000Z' },
  ]);
  expect(await recordsDesk(reader, town.tenantId)).toEqual({ acts: [], news: [] });
});

test('the register is searched by number, person, words and mark, by year, and taken out whole', async () => {
  const find = async (q: string, year = 0): Promise<readonly (string | null)[]> =>
    (await recordsPage(reader, town.tenantId, { q, year, page: 1 }, 'builtin')).records.map(({ number }) => number).toSorted();
  expect(await find('mulo/2/')).toEqual(['MULO/2/2026']);
  expect(await find('nováková')).toEqual(['MULO/1/2026', 'MULO/2/2026']);
  expect(await find('SZ MULO 1/2026')).toEqual(['MULO/1/2026', 'MULO/2/2026']);
  expect(await find('%')).toEqual([]);
  expect(await find('', 2025)).toEqual([]);
  expect((await wholeRegister(reader, town.tenantId, { q: '', year: 0 })).map(({ number }) => number)).toHaveLength(2);
});

test('a supplement is a document of its own with the next number', async () => {
  const caseId = await filed();
  await town.complete(caseId, 'posouzeni', { postup: 'doplnit', vyzva: 'Upřesněte prosím.' }, town.stranger);
  await settle();
  const id = '019a0000-0000-7000-8000-00000000aaaa';
  const payload = {
    messageId: '55',
    senderBox: 'jananov',
    senderName: 'Jana Nováková',
    subject: 'Doplnění',
    senderRef: 'MULO/4/2026',
    deliveredAt: '2026-03-02T09:00:00Z',
  };
  isds.messages = [{ id: `message:${id}`, kind: 'data-box-message', payload }];
  await settle();
  const numbers = await town.sql<{ number: string; direction: string; way: string }>(
    'select number, direction, way from records_document where case_id = $1 order by numbered_at, number',
    [caseId],
  );
  expect(numbers).toEqual([
    { number: 'MULO/3/2026', direction: 'in', way: 'portal' },
    { number: 'MULO/4/2026', direction: 'out', way: 'office' },
    { number: 'MULO/5/2026', direction: 'in', way: 'data-box' },
  ]);
});
