// Officers intervene in running cases: with a right, with a reason, and with the rows of waits always saying what the engine waits for.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerIncident, cancelCase, modify, resume, setVariables, suspend } from '../../server/cases/commands/index.ts';
import { modifySeen, previewCancel, previewModify, readInterventionDesk } from '../../server/cases/intervention-desk.ts';
import { answerByHand, correctVariables } from '../../server/cases/incident-help.ts';
import { officeCase } from '../../server/queries/office-case.ts';
import { citizenCase } from '../../server/queries/citizen-cases.ts';
import { listTasks } from '../../server/queries/office-tasks.ts';
import { readIncidentBoard } from '../../server/queries/incident-board.ts';
import { claimEffects, postponeEffect } from '../../server/store/outbox.ts';
import { recordAnswer } from '../../server/cases/commands/index.ts';
import { brokenInvariants } from '../campaign/invariants.ts';
import { end, flow, gateway, path } from '../engine/diagrams.ts';
import { cloneDatabase } from '../setup/database.ts';
import { oneEffect, situation, startForm, userTask, whole, withdrawal } from './situations.ts';
import { everyTownUrl, openTestTown, type Officer, type TestTown } from './town.ts';

const database = await cloneDatabase();
const DAY = 86_400_000;
let town: TestTown;
let analyst: Officer;
const reason = 'chyba v diagramu';
beforeAll(async () => {
  town = await openTestTown(database);
  analyst = { ...town.head, groups: ['analytici'] };
  await town.install('zkouska', whole());
  await town.install('ucinek', oneEffect());
  await town.install(
    'vyraz',
    situation('vyraz', [
      startForm,
      userTask('kontrola'),
      gateway('exclusive', 'jak', 'default="f-jinak"'),
      flow('jak', 'hotovo', 'date and time(kontrola.zaver) > date and time("2026-01-01T00:00:00")', 'f-cislo'),
      flow('jak', 'jinak', undefined, 'f-jinak'),
      end('hotovo', '', 'spis:outcome="approved"'),
      end('jinak', '', 'spis:outcome="rejected"'),
      path('podani', 'kontrola', 'jak'),
      withdrawal,
    ]),
  );
  await town.install(
    'kroky',
    situation('kroky', [
      startForm,
      userTask('prvni'),
      userTask('druhy'),
      end('hotovo'),
      path('podani', 'prvni', 'druhy', 'hotovo'),
      withdrawal,
    ]),
  );
});
afterAll(async () => {
  await town.close();
  expect(await brokenInvariants(everyTownUrl(database))).toEqual([]);
});

const reader = () => ({ db: town.db, shelf: town.corridor.shelf, now: town.clock.now, account: () => ({ account: '', iban: '' }) });
const desk = (caseId: string) => readInterventionDesk(town.corridor, town.tenantId, analyst, caseId);
const executionAt = async (caseId: string, elementId: string): Promise<string> =>
  (await desk(caseId)).resting.find((place) => place.elementId === elementId)?.executionId ?? '';

