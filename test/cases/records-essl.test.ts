// A whole life situation in a town whose records are kept by an eSSL: every document has exactly one číslo jednací, the same in both ledgers, also when
// the eSSL is away, its answers are lost and workers die.
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readSituationFolder } from '../../server/catalog/index.ts';
import { createEsslConnector } from '../../server/integrations/essl/index.ts';
import { createEsslSimulator, demoEssl } from '../../server/integrations/essl/simulator.ts';
import { jobLoops } from '../../server/jobs/index.ts';
import { createRunner } from '../../server/jobs/runner.ts';
import type { Workshop } from '../../server/jobs/workshop.ts';
import { claimEffects } from '../../server/store/outbox.ts';
import { brokenInvariants } from '../campaign/invariants.ts';
import { serve, type SimulatedServer } from '../integrations/simulated-server.ts';
import { aWorkshop, leasesRunOut, quiet, skipPauses } from '../jobs/a-workshop.ts';
import { openOtherSide, type OtherSide } from '../jobs/other-side.ts';
import { cloneDatabase } from '../setup/database.ts';
import { everyTownUrl, openTestTown, type TestTown } from './town.ts';

const SITUATION = 'zadost-o-informace';
const submission = {
  jmeno: 'Jana',
  prijmeni: 'Nováková',
  datumNarozeni: '1980-01-01',
  adresa: 'Dlouhá 12, 561 64 Lipová nad Orlicí',
  email: 'jana@example.cz',
  predmet: 'Smlouvy na zimní údržbu',
  dotaz: 'Žádám o kopie smluv na zimní údržbu chodníků za roky 2024 a 2025.',
  zpusob: 'portal',
};
const database = await cloneDatabase();
let town: TestTown;
let world: SimulatedServer;
let isds: OtherSide;
let mail: OtherSide;
let workshop: Workshop;

beforeAll(async () => {
  world = await serve(createEsslSimulator);
  town = await openTestTown(database, 1, { records: 'essl' });
  await town.install(SITUATION, await readSituationFolder(join(import.meta.dirname, '..', '..', 'processes', SITUATION)));
  await town.sql(`update person set data_box = 'jananov' where id = $1`, [town.citizen.id]);
});
beforeEach(async () => {
  await world.faults.set([]);
  isds = openOtherSide('isds');
  mail = openOtherSide('mail');
  const essl = createEsslConnector({ baseUrl: `${world.baseUrl}/ermsAPI`, ...demoEssl, timeoutMs: 2_000 });
  workshop = { ...aWorkshop(town, [isds, mail]), connectors: [isds.connector, mail.connector, essl] };
});
afterAll(async () => {
  await town.close();
  await world.close();
  expect(await brokenInvariants(everyTownUrl(database))).toEqual([]);
});

