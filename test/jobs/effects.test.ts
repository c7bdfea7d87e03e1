// Effects: done outside at least once, recorded exactly once, asked about before they are repeated, and never lost.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { retryIncident } from '../../server/cases/clerks-desk.ts';
import { addNote, recordAnswer } from '../../server/cases/commands/index.ts';
import { jobLoops } from '../../server/jobs/index.ts';
import { backoff, performEffects } from '../../server/jobs/perform-effects.ts';
import { createRunner } from '../../server/jobs/runner.ts';
import type { Workshop } from '../../server/jobs/workshop.ts';
import { claimEffects } from '../../server/store/outbox.ts';
import { brokenInvariants } from '../campaign/invariants.ts';
import { oneEffect, whole } from '../cases/situations.ts';
import { everyTownUrl, openTestTown, type TestTown } from '../cases/town.ts';
import { cloneDatabase } from '../setup/database.ts';
import { aWorkshop, leasesRunOut, quiet, skipPauses } from './a-workshop.ts';
import { openOtherSide, type OtherSide } from './other-side.ts';

const database = await cloneDatabase();
let town: TestTown;
let side: OtherSide;
let workshop: Workshop;
beforeAll(async () => {
  town = await openTestTown(database);
  await town.install('ucinek', oneEffect());
  await town.install('ucinek-s-odmitnutim', oneEffect('ucinek-s-odmitnutim', true));
  await town.install('zkouska', whole());
});
beforeEach(async () => {
  // What an earlier test left open is none of this one's business.
  await town.sql(
    `update outbox set state = 'dropped', lease = null, leased_until = null, finished_at = now() where state in ('ready', 'leased', 'dead') and execution_id is null`,
  );
  side = openOtherSide();
  workshop = aWorkshop(town, [side]);
});
afterAll(async () => {
  await town.close();
  expect(await brokenInvariants(everyTownUrl(database))).toEqual([]);
});

interface Row {
  readonly key: string;
  readonly state: string;
  readonly attempts: number;
  readonly lease: string | null;
  readonly last_error: string | null;
}
const effectOf = async (caseId: string): Promise<Row> => {
  const [row] = await town.sql<Row>(
    'select key, state, attempts, lease, last_error from outbox where case_id = $1 and execution_id is not null',
    [caseId],
  );
  if (!row) throw new Error('no effect');
  return row;
};
const claim = (): ReturnType<typeof claimEffects> => town.db.withTenant(town.tenantId, (trx) => claimEffects(trx, town.tenantId, 8, 5_000));
const journal = async (caseId: string): Promise<readonly string[]> =>
  (await town.sql<{ kind: string }>('select kind from journal where case_id = $1 order by seq', [caseId])).map(({ kind }) => kind);

test('an effect is done once and its answer moves the case', async () => {
  const caseId = await town.file('ucinek');
  await performEffects(workshop);
  const { key } = await effectOf(caseId);
  expect(side.deeds).toEqual([key]);
  expect(side.questions).toEqual([]);
  expect(await town.waits(caseId)).toEqual(['ended approved']);
});

test('eight workers at once do each of thirty effects once', async () => {
  const cases = await Promise.all(Array.from({ length: 30 }, () => town.file('ucinek')));
  while ((await Promise.all(Array.from({ length: 8 }, () => performEffects(workshop)))).some((done) => done > 0));
  expect(side.deeds.toSorted()).toEqual((await Promise.all(cases.map(effectOf))).map(({ key }) => key).toSorted());
  for (const caseId of cases) expect(await town.waits(caseId)).toEqual(['ended approved']);
});

test('what one worker holds no other takes before its lease is over', async () => {
  const caseId = await town.file('ucinek');
  const [held] = await claim();
  expect(held?.key).toBe((await effectOf(caseId)).key);
  expect(await claim()).toEqual([]);
  await leasesRunOut(town);
  const [taken] = await claim();
  expect(taken).toMatchObject({ key: held?.key, attempts: 2 });
  expect(taken?.lease).not.toBe(held?.lease);
  await leasesRunOut(town);
  await performEffects(workshop);
  expect(await town.waits(caseId)).toEqual(['ended approved']);
});

