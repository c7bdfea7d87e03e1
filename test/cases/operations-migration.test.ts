// Running cases go over to a new version in batches: what the rehearsal said happens, nothing is lost when the worker dies, and the way back is exact.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { orderMigration, orderRetry, orderRevert, steerBatch } from '../../server/cases/batches.ts';
import { claimTask } from '../../server/cases/commands/index.ts';
import { readMigrationDesk } from '../../server/cases/migration-desk.ts';
import { contentHash, type SituationFiles } from '../../server/catalog/index.ts';
import { runBatches } from '../../server/jobs/run-batches.ts';
import { newId } from '../../server/platform/ids.ts';
import { readBatch, readBatchItems } from '../../server/queries/batches.ts';
import { readHeat } from '../../server/queries/heat.ts';
import { claimItems } from '../../server/store/batches.ts';
import { insertVersion, newestVersion } from '../../server/store/situations.ts';
import { brokenInvariants } from '../campaign/invariants.ts';
import { boundary, end, input, path, timer } from '../engine/diagrams.ts';
import { aWorkshop } from '../jobs/a-workshop.ts';
import { cloneDatabase } from '../setup/database.ts';
import { effect, situation, startForm, userTask, withdrawal } from './situations.ts';
import { everyTownUrl, openTestTown, type Officer, type TestTown } from './town.ts';

const database = await cloneDatabase();
const DAY = 86_400_000;
let town: TestTown;
let analyst: Officer;
const KEEP = { kontrola: { to: 'posouzeni', how: 'keep' }, pripominka: { to: 'upominka', how: 'keep' } } as const;
const everything = { elements: [], groups: [], filedBefore: null, marks: [] };

const before = (id: string): SituationFiles =>
  situation(id, [
    startForm,
    userTask('kontrola'),
    boundary('pripominka', 'kontrola', timer('timeDuration', 'P7D'), 'cancelActivity="false"'),
    end('pripomenuto'),
    path('pripominka', 'pripomenuto'),
    effect('odeslat', 'out.send', [input('text', '=podani.jmeno')]),
    end('hotovo', '', 'spis:outcome="approved"'),
    path('podani', 'kontrola', 'odeslat', 'hotovo'),
    withdrawal,
  ]);
/** The check is drawn anew under another id, and an approval comes after the letter. */
const after = (id: string): SituationFiles =>
  situation(id, [
    startForm,
    userTask('posouzeni', 'spis:form="kontrola" spis:role="referent"').replace('Úkol posouzeni', 'Úkol kontrola'),
    boundary('upominka', 'posouzeni', timer('timeDuration', 'P30D'), 'cancelActivity="false"'),
    end('pripomenuto'),
    path('upominka', 'pripomenuto'),
    effect('odeslat', 'out.send', [input('text', '=podani.jmeno')]),
    userTask('schvaleni'),
    end('hotovo', '', 'spis:outcome="approved"'),
    path('podani', 'posouzeni', 'odeslat', 'schvaleni', 'hotovo'),
    withdrawal,
  ]);

beforeAll(async () => {
  town = await openTestTown(database);
  analyst = { ...town.head, groups: ['analytici'] };
});
afterAll(async () => {
  await town.close();
  expect(await brokenInvariants(everyTownUrl(database))).toEqual([]);
});

const reader = () => ({ db: town.db, shelf: town.corridor.shelf, now: town.clock.now, account: () => ({ account: '', iban: '' }) });
async function publish(id: string, files: SituationFiles): Promise<void> {
  await town.db.withTenant(town.tenantId, async (trx) => {
    const newest = await newestVersion(trx, town.tenantId, id);
    const at = town.clock.now();
    const version = {
      id: newId(at),
      situation: id,
      number: (newest?.number ?? 0) + 1,
      contentHash: contentHash(files),
      note: '',
      publishedAt: at.toISOString(),
      publishedBy: 'x',
    };
    await insertVersion(trx, town.tenantId, version, files);
  });
}
async function twoVersions(id: string, cases: number): Promise<readonly string[]> {
  await town.install(id, before(id));
  const found: string[] = [];
  for (let n = 0; n < cases; n++) found.push(await town.file(id));
  await publish(id, after(id));
  return found;
}
const order = (id: string, given: Partial<Parameters<typeof orderMigration>[2]> = {}): Promise<string> =>
  orderMigration(town.corridor, town.tenantId, {
    commandId: randomUUID(),
    actor: analyst,
    situation: id,
    from: 1,
    to: 2,
    plan: KEEP,
    filter: everything,
    rehearsal: false,
    reason: 'nová verze',
    ...given,
  });