describe('tokens', () => {
  test('a step is repeated: the later one is cancelled and the earlier one opens anew', async () => {
    const caseId = await town.file('kroky');
    await town.complete(caseId, 'prvni');
    const operations = [
      { op: 'cancel', executionId: await executionAt(caseId, 'druhy') },
      { op: 'start', elementId: 'prvni' },
    ] as const;
    const seen = await previewModify(town.corridor, town.tenantId, caseId, { actor: analyst, operations });
    expect(seen).toMatchObject({
      closes: [{ kind: 'task', elementId: 'druhy' }],
      opens: [{ kind: 'task', elementId: 'prvni' }],
      stays: 1,
      ended: null,
    });
    expect(await town.waits(caseId)).toEqual(['message zpetvzeti', 'task druhy']);
    town.later(1_000);
    await modifySeen(town.corridor, town.tenantId, caseId, {
      commandId: 'opakovat-1',
      actor: analyst,
      operations,
      reason,
      revision: seen.revision,
    });
    expect(await town.waits(caseId)).toEqual(['message zpetvzeti', 'task prvni']);
    await town.complete(caseId, 'prvni');
    await town.complete(caseId, 'druhy');
    expect(await town.waits(caseId)).toEqual(['ended ended']);
  });

  test('a step is skipped with an output that later steps read', async () => {
    const caseId = await town.file('zkouska');
    const executionId = await executionAt(caseId, 'kontrola');
    await town.run(caseId, modify, town.head, { operations: [{ op: 'complete', executionId, output: { zaver: 'ne' } }], reason });
    expect(await town.waits(caseId)).toEqual(['ended rejected']);
  });

  test('what was seen must still be true when it is confirmed', async () => {
    const caseId = await town.file('kroky');
    const operations = [
      { op: 'cancel', executionId: await executionAt(caseId, 'prvni') },
      { op: 'start', elementId: 'druhy' },
    ] as const;
    const { revision } = await previewModify(town.corridor, town.tenantId, caseId, { actor: analyst, operations });
    await town.complete(caseId, 'prvni');
    await expect(
      modifySeen(town.corridor, town.tenantId, caseId, { commandId: 'pozde-1', actor: analyst, operations, reason, revision }),
    ).rejects.toMatchObject({ code: 'case-moved' });
  });

  test('a cancelled effect is sent no more', async () => {
    const caseId = await town.file('ucinek');
    const executionId = await executionAt(caseId, 'odeslat');
    await town.run(caseId, modify, analyst, { operations: [{ op: 'complete', executionId, output: null }], reason });
    expect(await town.sql('select state from outbox where case_id = $1 and execution_id is not null', [caseId])).toEqual([
      { state: 'dropped' },
    ]);
  });

  test('a whole case is ended, and the preview says what goes with it', async () => {
    const caseId = await town.file('zkouska');
    const seen = await previewCancel(town.corridor, town.tenantId, caseId, analyst);
    expect(seen).toMatchObject({ ended: 'zastaveno', opens: [] });
    expect(seen.closes.map((wait) => wait.elementId).sort()).toEqual(['kontrola', 'pripominka', 'zpet-start']);
    await town.run(caseId, cancelCase, analyst, { reason });
    expect(await town.waits(caseId)).toEqual(['ended zastaveno']);
  });
});

describe('stopping', () => {
  test('a stopped case keeps what is left of its timers, hides its tasks and refuses everything', async () => {
    const caseId = await town.file('zkouska');
    town.later(2 * DAY);
    await town.run(caseId, suspend, town.head, { reason });
    expect(await town.waits(caseId)).toEqual(['message zpetvzeti', 'task kontrola']);
    await expect(town.complete(caseId, 'kontrola')).rejects.toMatchObject({ code: 'case-suspended' });
    await expect(town.withdraw(caseId)).rejects.toMatchObject({ code: 'case-suspended' });
    await expect(town.run(caseId, suspend, town.head, { reason })).rejects.toMatchObject({ code: 'case-suspended' });
    const query = { queue: 'all', sort: 'due', dir: 'asc', q: '', page: 1 } as const;
    const shown = await listTasks(reader(), town.tenantId, town.head, query);
    expect(shown.tasks.map((task) => task.caseId)).not.toContain(caseId);
    const citizens = await citizenCase(reader(), town.tenantId, town.citizen.id, caseId, 'cs');
    expect(citizens).toMatchObject({ state: { title: 'Zpracování je pozastaveno', who: 'office' }, actions: [] });
    expect(citizens.timeline.at(-1)).toMatchObject({ kind: 'now', title: 'Zpracování je pozastaveno' });
    town.later(30 * DAY);
    await town.run(caseId, resume, town.head, { reason });
    const [timer] = await town.sql<{ due_at: Date }>(
      'select due_at from timer where case_id = $1 and fired_at is null and cancelled_at is null',
      [caseId],
    );
    expect(timer?.due_at.getTime()).toBe(town.clock.now().getTime() + 5 * DAY);
    await expect(town.run(caseId, resume, town.head, { reason })).rejects.toMatchObject({ code: 'case-not-suspended' });
    await town.complete(caseId, 'kontrola', { zaver: 'ne' });
    expect(await town.waits(caseId)).toEqual(['ended rejected']);
  });

  test('an answer that came meanwhile is told when the case goes on', async () => {
    const caseId = await town.file('ucinek');
    const [held] = await town.db.withTenant(town.tenantId, (trx) => claimEffects(trx, town.tenantId, 10, 60_000));
    await town.run(caseId, suspend, town.head, { reason });
    const answer = { done: { messageId: 'm-1' } };
    await town.run(caseId, recordAnswer, { kind: 'outside', id: 'out.send' }, { key: held?.key ?? '', lease: held?.lease ?? '', answer });
    expect((await desk(caseId)).suspendedAt).not.toBeNull();
    await town.run(caseId, resume, town.head, { reason });
    expect(await town.waits(caseId)).toEqual(['ended approved']);
  });
});