test('a worker that takes over asks first and does not do it again', async () => {
  const caseId = await town.file('ucinek');
  const [held] = await claim();
  side.deeds.push(held?.key ?? ''); // the dead worker had done it, and not recorded it
  await leasesRunOut(town);
  await performEffects(workshop);
  expect(side.questions).toEqual([held?.key]);
  expect(side.deeds).toEqual([held?.key]);
  expect(await town.waits(caseId)).toEqual(['ended approved']);
});

test('an answer under a lost lease changes nothing', async () => {
  const caseId = await town.file('ucinek');
  const [lost] = await claim();
  await leasesRunOut(town);
  const [held] = await claim();
  if (!lost || !held) throw new Error('nothing was claimed');
  const answer = (lease: string): Promise<unknown> =>
    town.run(caseId, recordAnswer, { kind: 'outside', id: 'out.send' }, { key: held.key, lease, answer: { done: { messageId: lease } } });
  await expect(answer(lost.lease)).rejects.toThrow('overtaken');
  expect(await journal(caseId)).toEqual(['start-case']);
  await answer(held.lease);
  const [row] = await town.sql<{ answer: unknown }>('select answer from outbox where key = $1', [held.key]);
  expect(row?.answer).toEqual({ messageId: held.lease });
  await expect(answer(lost.lease)).rejects.toThrow('overtaken');
});

test('a lost answer is asked for, not repeated', async () => {
  const caseId = await town.file('ucinek');
  side.moods = ['lose-answer'];
  await performEffects(workshop);
  expect(await effectOf(caseId)).toMatchObject({ state: 'ready', attempts: 1, last_error: 'Spojení se přerušilo.' });
  await skipPauses(town);
  await performEffects(workshop);
  expect(side.deeds).toHaveLength(1);
  expect(await town.waits(caseId)).toEqual(['ended approved']);
});

test('pauses between tries grow to ten minutes and are never the same for all', () => {
  const pauses = Array.from({ length: 12 }, (_, index) => backoff(index + 1, () => 1));
  expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600].map((seconds) => seconds * 1_000));
  expect(backoff(5, () => 0)).toBe(8_000);
});

test('after twelve tries an effect lies with the officers, who let it be tried again under the same key', async () => {
  const caseId = await town.file('ucinek');
  const { key } = await effectOf(caseId);
  side.moods = Array.from({ length: 12 }, () => 'fail-before' as const);
  for (let tries = 0; tries < 12; tries++) {
    expect(await effectOf(caseId)).toMatchObject({ state: 'ready', attempts: tries });
    await performEffects(workshop);
    await skipPauses(town);
  }
  expect(await effectOf(caseId)).toMatchObject({ state: 'dead', attempts: 12, last_error: 'Protistrana je mimo provoz.' });
  expect(await performEffects(workshop)).toBe(0);
  await expect(
    retryIncident(town.corridor, town.tenantId, { commandId: 'cizi', actor: town.citizen, id: `effect:${key}` }),
  ).rejects.toMatchObject({ code: 'officers-only' });
  await retryIncident(town.corridor, town.tenantId, { commandId: 'znovu', actor: town.eva, id: `effect:${key}` });
  await performEffects(workshop);
  expect(side.deeds).toEqual([key]);
  expect(side.questions).toHaveLength(12);
  expect(await town.waits(caseId)).toEqual(['ended approved']);
  expect(await journal(caseId)).toEqual(['start-case', 'retry-effect', 'record-answer']);
});

test('what will never go well is not tried twelve times', async () => {
  const caseId = await town.file('ucinek');
  side.moods = ['refuse-for-ever'];
  await performEffects(workshop);
  expect(await effectOf(caseId)).toMatchObject({ state: 'dead', attempts: 1, last_error: 'Takový účet není.' });
  await town.withdraw(caseId);
  expect(await effectOf(caseId)).toMatchObject({ state: 'dropped' });
});

test('an effect that no connector knows lies with the officers at once', async () => {
  const caseId = await town.file('ucinek');
  await performEffects(aWorkshop(town, []));
  expect(await effectOf(caseId)).toMatchObject({ state: 'dead' });
  await town.withdraw(caseId);
});

