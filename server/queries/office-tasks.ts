// Officers' queues: one list of open tasks, cut in five ways, sorted by deadline.
import { findNode, helpingGroup, valuesForForm } from '../catalog/index.ts';
import type { OfficeTask, OfficerCard, QueueName, Queues, TaskList, TaskRow } from '../contract/office.ts';
import { daysBetween, dayOf } from '../domain/calendar.ts';
import { mayWorkOn } from '../domain/permission.ts';
import { Problem } from '../domain/problem.ts';
import { fullName } from '../domain/representation.ts';
import type { Transaction } from '../store/database.ts';
import { filesOf } from '../store/documents.ts';
import { TASK_GRAPH, tasksIn, type TaskModel } from '../store/models.ts';
import { fileCard } from './drafts.ts';
import { inTurn, situationOf, type Reader } from './reader.ts';
import { keysOfQueue, sizesOfQueues, type Officer, type TaskKey, type Wanted } from './task-queue.ts';
import { searched } from './task-search.ts';

export type { TaskSort } from './task-queue.ts';

export const PAGE_SIZE = 50;
/** Queues are counted up to here: nobody works by the difference between one thousand and one million, and counting a million takes long. */
export const COUNTED_UP_TO = 1_000;
export interface TaskQuery extends Wanted {
  /** Looked for in the mark, the name of the task and the name of the applicant; empty = everything. */
  readonly q: string;
  readonly page: number;
}

export function queueCounts(reader: Reader, tenantId: number, officer: Officer): Promise<Queues> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const names: readonly QueueName[] = ['mine', 'group', 'unassigned', 'overdue', 'all'];
    const scene = { tenantId, officer, now: reader.now() };
    const queues = names.map((queue) => ({ queue, sort: 'due', dir: 'asc' }) as const);
    const counts = await sizesOfQueues(trx, scene, queues, COUNTED_UP_TO);
    const waiting = [
      trx('incident').where({ tenant_id: tenantId }).whereNull('closed_at'),
      trx('outbox').where({ tenant_id: tenantId, state: 'dead' }),
      trx('payment').where({ tenant_id: tenantId }).whereIn('state', ['unmatched', 'part-allocated']),
      trx('inbox').where({ tenant_id: tenantId, result: 'unsorted' }),
      trx('inbox')
        .where({ tenant_id: tenantId, kind: 'data-box-message' })
        .whereNotNull('case_id')
        .whereNotNull('pairing')
        .whereNull('seen_at'),
      trx('money_approval').where({ tenant_id: tenantId }).whereNull('verdict'),
    ];
    const [incidents = 0, dead = 0, unmatched = 0, unsorted = 0, unseen = 0, approvals = 0] = await inTurn(waiting, count);
    return {
      counts: Object.fromEntries(names.map((name, index) => [name, counts[index] ?? 0])) as Queues['counts'],
      incidents: incidents + dead,
      unmatchedPayments: unmatched,
      unsortedMessages: unsorted + unseen,
      approvals,
    };
  });
}
async function count(query: { count(what: string): PromiseLike<readonly Record<string, unknown>[]> }): Promise<number> {
  return Number((await query.count('* as count'))[0]?.['count'] ?? 0);
}

export function listTasks(reader: Reader, tenantId: number, officer: Officer, query: TaskQuery): Promise<TaskList> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const scene = { tenantId, officer, now: reader.now(), hits: await searched(trx, tenantId, query.q) };
    const offset = (query.page - 1) * PAGE_SIZE;
    const keys = await keysOfQueue(trx, scene, query, { offset, limit: PAGE_SIZE });
    const [total = 0] = await sizesOfQueues(trx, scene, [query], offset + COUNTED_UP_TO);
    const rows = await rowsOf(trx, tenantId, keys);
    return {
      queue: query.queue,
      total,
      more: total === offset + COUNTED_UP_TO,
      page: query.page,
      pageSize: PAGE_SIZE,
      tasks: await inTurn(rows, (row) => taskRow(reader, trx, tenantId, row)),
    };
  });
}

async function rowsOf(trx: Transaction, tenantId: number, keys: readonly TaskKey[]): Promise<readonly TaskModel[]> {
  if (keys.length === 0) return [];
  const rows = await tasksIn(trx, tenantId)
    .whereIn(
      ['task.case_id', 'task.execution_id'],
      keys.map(({ caseId, executionId }) => [caseId, executionId]),
    )
    .select('task.*')
    .withGraphFetched(TASK_GRAPH);
  const nameOf = ({ caseId, executionId }: TaskKey): string => `${caseId} ${executionId}`;
  const byKey = new Map(rows.map((row) => [nameOf(row), row]));
  return keys.flatMap((key) => byKey.get(nameOf(key)) ?? []);
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
    applicant: applicant ? fullName(applicant) : '',
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
    const situation = await situationOf(reader, trx, tenantId, row.case.versionId);
    const facts = { role: row.role, groupName: row.groupName, assigneeId: row.assigneeId, helpers: helpingGroup(situation, row.elementId) };
    if (!mayWorkOn(officer, facts, row.case.applicantId)) throw new Problem('forbidden', 'task-not-yours');
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
