// Queues of officers: which tasks they hold, in which order, and what a search finds.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { suspend } from '../../server/cases/commands/index.ts';
import { COUNTED_UP_TO, listTasks, PAGE_SIZE, queueCounts, type TaskQuery } from '../../server/queries/office-tasks.ts';
import type { Reader } from '../../server/queries/reader.ts';
import { situation, startForm, userTask } from '../cases/situations.ts';
import { openTestTown, type Officer, type TestTown } from '../cases/town.ts';
import { end, path } from '../engine/diagrams.ts';
import { cloneDatabase } from '../setup/database.ts';

const database = await cloneDatabase();
let town: TestTown;
let reader: Reader;
/** In the order of their deadlines: three cases with one, the last without. */
let cases: readonly string[];
const day = (n: number): string => `2026-04-${String(n).padStart(2, '0')}T21:59:59.999Z`;

beforeAll(async () => {
  town = await openTestTown(database);
  await town.install(
    'fronta',
    situation('fronta', [
      startForm,
      userTask('kontrola'),
      end('hotovo', '', 'spis:outcome="approved"'),
      path('podani', 'kontrola', 'hotovo'),
    ]),
  );
  const filed: string[] = [];
  for (let n = 0; n < 4; n += 1) filed.push(await town.file('fronta'));
  cases = filed;
  for (const [index, caseId] of cases.slice(0, 3).entries())
    await town.sql('update task set due_at = $2 where case_id = $1', [caseId, day(index + 1)]);
  reader = { db: town.db, shelf: town.corridor.shelf, now: town.clock.now, account: () => ({ account: '', iban: '' }) };
});
afterAll(() => town.close());

const seen = async (officer: Officer, query: Partial<TaskQuery>): Promise<readonly number[]> => {
  const list = await listTasks(reader, town.tenantId, officer, { queue: 'group', sort: 'due', dir: 'asc', q: '', page: 1, ...query });
  expect(list.total).toBe(list.tasks.length);
  return list.tasks.map(({ caseId }) => cases.indexOf(caseId));
};

test('a queue goes by deadlines; tasks without one come last in either direction', async () => {
  expect(await seen(town.eva, {})).toEqual([0, 1, 2, 3]);
  expect(await seen(town.eva, { dir: 'desc' })).toEqual([2, 1, 0, 3]);
});

test('an officer of another group sees nothing of it, a head sees all groups', async () => {
  expect(await seen(town.stranger, { queue: 'all' })).toEqual([]);
  expect(await seen(town.head, { queue: 'all' })).toEqual([0, 1, 2, 3]);
  expect(await seen(town.head, { queue: 'group' })).toEqual([]);
});

test('a task given to an officer of another group is in his queues and no longer among the free ones', async () => {
  await town.sql('update task set assignee_id = $2 where case_id = $1', [cases[1], town.stranger.id]);
  expect(await seen(town.stranger, { queue: 'mine' })).toEqual([1]);
  expect(await seen(town.stranger, { queue: 'all' })).toEqual([1]);
  expect(await seen(town.eva, { queue: 'unassigned' })).toEqual([0, 2, 3]);
  await town.sql('update task set assignee_id = null where case_id = $1', [cases[1]]);
});

test('a search finds parts of a mark, of a name and of a task, and takes no sign for a wildcard', async () => {
  const [{ mark = '' } = {}] = await town.sql<{ mark: string }>('select mark from cases where id = $1', [cases[2]]);
  expect(await seen(town.eva, { q: mark.toLowerCase() })).toEqual([2]);
  expect(await seen(town.eva, { q: 'a nová' })).toEqual([0, 1, 2, 3]);
  expect(await seen(town.eva, { q: 'KONTROLA', dir: 'desc' })).toEqual([2, 1, 0, 3]);
  expect(await seen(town.eva, { q: '%' })).toEqual([]);
  expect(await seen(town.stranger, { q: mark })).toEqual([]);
});

test('overdue tasks are those whose deadline is before now', async () => {
  await town.sql('update task set due_at = $2 where case_id = $1', [cases[0], '2026-03-01T00:00:00Z']);
  expect(await seen(town.eva, { queue: 'overdue' })).toEqual([0]);
  expect(await seen(town.head, { queue: 'overdue' })).toEqual([0]);
  expect((await queueCounts(reader, town.tenantId, town.eva)).counts).toEqual({ mine: 0, group: 4, unassigned: 4, overdue: 1, all: 4 });
});

test('tasks of a stopped case are in no queue', async () => {
  await town.run(cases[3] ?? '', suspend, town.head, { reason: 'čeká se na soud' });
  expect(await seen(town.eva, {})).toEqual([0, 1, 2]);
});

test('a long queue is counted up to a thousand beyond the page, and its pages go on', async () => {
  const copies = COUNTED_UP_TO + 2 * PAGE_SIZE;
  await town.sql(
    `insert into task (tenant_id, case_id, execution_id, element_id, title, role, group_name, opened_at, due_at)
     select tenant_id, case_id, 'x' || n, element_id, title, role, group_name, opened_at, due_at from task, generate_series(1, $2::int) n where case_id = $1`,
    [cases[2], copies],
  );
  const page = (n: number) => listTasks(reader, town.tenantId, town.eva, { queue: 'group', sort: 'due', dir: 'asc', q: '', page: n });
  const [first, fourth, last] = [await page(1), await page(4), await page(24)];
  expect([first.total, first.more, first.tasks.length]).toEqual([COUNTED_UP_TO, true, PAGE_SIZE]);
  expect([fourth.total, fourth.more]).toEqual([copies + 3, false]);
  expect(last.tasks).toEqual([]);
  const keys = new Set([first, await page(2), fourth].flatMap(({ tasks }) => tasks.map(({ executionId, caseId }) => caseId + executionId)));
  expect(keys.size).toBe(3 * PAGE_SIZE);
  expect((await queueCounts(reader, town.tenantId, town.eva)).counts.group).toBe(COUNTED_UP_TO);
});
