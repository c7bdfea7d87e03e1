// Which open tasks a queue holds: one page of their keys, and how many there are up to a limit. Every group of officers has its tasks in order of
// their deadlines in an index; a queue takes the head of each and merges them, so that a page costs as much with a million tasks as with fifty.
import type { QueueName } from '../contract/office.ts';
import { isHead, type Actor } from '../domain/permission.ts';
import type { Transaction } from '../store/database.ts';
import type { Hits } from './task-search.ts';

export type Officer = Extract<Actor, { kind: 'officer' }>;
export type TaskSort = 'due' | 'opened' | 'mark' | 'title';
export interface Wanted {
  readonly queue: QueueName;
  readonly sort: TaskSort;
  readonly dir: 'asc' | 'desc';
}
export interface TaskKey {
  readonly caseId: string;
  readonly executionId: string;
}
/** A piece of SQL with the values of its question marks. */
interface Piece {
  readonly sql: string;
  readonly values: readonly unknown[];
}
interface Scene {
  readonly tenantId: number;
  readonly officer: Officer;
  readonly now: Date;
  /** What was searched for; without it everything. */
  readonly hits?: Hits | undefined;
}

/** Keys of the tasks from `offset` on, in the order wanted. */
export async function keysOfQueue(
  trx: Transaction,
  scene: Scene,
  wanted: Wanted,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<readonly TaskKey[]> {
  const found = merged(await branches(trx, scene, wanted), wanted, offset + limit);
  const { rows } = await trx.raw<{ rows: TaskKey[] }>(
    `select t.case_id as "caseId", t.execution_id as "executionId" from (${found.sql}) t order by ${orderOf(wanted)} offset ? limit ?`,
    [...found.values, offset, limit] as never[],
  );
  return rows;
}

/** How many tasks the queues hold, each counted up to `limit`: the same number means that there are as many or more. */
export async function sizesOfQueues(trx: Transaction, scene: Scene, wanted: readonly Wanted[], limit: number): Promise<readonly number[]> {
  const counts: Piece[] = [];
  for (const one of wanted) {
    const { sql, values } = merged(await branches(trx, scene, one), undefined, limit);
    counts.push({ sql: `(select count(*) from (select from (${sql}) u limit ?) v)`, values: [...values, limit] });
  }
  const { rows } = await trx.raw<{ rows: { sizes: (number | string)[] }[] }>(
    `select array[${counts.map(({ sql }) => sql).join(', ')}] as sizes`,
    counts.flatMap(({ values }) => values) as never[],
  );
  return (rows[0]?.sizes ?? []).map(Number);
}

/** Conditions on `task t` that together make the queue; no task meets two of them. */
async function branches(trx: Transaction, scene: Scene, { queue }: Wanted): Promise<readonly Piece[]> {
  const { officer, now } = scene;
  const of = (conditions: readonly string[], ...values: readonly unknown[]): readonly Piece[] => narrowed(scene, conditions, values);
  if (queue === 'mine') return of(['t.group_name is not null', 't.assignee_id = ?'], officer.id);
  const groups = isHead(officer) && queue !== 'group' ? await groupsWithTasks(trx, scene.tenantId) : officer.groups;
  const state: Piece = {
    group: { sql: 'true', values: [] },
    all: { sql: 'true', values: [] },
    unassigned: { sql: 't.assignee_id is null', values: [] },
    overdue: { sql: 't.due_at < ?', values: [now.toISOString()] },
  }[queue];
  const ofGroups = [...new Set(groups)].flatMap((group) => of(['t.group_name = ?', state.sql], group, ...state.values));
  if (isHead(officer) || queue === 'group' || queue === 'unassigned') return ofGroups;
  // A head may have given him a task of another group.
  const given = ['t.assignee_id = ?', 't.group_name is not null', 't.group_name <> all(?::text[])', state.sql];
  return [...ofGroups, ...of(given, officer.id, [...groups], ...state.values)];
}

function narrowed({ tenantId, hits }: Scene, conditions: readonly string[], values: readonly unknown[]): readonly Piece[] {
  // A stopped case's tasks wait with it. Few cases are stopped, and an index holds them: cheaper than a look at the case of every task.
  const stopped = 'not exists (select from cases s where s.tenant_id = t.tenant_id and s.id = t.case_id and s.suspended_at is not null)';
  const base: Piece = {
    sql: ['t.tenant_id = ?', 't.closed_at is null', ...conditions, stopped].join(' and '),
    values: [tenantId, ...values],
  };
  const and = (sql: string, ...more: readonly unknown[]): Piece => ({ sql: `${base.sql} and ${sql}`, values: [...base.values, ...more] });
  if (hits === undefined) return [base];
  const titles = [...hits.titles];
  if (hits.cases === undefined)
    // `offset 0`: asked for each task in its turn until the page is full, instead of for all cases at once.
    return [
      and(
        `(t.title = any(?::text[]) or exists (select from cases c left join person p on p.tenant_id = c.tenant_id and p.id = c.applicant_id
           where c.tenant_id = t.tenant_id and c.id = t.case_id and (c.mark ilike ? or (p.given_name || ' ' || p.family_name) ilike ?) offset 0))`,
        titles,
        hits.like,
        hits.like,
      ),
    ];
  const cases = [...hits.cases];
  return [
    ...(cases.length === 0 ? [] : [and('t.case_id = any(?::uuid[])', cases)]),
    ...(titles.length === 0 ? [] : [and('t.title = any(?::text[]) and t.case_id <> all(?::uuid[])', titles, cases)]),
  ];
}

/** The first `limit` of every branch; in the order wanted, if there is one. */
function merged(all: readonly Piece[], order: Wanted | undefined, limit: number): Piece {
  const pieces = (order === undefined ? all : all.flatMap((piece) => halves(piece, order))).map(({ sql, values }) => ({
    sql: `(select t.tenant_id, t.case_id, t.execution_id, t.due_at, t.opened_at, t.title from task t where ${sql}${
      order === undefined ? '' : ` order by ${orderOf(order, sql)}`
    } limit ?)`,
    values: [...values, limit],
  }));
  if (pieces.length === 0) return { sql: 'select t.* from task t where false', values: [] };
  return { sql: pieces.map(({ sql }) => sql).join(' union all '), values: pieces.flatMap(({ values }) => values) };
}

/** Tasks without a deadline come last either way. Read backwards the index has them first, so they are taken by themselves. */
function halves({ sql, values }: Piece, { sort, dir }: Wanted): readonly Piece[] {
  if (sort !== 'due' || dir !== 'desc') return [{ sql, values }];
  return [
    { sql: `${sql} ${DATED}`, values },
    { sql: `${sql} and t.due_at is null`, values },
  ];
}
const DATED = 'and t.due_at is not null';

function orderOf({ sort, dir }: Wanted, branch = ''): string {
  const column = { due: 't.due_at', opened: 't.opened_at', mark: 't.case_id', title: 't.title' }[sort];
  const nulls = dir === 'desc' && branch.endsWith(DATED) ? '' : ' nulls last';
  return [`${column} ${dir}${nulls}`, `t.opened_at ${dir}`, `t.execution_id ${dir}`, `t.case_id ${dir}`].join(', ');
}

/** Names of the groups that have an open task, each found by one step into the index. */
async function groupsWithTasks(trx: Transaction, tenantId: number): Promise<readonly string[]> {
  const next = (after: string): string =>
    `(select t.group_name from task t where t.tenant_id = ? and t.closed_at is null and t.group_name ${after} order by t.group_name limit 1)`;
  const { rows } = await trx.raw<{ rows: { name: string }[] }>(
    `with recursive named (name) as (
       select ${next('is not null')} union all select ${next('> named.name')} from named where named.name is not null
     ) select name from named where name is not null`,
    [tenantId, tenantId],
  );
  return rows.map(({ name }) => name);
}