async function work(): Promise<void> {
  const workshop = aWorkshop(town, []);
  while ((await runBatches(workshop)) > 0);
}
const verdicts = async (batchId: string) => {
  const { items } = await readBatchItems(reader(), town.tenantId, batchId, { state: null, page: 1 });
  return items.map((item) => `${item.state} ${(item.verdict?.reasons ?? []).map((reason) => reason.code).join(',')}`.trim());
};
/** Everything that is stored of a case and its waits, as text. */
const stored = async (caseId: string): Promise<string> => {
  const rows = await town.sql(
    `select c.engine_state::text as state, v.number, (select json_agg(t order by execution_id)::text from (select execution_id, element_id, title, role, group_name, form, deadline, due_at, assignee_id, closed_at from task where case_id = c.id) t) as tasks,
       (select json_agg(m order by execution_id)::text from (select execution_id, element_id, due_at, attached_to, fired_at from timer where case_id = c.id and cancelled_at is null) m) as timers,
       (select json_agg(s order by execution_id)::text from (select execution_id, element_id, message, attached_to from subscription where case_id = c.id) s) as subscriptions,
       (select json_agg(o order by key)::text from (select key, element_id, state from outbox where case_id = c.id) o) as outbox
     from cases c join situation_version v on v.tenant_id = c.tenant_id and v.id = c.version_id where c.id = $1`,
    [caseId],
  );
  return JSON.stringify(rows[0]);
};

test('the plan is proposed with the renamed step to be checked, and the desk counts who waits where', async () => {
  await twoVersions('navrh', 3);
  const desk = await readMigrationDesk(town.corridor, town.tenantId, analyst, { situation: 'navrh', from: 1, to: 2 });
  expect(desk.rows.find((row) => row.from === 'kontrola')).toMatchObject({ to: 'posouzeni', basis: 'guess', waiting: 3 });
  expect(desk.rows.find((row) => row.from === 'odeslat')).toMatchObject({ to: 'odeslat', basis: 'same', waiting: 0 });
  expect(desk.added.map((step) => step.elementId)).toContain('schvaleni');
  expect(desk).toMatchObject({ running: 3, groups: [{ name: 'evidence', count: 3 }] });
});

test('a migrated case keeps its officer and its due times, and goes on by the new drawing', async () => {
  const [caseId = ''] = await twoVersions('jeden', 1);
  const executionId = await town.task(caseId, 'kontrola');
  await town.run(caseId, claimTask, town.eva, { executionId });
  const [due] = await town.sql<{ due_at: Date }>('select due_at from timer where case_id = $1', [caseId]);
  await order('jeden');
  await work();
  expect(await town.waits(caseId)).toEqual(['message zpetvzeti', 'task posouzeni', 'timer upominka']);
  const [task] = await town.sql('select execution_id, assignee_id, title, closed_at from task where case_id = $1', [caseId]);
  expect(task).toEqual({ execution_id: executionId, assignee_id: town.eva.id, title: 'Úkol kontrola', closed_at: null });
  expect(await town.sql('select due_at from timer where case_id = $1 and cancelled_at is null', [caseId])).toEqual([due]);
  await town.complete(caseId, 'posouzeni');
  expect(await town.waits(caseId)).toEqual(['effect odeslat ready', 'message zpetvzeti']);
});

