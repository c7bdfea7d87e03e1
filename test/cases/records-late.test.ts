// A document that comes after its case is over opens the closed file again, with our own service and with an eSSL; and what an officer decides when the
// eSSL says no.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { decideRecordsAct } from '../../server/cases/records-desk.ts';
import { answerByHand } from '../../server/cases/incident-help.ts';
import type { DecisionData } from '../../server/cases/commands/index.ts';
import { createEsslConnector } from '../../server/integrations/essl/index.ts';
import { createEsslSimulator, demoEssl } from '../../server/integrations/essl/simulator.ts';
import { jobLoops } from '../../server/jobs/index.ts';
import { createRunner } from '../../server/jobs/runner.ts';
import type { Workshop } from '../../server/jobs/workshop.ts';
import { brokenInvariants } from '../campaign/invariants.ts';
import { end, path } from '../engine/diagrams.ts';
import { serve, type SimulatedServer } from '../integrations/simulated-server.ts';
import { aWorkshop, quiet, skipPauses } from '../jobs/a-workshop.ts';
import { openOtherSide, type OtherSide } from '../jobs/other-side.ts';
import { cloneDatabase } from '../setup/database.ts';
import { effect, situation, startForm, userTask } from './situations.ts';
import { everyTownUrl, openTestTown, type TestTown } from './town.ts';

const DAY = 86_400_000;
const steps = [startForm, effect('evidence', 'register.submission'), userTask('kontrola'), end('hotovo')];
const files = situation('spis', [...steps, path('podani', 'evidence', 'kontrola', 'hotovo')]);

interface House {
  readonly town: TestTown;
  readonly isds: OtherSide;
  readonly settle: () => Promise<void>;
}
function houseOf(town: TestTown, isds: OtherSide, workshop: Workshop): House {
  const settle = async (): Promise<void> => {
    const loops = jobLoops(workshop).filter(({ name }) => /perform-effects-1|process-inbox|inbox:isds/.test(name));
    for (let round = 0; round < 3; round++) {
      await skipPauses(town);
      await createRunner(loops, quiet).settle();
    }
  };
  return { town, isds, settle };
}
async function ended({ town, settle }: House): Promise<string> {
  const caseId = await town.file('spis');
  await settle();
  await town.complete(caseId, 'kontrola');
  await settle();
  return caseId;
}
let messages = 0;
/** A data message that names the mark of the case. */
async function writes({ town, isds, settle }: House, caseId: string, subject: string): Promise<void> {
  const [row] = await town.sql<{ mark: string }>('select mark from cases where id = $1', [caseId]);
  messages += 1;
  const payload = { messageId: `7${messages}`, senderBox: 'jananov', senderName: 'Jana Nováková', subject, recipientRef: row?.mark };
  isds.messages = [
    { id: `message:late-${messages}`, kind: 'data-box-message', payload: { ...payload, deliveredAt: town.clock.now().toISOString() } },
  ];
  await settle();
  isds.messages = [];
}
interface FileRow {
  readonly state: string;
  readonly closed_at: Date | null;
  readonly reopened_at: Date | null;
}
const fileRow = async ({ town }: House, caseId: string): Promise<FileRow | undefined> =>
  (await town.sql<FileRow>('select state, closed_at, reopened_at from records_file where case_id = $1', [caseId]))[0];
const numbers = async ({ town }: House, caseId: string): Promise<readonly (string | null)[]> =>
  (
    await town.sql<{ number: string | null }>(
      'select number from records_document where case_id = $1 order by registered_at, document_id',
      [caseId],
    )
  ).map(({ number }) => number);

