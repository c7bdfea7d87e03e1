// Officers' queues: one list of open tasks, cut in five ways, sorted by deadline.
import { findNode, valuesForForm } from '../catalog/index.ts';
import type { OfficeTask, OfficerCard, QueueName, Queues, TaskList, TaskRow } from '../contract/office.ts';
import { daysBetween, dayOf } from '../domain/calendar.ts';
import { isHead, mayWorkOn, type Actor } from '../domain/permission.ts';
import { Problem } from '../domain/problem.ts';
import type { Transaction } from '../store/database.ts';
import { filesOf } from '../store/documents.ts';
import { TASK_GRAPH, tasksIn, type TaskModel } from '../store/models.ts';
import { fileCard } from './drafts.ts';
import { inTurn, situationOf, type Reader } from './reader.ts';

type Officer = Extract<Actor, { kind: 'officer' }>;
export const PAGE_SIZE = 50;
export type TaskSort = 'due' | 'opened' | 'mark' | 'title';
export interface TaskQuery {
  readonly queue: QueueName;
  readonly sort: TaskSort;
  readonly dir: 'asc' | 'desc';
  readonly q: string;
  readonly page: number;
}

export function queueCounts(reader: Reader, tenantId: number, officer: Officer): Promise<Queues> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const names: readonly QueueName[] = ['mine', 'group', 'unassigned', 'overdue', 'all'];
    const counts = await inTurn(names, (queue) => inQueue(trx, tenantId, officer, queue, reader.now()).resultSize());
    const waiting = [
      trx('incident').where({ tenant_id: tenantId }).whereNull('closed_at'),
      trx('outbox').where({ tenant_id: tenantId, state: 'dead' }),
      trx('payment').where({ tenant_id: tenantId }).whereNotNull('unmatched_reason').whereNull('return_requested_at'),
      trx('inbox').where({ tenant_id: tenantId, result: 'unsorted' }),
    ];
    const [incidents = 0, dead = 0, unmatched = 0, unsorted = 0] = await inTurn(waiting, count);
    return {
      counts: Object.fromEntries(names.map((name, index) => [name, counts[index] ?? 0])) as Queues['counts'],
      incidents: incidents + dead,
      unmatchedPayments: unmatched,
      unsortedMessages: unsorted,
    };
  });
}
async function count(query: { count(what: string): PromiseLike<readonly Record<string, unknown>[]> }): Promise<number> {
  return Number((await query.count('* as count'))[0]?.['count'] ?? 0);
}

export function listTasks(reader: Reader, tenantId: number, officer: Officer, query: TaskQuery): Promise<TaskList> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const found = inQueue(trx, tenantId, officer, query.queue, reader.now());
    if (query.q.trim() !== '')
      found.where((where) => {
        const like = `%${query.q.trim().replace(/[\\%_]/g, '\\$&')}%`;
        where
          .whereILike('case.mark', like)
          .orWhereILike('task.title', like)
          .orWhereRaw(`("case:applicant".given_name || ' ' || "case:applicant".family_name) ilike ?`, [like]);
      });
    const total = await found.clone().resultSize();
    const rows = await sorted(found, query)
      .select('task.*')
      .withGraphFetched(TASK_GRAPH)
      .offset((query.page - 1) * PAGE_SIZE)
      .limit(PAGE_SIZE);
    return {
      queue: query.queue,
      total,
      page: query.page,
      pageSize: PAGE_SIZE,
      tasks: await inTurn(rows, (row) => taskRow(reader, trx, tenantId, row)),
    };
  });
}

function inQueue(trx: Transaction, tenantId: number, officer: Officer, queue: QueueName, now: Date) {
  const tasks = tasksIn(trx, tenantId).leftJoinRelated('case.applicant').whereNull('task.closed_at').whereNotNull('task.group_name');
  // A stopped case's tasks wait with it.
  tasks.whereNull('case.suspended_at');
  // A head may have given him a task of another group.
  if (!isHead(officer)) tasks.where((mine) => mine.whereIn('task.group_name', [...officer.groups]).orWhere('task.assignee_id', officer.id));
  switch (queue) {
    case 'mine':
      return tasks.where('task.assignee_id', officer.id);
    case 'group':
      return tasks.whereIn('task.group_name', [...officer.groups]);
    case 'unassigned':
      return tasks.whereNull('task.assignee_id');
    case 'overdue':
      return tasks.where('task.due_at', '<', now.toISOString());
    case 'all':
      return tasks;
  }
}
type FoundTasks = ReturnType<typeof inQueue>;

function sorted(found: FoundTasks, { sort, dir }: TaskQuery): FoundTasks {
  const columns: Record<TaskSort, string> = { due: 'task.due_at', opened: 'task.opened_at', mark: 'case.filed_at', title: 'task.title' };
  const column = sort === 'mark' ? 'task.case_id' : columns[sort];
  return found
    .orderByRaw(
      `${column
        .split('.')
        .map((part) => `"${part}"`)
        .join('.')} ${dir === 'desc' ? 'desc nulls last' : 'asc nulls last'}`,
    )
    .orderBy('task.opened_at')
    .orderBy('task.execution_id');
}