let rounds = 2;
/** All that can be done now is done; a poll of an inbox does not count as work, so once more. */
const settle = async (times = rounds): Promise<void> => {
  const loops = jobLoops(workshop).filter(({ name }) => /perform-effects-1|process-inbox|inbox:/.test(name));
  for (let round = 0; round < times; round++) {
    await skipPauses(town);
    await createRunner(loops, quiet).settle();
  }
};
/** Its submission goes to the office's box and comes back from it. */
async function filed(): Promise<string> {
  const caseId = await town.file(SITUATION, submission);
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
async function delivered(caseId: string): Promise<void> {
  const letters = await town.sql<{ id: string }>(
    `select answer ->> 'messageId' as id from outbox where case_id = $1 and effect = 'isds.send' and state = 'done' and title like 'Doručit%' order by created_at desc limit 1`,
    [caseId],
  );
  const messageId = letters[0]?.id ?? '';
  isds.messages = [{ id: `state:${messageId}:5`, kind: 'data-box-state', payload: { messageId, state: 5, at: '2026-03-12T22:59:59Z' } }];
  await settle();
}

interface Entry {
  readonly id: string;
  readonly direction: string;
  readonly title: string;
  readonly number: string | null;
  readonly delivered_at: Date | null;
}
const journal = (caseId: string): Promise<readonly Entry[]> =>
  town.sql<Entry>(
    `select r.document_id as id, r.direction, r.title, r.number, r.delivered_at from records_document r where r.case_id = $1 order by r.registered_at, r.number`,
    [caseId],
  );
interface Outside {
  readonly documents: readonly {
    id: string;
    number: string;
    state: string;
    files: string[];
    fileId: string;
    dispatches: { state: string }[];
  }[];
  readonly files: readonly { id: string; mark: string; state: string; documents: string[] }[];
}
function outside(caseId: string): Outside {
  const { documents, files } = world.simulator.ledger() as unknown as Outside;
  return { documents: documents.filter(({ fileId }) => fileId === caseId), files: files.filter(({ id }) => id === caseId) };
}
const acts = async (caseId: string): Promise<readonly string[]> =>
  (await town.sql<{ act: string }>(`select kind || ' ' || state as act from records_act where case_id = $1 order by seq`, [caseId])).map(
    ({ act }) => act,
  );

/** The ledgers say the same: each document once, with one number, in one file. */
async function expectSame(caseId: string): Promise<void> {
  const ours = await journal(caseId);
  const theirs = outside(caseId).documents;
  expect(new Set(ours.map(({ number }) => number)).size).toBe(ours.length);
  expect(ours.map(({ id, number }) => [id, number]).toSorted()).toEqual(theirs.map(({ id, number }) => [id, number]).toSorted());
  const shown = await town.sql<{ id: string; number: string }>(
    `select id, number from document where case_id = $1 and number is not null`,
    [caseId],
  );
  expect(shown.map(({ id, number }) => [id, number]).toSorted()).toEqual(ours.map(({ id, number }) => [id, number]).toSorted());
  expect(
    outside(caseId)
      .files.find(({ id }) => id === caseId)
      ?.documents.toSorted(),
  ).toEqual(ours.map(({ id }) => id).toSorted());
}
const caseRow = async (caseId: string): Promise<{ document_number: string | null; mark: string; outside_mark: string | null }> => {
  const [row] = await town.sql<{ document_number: string | null; mark: string; outside_mark: string | null }>(
    `select c.document_number, c.mark, f.outside_mark from cases c left join records_file f on f.tenant_id = c.tenant_id and f.case_id = c.id where c.id = $1`,
    [caseId],
  );
  if (!row) throw new Error('no case');
  return row;
};

async function wholeLife(): Promise<string> {
  const caseId = await filed();
  await town.complete(caseId, 'posouzeni', { postup: 'doplnit', vyzva: 'Upřesněte prosím, o které chodníky jde.' }, informace());
  await settle();
  await delivered(caseId);
  await town.complete(caseId, 'doplneni', { upresneni: 'Jde o chodníky na náměstí.' }, town.citizen as never);
  await settle();
  await town.complete(caseId, 'posouzeni', { postup: 'poskytnout', informace: 'Smlouvy zasíláme v příloze.' }, informace());
  await settle();
  await town.complete(caseId, 'zverejneni', { adresaZverejneni: 'https://www.lipova.example.cz/1', zverejneno: '2026-03-02' }, informace());
  await settle();
  return caseId;
}
const informace = (): TestTown['stranger'] => town.stranger;

describe('a case whose records an eSSL keeps', () => {
  test('lives to its end: every document has one number, the file is settled and closed', async () => {
    const caseId = await wholeLife();
    expect(await town.waits(caseId)).toEqual(['ended vyrizeno']);
    expect((await acts(caseId)).every((act) => act.endsWith(' done'))).toBe(true);
    await expectSame(caseId);
    const [first, ...letters] = await journal(caseId);
    expect(first).toMatchObject({ direction: 'in' });
    expect(letters.map(({ direction }) => direction)).toEqual(['out', 'out']);
    expect(letters.map(({ delivered_at: at }) => at !== null)).toEqual([true, false]);
    expect(outside(caseId).files).toMatchObject([{ id: caseId, state: 'uzavren' }]);
    expect(outside(caseId).documents.map(({ state }) => state)).toEqual(['uzavren', 'uzavren', 'uzavren']);
    expect(outside(caseId).documents.map(({ dispatches }) => dispatches.map(({ state }) => state))).toEqual([
      [],
      ['doruceno'],
      ['vypraveno'],
    ]);
    expect(await caseRow(caseId)).toMatchObject({ document_number: first?.number, outside_mark: outside(caseId).files[0]?.mark });
  });

  test('goes on while the eSSL is away; the letter waits for its number and bears it then', async () => {
    await world.faults.set([{ operation: '*', kind: 'unavailable' }]);
    const caseId = await filed();
    town.later(180_000);
    await settle();
    expect(await town.waits(caseId)).toContain('task posouzeni');
    expect(await caseRow(caseId)).toMatchObject({ document_number: null });
    const [told] = await town.sql<{ input: { text: string } }>(`select input from outbox where case_id = $1 and effect = 'mail.send'`, [
      caseId,
    ]);
    expect(told?.input.text).toContain('čeká na číslo jednací');
    await town.complete(caseId, 'posouzeni', { postup: 'doplnit', vyzva: 'Upřesněte prosím.' }, informace());
    const sentBefore = isds.deeds.length;
    await settle();
    expect(isds.deeds).toHaveLength(sentBefore);
    const [held] = await town.sql<{ state: string; attempts: number; last_error: string }>(
      `select state, attempts, last_error from outbox where case_id = $1 and title like 'Doručit%'`,
      [caseId],
    );
    expect(held).toEqual({ state: 'ready', attempts: 0, last_error: 'Čeká na číslo jednací.' });

    await world.faults.set([]);
    await settle();
    await settle();
    expect(isds.deeds).toHaveLength(sentBefore + 1);
    await expectSame(caseId);
    const [letter] = (await journal(caseId)).filter(({ direction }) => direction === 'out');
    const [sent] = await town.sql<{ file_id: string | null; number: string }>('select file_id, number from document where id = $1', [
      letter?.id,
    ]);
    expect(sent).toMatchObject({ number: letter?.number });
    expect(sent?.file_id).not.toBeNull();
  });

  test('loses no document and numbers none twice when answers are lost and rubbish comes', async () => {
    await world.faults.set([
      { operation: 'DokumentZalozeni', kind: 'lose-answer', times: 2 },
      { operation: 'SpisZalozeni', kind: 'malformed', times: 1 },
      { operation: 'Udalosti', kind: 'lose-answer', times: 3 },
      { operation: 'ProfilDokumentuZadost', kind: 'fail-before', times: 1 },
    ]);
    rounds = 8;
    const caseId = await wholeLife();
    rounds = 2;
    expect(await town.waits(caseId)).toEqual(['ended vyrizeno']);
    expect((await acts(caseId)).every((act) => act.endsWith(' done'))).toBe(true);
    await expectSame(caseId);
    expect(outside(caseId).files).toMatchObject([{ state: 'uzavren' }]);
  });

  test('a worker that dies between the deed and its record leaves nothing doubled', async () => {
    const caseId = await filed();
    await town.complete(caseId, 'posouzeni', { postup: 'odlozit', duvod: 'Nevztahuje se k působnosti města.' }, informace());
    for (let deaths = 0; deaths < 4; deaths++) {
      await skipPauses(town);
      const held = await town.db.withTenant(town.tenantId, (trx) => claimEffects(trx, town.tenantId, 8, 60_000));
      for (const one of held.filter(({ effect }) => effect.startsWith('essl.'))) {
        const effect = workshop.connectors.at(-1)?.effects[one.effect];
        await effect?.perform(one.key, effect.input.parse(one.input), []);
      }
      await leasesRunOut(town);
      await settle();
    }
    await delivered(caseId);
    await expectSame(caseId);
    expect(await town.waits(caseId)).toEqual(['ended odlozeno']);
    expect((await acts(caseId)).every((act) => act.endsWith(' done'))).toBe(true);
  });
});