test('on two hundred cases what was rehearsed is what was done', { timeout: 120_000 }, async () => {
  const cases = await twoVersions('mnoho', 200);
  // Some wait at the letter, some are stopped by an effect that the plan leaves without a target.
  for (const caseId of cases.slice(0, 20)) await town.complete(caseId, 'kontrola');
  const states = await town.sql('select id, engine_state::text, version_id from cases where situation = $1 order by id', ['mnoho']);
  const plan = { pripominka: KEEP.pripominka, kontrola: { to: 'schvaleni', how: 'restart' } } as const;
  const rehearsed = await order('mnoho', { plan, rehearsal: true, reason: '' });
  await work();
  expect(await town.sql('select id, engine_state::text, version_id from cases where situation = $1 order by id', ['mnoho'])).toEqual(
    states,
  );
  const done = await order('mnoho', { plan });
  await work();
  const verdictsOf = (batchId: string) =>
    town.sql('select case_id, state, verdict from case_batch_item where batch_id = $1 order by place', [batchId]);
  expect(await verdictsOf(done)).toEqual(await verdictsOf(rehearsed));
  const { counts, state } = await readBatch(reader(), town.tenantId, done);
  expect({ counts, state }).toEqual({ state: 'done', counts: { waiting: 0, done: 200, refused: 0, skipped: 0 } });
  expect(await town.waits(cases[0] ?? '')).toEqual(['effect odeslat ready', 'message zpetvzeti']);
  expect(await town.waits(cases[30] ?? '')).toEqual(['message zpetvzeti', 'task schvaleni']);
});

test('a migration that is taken back leaves the case as it was, to the byte', async () => {
  const cases = await twoVersions('zpatky', 3);
  const [first = '', second = '', third = ''] = cases;
  await town.complete(second, 'kontrola');
  const was = await Promise.all([first, second].map(stored));
  const batch = await order('zpatky', { plan: { ...KEEP, kontrola: { to: 'schvaleni', how: 'restart' } } });
  await work();
  expect(await town.waits(first)).toEqual(['message zpetvzeti', 'task schvaleni']);
  await town.complete(third, 'schvaleni');
  const back = await orderRevert(town.corridor, town.tenantId, { commandId: randomUUID(), actor: analyst, batchId: batch, reason: 'omyl' });
  await work();
  expect(await verdicts(back)).toEqual(['refused case-moved', 'done', 'done']);
  const is = await Promise.all([first, second].map(stored));
  const open = (text: string): unknown => {
    const row = JSON.parse(text) as { tasks: string | null };
    const tasks = (JSON.parse(row.tasks ?? '[]') as readonly { readonly closed_at: string | null }[]).filter(
      (task) => task.closed_at === null,
    );
    return { ...row, tasks };
  };
  expect(is.map(open)).toEqual(was.map(open));
  await town.complete(first, 'kontrola');
  expect(await town.waits(first)).toEqual(['effect odeslat ready', 'message zpetvzeti']);
});

test('after a day, or when the case has gone on, there is no way back', async () => {
  const [moved = '', old = ''] = await twoVersions('pozde', 2);
  const batch = await order('pozde');
  await work();
  await town.complete(moved, 'posouzeni');
  const back = (): Promise<string> =>
    orderRevert(town.corridor, town.tenantId, { commandId: randomUUID(), actor: analyst, batchId: batch, reason: 'omyl' });
  town.later(DAY + 1_000);
  const first = await back();
  await work();
  expect(await verdicts(first)).toEqual(['refused revert-too-late', 'refused revert-too-late']);
  expect((await readBatch(reader(), town.tenantId, batch)).revertUntil).toBeNull();
  expect(await town.waits(old)).toContain('task posouzeni');
});

test('a case that went on since is not taken back', async () => {
  const [caseId = ''] = await twoVersions('pohnul', 1);
  const batch = await order('pohnul');
  await work();
  await town.complete(caseId, 'posouzeni');
  const back = await orderRevert(town.corridor, town.tenantId, { commandId: randomUUID(), actor: analyst, batchId: batch, reason: 'omyl' });
  await work();
  expect(await verdicts(back)).toEqual(['refused case-moved']);
});

test('only the cases that fit the filter are moved; the others stay where they are', async () => {
  const cases = await twoVersions('vyber', 4);
  const marks = await town.sql<{ id: string; mark: string }>('select id, mark from cases where situation = $1 order by filed_at, id', [
    'vyber',
  ]);
  await town.complete(cases[0] ?? '', 'kontrola');
  const count = async (filter: {
    readonly filedBefore?: string;
    readonly elements?: string[];
    readonly groups?: string[];
    readonly marks?: string[];
  }) =>
    (await readBatch(reader(), town.tenantId, await order('vyber', { rehearsal: true, filter: { ...everything, ...filter } }))).counts
      .waiting;
  expect(await count({ elements: ['odeslat'] })).toBe(1);
  expect(await count({ groups: ['evidence'] })).toBe(3);
  expect(await count({ marks: [marks[1]?.mark ?? '', marks[2]?.mark ?? ''] })).toBe(2);
  await expect(count({ filedBefore: '2020-01-01T00:00:00.000Z' })).rejects.toMatchObject({ code: 'no-cases' });
  await expect(count({ marks: ['SZ ZK 999/2026'] })).rejects.toMatchObject({ code: 'marks-unknown' });
  await work();
});