export async function taskRow(reader: Reader, trx: Transaction, tenantId: number, row: TaskModel): Promise<TaskRow> {
  const situation = row.case === undefined ? undefined : await situationOf(reader, trx, tenantId, row.case.versionId);
  const applicant = row.case?.applicant;
  return {
    caseId: row.caseId,
    executionId: row.executionId,
    title: row.title,
    mark: row.case?.mark ?? '',
    service: situation?.sheet.title.cs ?? row.case?.situation ?? '',
    applicant: applicant ? `${applicant.givenName} ${applicant.familyName}` : '',
    group: row.groupName ?? '',
    assignee: row.assignee ? { id: row.assignee.id, name: row.assignee.name } : null,
    openedAt: row.openedAt.toISOString(),
    dueAt: row.dueAt?.toISOString() ?? null,
    daysLeft: row.dueAt === null ? null : daysBetween(dayOf(reader.now().toISOString()), dayOf(row.dueAt.toISOString())),
  };
}

export async function openTaskRow(
  reader: Reader,
  trx: Transaction,
  tenantId: number,
  caseId: string,
  executionId: string,
): Promise<TaskRow> {
  const row = await tasksIn(trx, tenantId)
    .withGraphFetched(TASK_GRAPH)
    .where({ 'task.case_id': caseId, 'task.execution_id': executionId })
    .first();
  if (!row) throw new Problem('not-found', 'task-not-found');
  return taskRow(reader, trx, tenantId, row);
}

export function officeTask(reader: Reader, tenantId: number, officer: Officer, caseId: string, executionId: string): Promise<OfficeTask> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const row = await tasksIn(trx, tenantId)
      .withGraphFetched(TASK_GRAPH)
      .where({ 'task.case_id': caseId, 'task.execution_id': executionId })
      .first();
    if (!row?.case) throw new Problem('not-found', 'task-not-found');
    if (row.closedAt !== null) {
      const by = await trx('task as t')
        .join('officer as o', (on) => on.on('o.tenant_id', 't.tenant_id').andOn(trx.raw('o.id::text = t.closed_by')))
        .where({ 't.tenant_id': tenantId, 't.case_id': caseId, 't.execution_id': executionId })
        .first('o.name');
      throw new Problem('conflict', 'task-already-completed', { name: by?.name ?? null, at: row.closedAt.toISOString() });
    }
    if (!mayWorkOn(officer, row, row.case.applicantId)) throw new Problem('forbidden', 'task-not-yours');
    const situation = await situationOf(reader, trx, tenantId, row.case.versionId);
    const json = row.form === null ? undefined : situation.files[`forms/${row.form}.form.json`];
    const files = await filesOf(trx, tenantId, 'task', `${caseId}/${executionId}`);
    const form = row.form === null ? undefined : situation.forms[row.form];
    const node = findNode(situation.model, row.elementId);
    const deadline = situation.sheet.deadlines.find((candidate) => candidate.name === row.deadline);
    return {
      row: await taskRow(reader, trx, tenantId, row),
      form: json === undefined ? null : JSON.parse(json),
      values: row.draft ?? (form ? valuesForForm(form, row.input) : row.input),
      files: files.map(fileCard),
      help: node?.documentation ?? '',
      law: deadline?.law ?? null,
      mine: row.assigneeId === officer.id,
    };
  });
}

export function listOfficers(reader: Reader, tenantId: number): Promise<readonly OfficerCard[]> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const { rows } = await trx.raw<{ rows: { id: string; name: string; groups: string[] | null; open: number }[] }>(
      `select o.id, o.name, (select array_agg(g.group_name order by g.group_name) from officer_group g where g.tenant_id = o.tenant_id and g.officer_id = o.id) as groups,
              (select count(*)::int from task t where t.tenant_id = o.tenant_id and t.assignee_id = o.id and t.closed_at is null) as open
         from officer o where o.tenant_id = ? and o.active order by o.name`,
      [tenantId],
    );
    return rows.map((row) => ({ id: row.id, name: row.name, groups: row.groups ?? [], openTasks: row.open }));
  });
}

/** The row of one task, open or just closed. */
export const taskOf = (reader: Reader, tenantId: number, caseId: string, executionId: string): Promise<TaskRow> =>
  reader.db.withTenant(tenantId, (trx) => openTaskRow(reader, trx, tenantId, caseId, executionId));

/** What to offer after a task: the officer's own most urgent one, else the most urgent free one of his groups. */
export async function nextTask(reader: Reader, tenantId: number, officer: Officer): Promise<TaskRow | null> {
  for (const queue of ['mine', 'unassigned'] as const) {
    const found = await listTasks(reader, tenantId, officer, { queue, sort: 'due', dir: 'asc', q: '', page: 1 });
    if (found.tasks[0]) return found.tasks[0];
  }
  return null;
}