test('a refusal takes the branch that is drawn for it', async () => {
  const caseId = await town.file('ucinek-s-odmitnutim');
  side.moods = ['refuse'];
  await performEffects(workshop);
  expect(await town.waits(caseId)).toEqual(['ended rejected']);
  expect(await effectOf(caseId)).toMatchObject({ state: 'refused' });
});

test('a refusal that nobody drew is an incident, and the case goes on after a retry', async () => {
  const caseId = await town.file('ucinek');
  side.moods = ['refuse'];
  await performEffects(workshop);
  expect(await town.waits(caseId)).toEqual(['incident odeslat uncaught-error', 'message zpetvzeti']);
  const [incident] = await town.sql<{ id: string }>('select id from incident where case_id = $1 and closed_at is null', [caseId]);
  await retryIncident(town.corridor, town.tenantId, { commandId: 'oprava', actor: town.eva, id: incident?.id ?? '' });
  await performEffects(workshop);
  expect(await town.waits(caseId)).toEqual(['ended approved']);
  expect(side.deeds).toHaveLength(1);
});

test('an effect that nobody has begun is dropped with a withdrawal', async () => {
  const caseId = await town.file('ucinek');
  await town.withdraw(caseId);
  await performEffects(workshop);
  expect(side.deeds).toEqual([]);
  expect(await effectOf(caseId)).toMatchObject({ state: 'dropped' });
});

test('a withdrawal while an effect is under way: the answer is kept and nobody is told', async () => {
  const caseId = await town.file('ucinek');
  side.moods = [
    async () => {
      await town.withdraw(caseId);
    },
  ];
  await performEffects(workshop);
  expect(await town.waits(caseId)).toEqual(['ended withdrawn']);
  expect(await effectOf(caseId)).toMatchObject({ state: 'done' });
  expect(await journal(caseId)).toEqual(['start-case', 'withdraw', 'record-answer']);
});

test('a slow other side keeps its lease for as long as the worker lives', async () => {
  const caseId = await town.file('ucinek');
  side.moods = [
    async () => {
      await new Promise((resolve) => setTimeout(resolve, 1_900));
      const [row] = await town.sql<{ left: number }>(
        `select extract(epoch from leased_until - clock_timestamp())::float as left from outbox where case_id = $1`,
        [caseId],
      );
      expect(row?.left).toBeGreaterThan(3.5); // of 5 s; without a heartbeat it were 3.1
    },
  ];
  await performEffects(workshop);
  expect(await effectOf(caseId)).toMatchObject({ state: 'done', attempts: 1 });
});

test('another side that hangs holds up nobody else', async () => {
  await Promise.all(Array.from({ length: 12 }, () => town.file('ucinek')));
  let letGo = (): void => undefined;
  side.moods = [
    () =>
      new Promise<void>((resolve) => {
        letGo = resolve;
      }),
  ];
  const runner = createRunner(
    jobLoops(workshop).filter(({ name }) => name.startsWith('perform-effects')),
    quiet,
  );
  const done = async (): Promise<number> =>
    (await town.sql<{ n: number }>(`select count(*)::int as n from outbox where state = 'done' and tenant_id = $1`, [town.tenantId]))[0]
      ?.n ?? 0;
  const before = await done();
  runner.start();
  // The one that hangs, and its neighbour in the same hand at most, are not done.
  for (let looks = 0; looks < 200 && (await done()) - before < 11; looks += 1) await new Promise((resolve) => setTimeout(resolve, 50));
  expect((await done()) - before).toBe(11);
  letGo();
  await runner.stop();
  expect((await done()) - before).toBe(12);
});

test('an answer and a note at once both stand in the journal', async () => {
  const caseId = await town.file('ucinek');
  side.moods = [
    async () => {
      await town.run(caseId, addNote, town.eva, { text: 'volala' });
    },
  ];
  await performEffects(workshop);
  expect(await journal(caseId)).toEqual(['start-case', 'add-note', 'record-answer']);
});
