// Several server processes on one database: each has its own pool, its own shelf and its own engines, and they share nothing but the rows.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { completeTask } from '../../server/cases/commands/index.ts';
import type { Corridor } from '../../server/cases/corridor.ts';
import { execute } from '../../server/cases/execute.ts';
import { wakeTogether } from '../../server/cases/wake-together.ts';
import { createShelf } from '../../server/catalog/index.ts';
import { Problem } from '../../server/domain/problem.ts';
import { openDatabase, type Database } from '../../server/store/database.ts';
import { brokenInvariants } from '../campaign/invariants.ts';
import { boundary, end, input, path, timer } from '../engine/diagrams.ts';
import { cloneDatabase } from '../setup/database.ts';
import { effect, situation, startForm, userTask } from './situations.ts';
import { everyTownUrl, openTestTown, type TestTown } from './town.ts';

const database = await cloneDatabase();
const opened: Database[] = [];
let town: TestTown;
let servers: readonly Corridor[];

beforeAll(async () => {
  town = await openTestTown(database);
  await town.install(
    'lhuta',
    situation('lhuta', [
      startForm,
      userTask('kontrola'),
      boundary('marne', 'kontrola', timer('timeDuration', 'P15D'), 'cancelActivity="true"'),
      end('hotovo', '', 'spis:outcome="approved"'),
      end('propadlo', '', 'spis:outcome="rejected"'),
      path('podani', 'kontrola', 'hotovo'),
      path('marne', 'propadlo'),
    ]),
  );
  await town.install('cisla', numbered('cisla', 'dopis', 'predepsat'));
  await town.install('cisla-naopak', numbered('cisla-naopak', 'predepsat', 'dopis'));
  servers = [1, 2].map(() => {
    const db = openDatabase(database.appUrl, 12);
    opened.push(db);
    return { ...town.corridor, db, shelf: createShelf() };
  });
});
afterAll(async () => {
  await Promise.all(opened.map((db) => db.close()));
  await town.close();
});

const filed = (count: number, situation = 'lhuta'): Promise<readonly string[]> =>
  Promise.all(Array.from({ length: count }, async () => (await town.submit(await town.draft(situation))).caseId));

/** When the deadline is over, two acts take a number each from counters that all cases of the town share. */
const numbered = (id: string, ...acts: readonly string[]) =>
  situation(id, [
    startForm,
    userTask('kontrola'),
    boundary('marne', 'kontrola', timer('timeDuration', 'P15D'), 'cancelActivity="true"'),
    end('hotovo', '', 'spis:outcome="approved"'),
    end('propadlo', '', 'spis:outcome="rejected"'),
    effect('dopis', 'document.issue', [input('template', 'dopis-zprava')]),
    effect('predepsat', 'fee.prescribe', [input('amount', '=30000'), input('title', 'Poplatek'), input('kind', '1341')]),
    path('podani', 'kontrola', 'hotovo'),
    path('marne', ...acts, 'propadlo'),
  ]);

async function complete(server: Corridor, caseId: string, executionId: string): Promise<'done' | string> {
  try {
    await execute(server, town.tenantId, caseId, completeTask, {
      commandId: randomUUID(),
      actor: town.eva,
      data: { executionId, values: { zaver: 'ano' } },
    });
    return 'done';
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

test('two servers that complete the same twenty tasks at once do each exactly once', async () => {
  const cases = await filed(20);
  const tasks = await Promise.all(cases.map(async (caseId) => [caseId, await town.task(caseId, 'kontrola')] as const));
  const ends = await Promise.all(
    tasks.map(([caseId, executionId]) => Promise.all(servers.map((server) => complete(server, caseId, executionId)))),
  );
  for (const pair of ends) {
    expect(pair.filter((one) => one === 'done')).toHaveLength(1);
    expect(pair.find((one) => one !== 'done')).toBe('task-already-completed');
  }
  const rows = await town.sql<{ n: number }>(
    `select count(*)::int as n from journal where kind = 'complete-task' and case_id = any($1) group by case_id`,
    [cases],
  );
  expect(rows.map(({ n }) => n)).toEqual(cases.map(() => 1));
  expect(await brokenInvariants(everyTownUrl(database))).toEqual([]);
});

test('timers that fall due together are drained by two servers with two hands each, every one once', async () => {
  const cases = await filed(60);
  const later = new Date(town.corridor.clock.now().getTime() + 16 * 86_400_000).toISOString();
  const moved = servers.map((server) => ({ ...server, clock: { now: () => new Date(later) } }));
  const drain = async (server: Corridor): Promise<void> => {
    for (let done = 1; done > 0;) done = await wakeTogether(server, town.tenantId, later, 7);
  };
  await Promise.all(moved.flatMap((server) => [drain(server), drain(server)]));
  await drain(moved[0] as Corridor); // what a hand had passed over because another held it
  const [row] = await town.sql<{ fired: number; woken: number; ended: number }>(
    `select (select count(*)::int from timer where case_id = any($1) and fired_at is not null) as fired,
            (select count(*)::int from journal where case_id = any($1) and kind = 'wake') as woken,
            (select count(*)::int from cases where id = any($1) and outcome = 'rejected') as ended`,
    [cases],
  );
  expect(row).toEqual({ fired: 60, woken: 60, ended: 60 });
});

test('a case that another server holds is passed over, and woken when it is free', async () => {
  const [caseId = ''] = await filed(1);
  const later = new Date(town.corridor.clock.now().getTime() + 16 * 86_400_000).toISOString();
  const [one, two] = servers.map((server) => ({ ...server, clock: { now: () => new Date(later) } })) as [Corridor, Corridor];
  const whileHeld = await one.db.withTenant(town.tenantId, async (trx) => {
    await trx.raw('select 1 from cases where tenant_id = ? and id = ? for update', [town.tenantId, caseId]);
    return wakeTogether(two, town.tenantId, later, 10);
  });
  expect(whileHeld).toBe(0);
  expect(await wakeTogether(two, town.tenantId, later, 10)).toBe(1);
  expect(await town.waits(caseId)).toEqual(['ended rejected']);
});

test('timers whose acts take numbers from the same two counters in opposite orders are drained together, each number once and without a gap', async () => {
  const cases = [...(await filed(24, 'cisla')), ...(await filed(24, 'cisla-naopak'))];
  const later = new Date(town.corridor.clock.now().getTime() + 16 * 86_400_000).toISOString();
  const moved = servers.map((server) => ({ ...server, clock: { now: () => new Date(later) } }));
  const drain = async (server: Corridor): Promise<void> => {
    for (let done = 1; done > 0;) done = await wakeTogether(server, town.tenantId, later, 8);
  };
  await Promise.all(moved.map(drain));
  await drain(moved[0] as Corridor);
  const [row] = await town.sql(
    `select (select count(*)::int from cases where id = any($1) and outcome = 'rejected') as ended,
            (select count(*)::int from journal where case_id = any($1) and kind = 'wake') as woken,
            (select count(distinct number)::int from document where case_id = any($1) and title = 'Zpráva') as letters,
            (select count(distinct variable_symbol)::int from prescription where case_id = any($1)) as fees`,
    [cases],
  );
  expect(row).toEqual({ ended: 48, woken: 48, letters: 48, fees: 48 });
  expect(await brokenInvariants(everyTownUrl(database))).toEqual([]);
});