describe('our own service', () => {
  let database: Awaited<ReturnType<typeof cloneDatabase>>;
  let house: House;
  beforeAll(async () => {
    database = await cloneDatabase();
    const town = await openTestTown(database);
    await town.install('spis', files);
    await town.sql(`update person set data_box = 'jananov' where id = $1`, [town.citizen.id]);
    const isds = openOtherSide('isds');
    house = houseOf(town, isds, aWorkshop(town, [isds, openOtherSide('mail')]));
  });
  afterAll(async () => {
    await house.town.close();
    expect(await brokenInvariants(everyTownUrl(database))).toEqual([]);
  });

  test('a late document gets the next number, and its file is open only for it', async () => {
    const caseId = await ended(house);
    const before = await fileRow(house, caseId);
    expect(before).toMatchObject({ state: 'closed', reopened_at: null });
    house.town.later(3 * DAY);

    await writes(house, caseId, 'Ještě jedna příloha');

    const given = await numbers(house, caseId);
    expect(given).toHaveLength(2);
    expect(new Set(given).size).toBe(2);
    const after = await fileRow(house, caseId);
    expect(after?.state).toBe('closed');
    expect(after?.reopened_at).toEqual(house.town.clock.now());
    expect(after?.closed_at).toEqual(house.town.clock.now());
  });
});

interface Act {
  readonly seq: number;
  readonly kind: string;
  readonly state: string;
  readonly reason: string | null;
}
interface Ledger {
  readonly documents: readonly {
    readonly id: string;
    readonly number: string;
    readonly title: string;
    readonly state: string;
    readonly fileId: string;
  }[];
  readonly files: readonly { readonly id: string; readonly state: string; readonly documents: readonly string[] }[];
}