test('a paused batch stands between two cases and goes on; a dead worker’s case is taken over and moved once', async () => {
  const cases = await twoVersions('pad', 5);
  const batch = await order('pad');
  await steerBatch(town.corridor, town.tenantId, analyst, batch, 'paused');
  await work();
  expect((await readBatch(reader(), town.tenantId, batch)).counts).toMatchObject({ waiting: 5, done: 0 });
  await steerBatch(town.corridor, town.tenantId, analyst, batch, 'running');
  const held = await town.db.withTenant(town.tenantId, (trx) => claimItems(trx, town.tenantId, 2, 600_000));
  expect(held).toHaveLength(2);
  await work();
  expect((await readBatch(reader(), town.tenantId, batch)).counts).toMatchObject({ waiting: 2, done: 3 });
  await town.sql("update case_batch_item set leased_until = clock_timestamp() - interval '1 second' where state = 'waiting'");
  await work();
  expect(await readBatch(reader(), town.tenantId, batch)).toMatchObject({ state: 'done', counts: { waiting: 0, done: 5 } });
  for (const caseId of cases)
    expect(await town.sql("select count(*)::int as n from journal where case_id = $1 and kind = 'migrate'", [caseId])).toEqual([{ n: 1 }]);
  await expect(steerBatch(town.corridor, town.tenantId, analyst, batch, 'paused')).rejects.toMatchObject({ code: 'batch-ended' });
});

test('the same order twice is one batch, and a clerk orders none', async () => {
  await twoVersions('dvakrat', 1);
  const commandId = randomUUID();
  expect(await order('dvakrat', { commandId })).toBe(await order('dvakrat', { commandId }));
  await expect(order('dvakrat', { actor: town.eva })).rejects.toMatchObject({ kind: 'forbidden', code: 'not-permitted' });
  await expect(order('dvakrat', { reason: ' ' })).rejects.toMatchObject({ code: 'reason-missing' });
  await work();
});

test('many incidents of one cause are tried again in one batch', async () => {
  const stuck = (id: string): SituationFiles =>
    situation(id, [
      startForm,
      effect('predepsat', 'fee.prescribe', [
        input('amount', '=podani.castka'),
        input('title', 'x'),
        input('legalBasis', 'x'),
        input('dueDeadline', 'lhuta'),
      ]),
      end('hotovo'),
      path('podani', 'predepsat', 'hotovo'),
      withdrawal,
    ]);
  await town.install('zaseknute', stuck('zaseknute'));
  for (let n = 0; n < 3; n++) await town.file('zaseknute', { jmeno: 'Jana', castka: 0 });
  const which = { situation: 'zaseknute', elementId: 'predepsat', code: 'uncaught-error' };
  const batch = await orderRetry(town.corridor, town.tenantId, { commandId: randomUUID(), actor: town.eva, which });
  await work();
  expect(await verdicts(batch)).toEqual(['done', 'done', 'done']);
});

test('the heat of a version is what the tables say', async () => {
  const cases = await twoVersions('teplo', 6);
  await town.complete(cases[0] ?? '', 'kontrola');
  const heat = await readHeat(reader(), town.tenantId, 'teplo', 1);
  const [truth] = await town.sql<{ tasks: number; effects: number }>(
    `select (select count(*)::int from task t join cases c on c.id = t.case_id where c.situation = 'teplo' and t.closed_at is null) as tasks,
            (select count(*)::int from outbox o join cases c on c.id = o.case_id where c.situation = 'teplo' and o.state = 'ready') as effects`,
  );
  expect(heat.waiting['kontrola']).toBe(truth?.tasks);
  expect(heat.waiting['odeslat']).toBe(truth?.effects);
  expect(heat.waiting['pripominka']).toBeUndefined();
});