describe('incidents', () => {
  const stuck = async (): Promise<{ readonly caseId: string; readonly id: string }> => {
    const caseId = await town.file('vyraz');
    await town.complete(caseId, 'kontrola', { zaver: 'až někdy' });
    const [row] = await town.sql<{ id: string }>('select id from incident where case_id = $1 and closed_at is null', [caseId]);
    return { caseId, id: row?.id ?? '' };
  };

  test('wrong data are corrected and the step goes on in the same moment', async () => {
    const { caseId, id } = await stuck();
    const board = await readIncidentBoard(reader(), town.tenantId, { situation: 'vyraz' });
    expect(board.incidents.find((incident) => incident.id === id)).toMatchObject({
      elementId: 'jak',
      version: 1,
      code: 'expression-failed',
    });
    await correctVariables(town.corridor, town.tenantId, {
      id,
      commandId: 'oprava-1',
      actor: analyst,
      reason,
      variables: { kontrola: { zaver: '2026-05-01T10:00:00' } },
      retry: true,
    });
    expect(await town.waits(caseId)).toEqual(['ended approved']);
  });

  test('when the corrected step fails again, nothing was corrected', async () => {
    const { caseId } = await stuck();
    const before = (await desk(caseId)).variables;
    await expect(
      town.run(caseId, setVariables, analyst, { variables: { kontrola: { zaver: 'x' } }, reason, retry: 'neni#1' }),
    ).rejects.toMatchObject({ code: 'no-longer-waiting' });
    expect((await desk(caseId)).variables).toEqual(before);
  });

  test('a dead effect is answered by hand and never sent', async () => {
    const caseId = await town.file('ucinek');
    const [held] = await town.db.withTenant(town.tenantId, (trx) => claimEffects(trx, town.tenantId, 10, 60_000));
    const { key, lease } = held ?? { key: '', lease: '' };
    const failure = { error: 'nejde', delayMs: null, at: town.clock.now().toISOString() };
    await town.db.withTenant(town.tenantId, (trx) => postponeEffect(trx, town.tenantId, { key, lease }, failure));
    await answerByHand(town.corridor, town.tenantId, { id: `effect:${key}`, commandId: 'rucne-01', actor: town.head, reason, output: {} });
    expect(await town.waits(caseId)).toEqual(['ended approved']);
    expect(await town.sql('select state from outbox where key = $1', [key])).toEqual([{ state: 'dropped' }]);
  });
});

describe('rights and reasons', () => {
  test('a clerk without the right changes nothing', async () => {
    const caseId = await town.file('kroky');
    const operations = [{ op: 'start', elementId: 'druhy' }] as const;
    for (const refused of [
      () => town.run(caseId, modify, town.eva, { operations, reason }),
      () => town.run(caseId, suspend, town.eva, { reason }),
      () => town.run(caseId, cancelCase, town.eva, { reason }),
      () => town.run(caseId, setVariables, town.eva, { variables: { a: 1 }, reason }),
      () => town.run(caseId, answerIncident, town.citizen, { executionId: 'x', output: null, reason }),
      () => previewModify(town.corridor, town.tenantId, caseId, { actor: town.eva, operations }),
    ])
      await expect(refused()).rejects.toMatchObject({ kind: 'forbidden', code: 'not-permitted' });
    expect(await town.waits(caseId)).toEqual(['message zpetvzeti', 'task prvni']);
  });

  test('without a reason nothing is done; with one the journal knows it, and the words can be erased', async () => {
    const caseId = await town.file('kroky');
    await expect(town.run(caseId, suspend, town.head, { reason: '  ' })).rejects.toMatchObject({ code: 'reason-missing' });
    await town.run(caseId, suspend, town.head, { reason: 'čeká se na opravu' });
    const { journal, journalIntact } = await officeCase(reader(), town.tenantId, caseId);
    expect(journal.at(-1)?.text).toBe('Zpracování pozastaveno; důvod: čeká se na opravu');
    expect(journalIntact).toBe(true);
    await town.sql('delete from operation where case_id = $1', [caseId]);
    const erased = await officeCase(reader(), town.tenantId, caseId);
    expect(erased.journal.at(-1)?.text).toBe('Zpracování pozastaveno');
    expect(erased.journalIntact).toBe(true);
  });
});