describe('an eSSL', () => {
  let database: Awaited<ReturnType<typeof cloneDatabase>>;
  let house: House;
  let world: SimulatedServer;
  beforeAll(async () => {
    database = await cloneDatabase();
    world = await serve(createEsslSimulator);
    const town = await openTestTown(database, 1, { records: 'essl' });
    await town.install('spis', files);
    await town.sql(`update person set data_box = 'jananov' where id = $1`, [town.citizen.id]);
    const isds = openOtherSide('isds');
    const essl = createEsslConnector({ baseUrl: `${world.baseUrl}/ermsAPI`, ...demoEssl, timeoutMs: 2_000 });
    const workshop = aWorkshop(town, [isds, openOtherSide('mail')]);
    house = houseOf(town, isds, { ...workshop, connectors: [...workshop.connectors, essl] });
  });
  beforeEach(() => world.faults.set([]));
  afterAll(async () => {
    await house.town.close();
    await world.close();
    expect(await brokenInvariants(everyTownUrl(database))).toEqual([]);
  });

  const acts = (caseId: string): Promise<readonly Act[]> =>
    house.town.sql<Act>('select seq, kind, state, reason from records_act where case_id = $1 order by seq', [caseId]);
  const theirs = (caseId: string): Ledger => {
    const { documents, files: kept } = world.simulator.ledger() as unknown as Ledger;
    return { documents: documents.filter(({ fileId }) => fileId === caseId), files: kept.filter(({ id }) => id === caseId) };
  };
  const refused = async (caseId: string): Promise<Act> => {
    const act = (await acts(caseId)).find(({ state }) => state === 'refused');
    if (!act) throw new Error('nothing was refused');
    return act;
  };
  const decide = (caseId: string, seq: number, decision: DecisionData['decision']): Promise<void> =>
    decideRecordsAct(house.town.corridor, house.town.tenantId, {
      commandId: crypto.randomUUID(),
      actor: house.town.eva,
      caseId,
      data: { seq, decision },
    });

  test('a late document opens the closed file there, is registered into it, and the file is closed again', async () => {
    const caseId = await ended(house);
    expect(theirs(caseId).files).toMatchObject([{ state: 'uzavren' }]);
    const first = (await acts(caseId)).length;
    house.town.later(DAY);

    await writes(house, caseId, 'Ještě jedna příloha');

    expect((await acts(caseId)).slice(first).map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'reopen-file done',
      'register done',
      'settle-document done',
      'settle-file done',
      'close-file done',
    ]);
    expect((await numbers(house, caseId)).toSorted()).toEqual(
      theirs(caseId)
        .documents.map(({ number }) => number)
        .toSorted(),
    );
    expect(theirs(caseId).files).toMatchObject([{ state: 'uzavren' }]);
    expect(theirs(caseId).documents.map(({ state }) => state)).toEqual(['uzavren', 'uzavren']);
    expect(await fileRow(house, caseId)).toMatchObject({ state: 'closed' });
  });

  test('the reopening whose answer was lost, and whose file was opened there by somebody else before, happens once', async () => {
    const caseId = await ended(house);
    await world.simulator.control?.['reopened']?.({ file: caseId });
    await world.faults.set([{ operation: 'Udalosti', kind: 'lose-answer', times: 1 }]);

    await writes(house, caseId, 'Doplnění');
    await house.settle();

    expect((await acts(caseId)).every(({ state }) => state === 'done')).toBe(true);
    expect(theirs(caseId).files).toMatchObject([{ state: 'uzavren' }]);
    expect(theirs(caseId).documents).toHaveLength(2);
  });

  test('two late documents while the eSSL is away are told in their order', async () => {
    const caseId = await ended(house);
    await world.faults.set([{ operation: '*', kind: 'unavailable' }]);
    await writes(house, caseId, 'První');
    await writes(house, caseId, 'Druhý');
    expect((await numbers(house, caseId)).filter((number) => number === null)).toHaveLength(2);

    await world.faults.set([]);
    await house.settle();
    await house.settle();

    expect((await acts(caseId)).every(({ state }) => state === 'done')).toBe(true);
    expect(
      theirs(caseId)
        .documents.map(({ title }) => title.replace(/.*: /, ''))
        .slice(1),
    ).toEqual(['První', 'Druhý']);
    expect(theirs(caseId).files).toMatchObject([{ state: 'uzavren' }]);
  });

  test('a registration that it refuses: tried again it is refused again, it cannot be skipped, done there by hand it gives the number', async () => {
    const caseId = await ended(house);
    await writes(house, caseId, 'Tohle je zakázáno');
    const act = await refused(caseId);
    expect(act).toMatchObject({ kind: 'register', reason: expect.stringContaining('(') });
    expect((await acts(caseId)).at(-1)).toMatchObject({ kind: 'close-file', state: 'waiting' });

    await decide(caseId, act.seq, { what: 'again' });
    await house.settle();
    expect(await refused(caseId)).toMatchObject({ seq: act.seq });

    await expect(decide(caseId, act.seq, { what: 'skip', reason: 'nechceme' })).rejects.toMatchObject({
      code: 'record-must-be-registered',
    });
    await expect(decide(caseId, act.seq, { what: 'by-hand', number: null, reason: 'ručně' })).rejects.toMatchObject({
      code: 'record-number-missing',
    });
    const [taken] = await numbers(house, caseId);
    await expect(decide(caseId, act.seq, { what: 'by-hand', number: taken ?? '', reason: 'ručně' })).rejects.toMatchObject({
      code: 'record-number-taken',
    });

    await decide(caseId, act.seq, { what: 'by-hand', number: 'RUC/1/2026', reason: 'Zapsala podatelna' });
    await house.settle();

    expect(await numbers(house, caseId)).toContain('RUC/1/2026');
    expect((await acts(caseId)).find(({ seq }) => seq === act.seq)).toMatchObject({ state: 'done', reason: 'Zapsala podatelna' });
    // What the eSSL does not know under our identifier is settled there by hand too; the file itself goes on.
    const next = await refused(caseId);
    expect(next.kind).toBe('settle-document');
    await expect(decide(caseId, act.seq, { what: 'again' })).rejects.toMatchObject({ code: 'record-act-not-refused' });
    await decide(caseId, next.seq, { what: 'by-hand', number: null, reason: 'Vyřízeno v eSSL' });
    await house.settle();
    expect((await acts(caseId)).every(({ state }) => state === 'done')).toBe(true);
    expect(theirs(caseId).files).toMatchObject([{ state: 'uzavren' }]);
  });

  test('a refused closing that is skipped stands in nobody’s way', async () => {
    const caseId = await lostThere();
    const act = await refused(caseId);
    expect(act.kind).toBe('settle-file');
    await decide(caseId, act.seq, { what: 'skip', reason: 'Spis vede archiv' });
    await house.settle();
    const next = await refused(caseId);
    await decide(caseId, next.seq, { what: 'skip', reason: 'Spis vede archiv' });
    await house.settle();
    expect((await acts(caseId)).map(({ state }) => state).slice(-2)).toEqual(['skipped', 'skipped']);
    expect((await acts(caseId)).at(-1)).toMatchObject({ reason: 'Spis vede archiv' });
  });
  /** The eSSL does not know the file any more when it is to be settled. */
  async function lostThere(): Promise<string> {
    const caseId = await house.town.file('spis');
    await house.settle();
    await world.faults.set([{ operation: '*', kind: 'unavailable' }]);
    await house.town.complete(caseId, 'kontrola');
    await house.town.sql(
      `update records_act set input = jsonb_set(input, '{fileId}', '"neznamy"') where case_id = $1 and kind in ('settle-file', 'close-file')`,
      [caseId],
    );
    await world.faults.set([]);
    await house.settle();
    return caseId;
  }

  test('a registration that ran out of tries and was answered on the page of incidents gives its number and lets the rest go on', async () => {
    await world.faults.set([{ operation: '*', kind: 'unavailable' }]);
    const caseId = await house.town.file('spis');
    await house.settle();
    const [stuck] = await house.town.sql<{ key: string }>(
      `update outbox set state = 'dead', lease = null, leased_until = null where case_id = $1 and effect = 'essl.register-document' returning key`,
      [caseId],
    );
    await world.faults.set([]);
    const asked = { id: `effect:${stuck?.key}`, actor: house.town.head, reason: 'Zapsáno ručně při výpadku' };
    const answer = (output: string): Promise<void> =>
      answerByHand(house.town.corridor, house.town.tenantId, { ...asked, commandId: crypto.randomUUID(), output });
    await expect(answer('')).rejects.toMatchObject({ code: 'record-number-missing' });

    await answer('RUC/2/2026');
    await house.settle();

    expect(await numbers(house, caseId)).toEqual(['RUC/2/2026']);
    const [row] = await house.town.sql<{ document_number: string }>('select document_number from cases where id = $1', [caseId]);
    expect(row?.document_number).toBe('RUC/2/2026');
    expect((await acts(caseId)).map(({ state }) => state)).not.toContain('ordered');
  });

  test('a number that another document has is no number of the case', async () => {
    const first = await house.town.file('spis');
    await house.settle();
    const [number] = await numbers(house, first);
    await world.faults.set([{ operation: '*', kind: 'unavailable' }]);
    const second = await house.town.file('spis');
    await house.settle();
    // As if the eSSL would give one number twice.
    const order = world.simulator.ledger() as unknown as Ledger;
    const coming = `MULNO/${order.documents.length + 1}/${house.town.clock.now().getUTCFullYear()}`;
    await house.town.sql('update document set number = $2 where case_id = $1', [first, coming]);
    await world.faults.set([]);
    await house.settle();

    expect(await refused(second)).toMatchObject({ kind: 'register', reason: expect.stringContaining(coming) });
    const [row] = await house.town.sql<{ document_number: string | null }>('select document_number from cases where id = $1', [second]);
    expect(row?.document_number).toBeNull();
    await house.town.sql('update document set number = $2 where case_id = $1', [first, number]);
    await decide(second, (await refused(second)).seq, { what: 'again' });
    await house.settle();
    expect(await numbers(house, second)).toEqual([coming]);
  });
});
