// The case row and the projections of its waits: lock, load, write. Knows no BPMN.
import type { Json } from './json.ts';
import type { Transaction } from './database.ts';
import { ask, type Part } from './lane.ts';
import { fromRow } from './row.ts';

export interface CaseRow {
  readonly id: string;
  readonly situation: string;
  readonly versionId: string;
  readonly mark: string;
  readonly applicantId: string | null;
  /** Who filed it for the applicant, and by what right. Known when the case begins; nothing asks the row for it later. */
  readonly representativeId?: string;
  readonly representationId?: string;
  /** As the applicant wrote it in the form; null = the address of the identity. */
  readonly contactEmail: string | null;
  readonly engineState: Json;
  readonly revision: number;
  readonly filedAt: string;
  readonly documentNumber: string | null;
  readonly endedAt: string | null;
  readonly outcome: string | null;
  /** Since when an officer has stopped the case. */
  readonly suspendedAt: string | null;
  /** Hash of the newest journal row; the next one is chained to it. */
  readonly headHash: string;
}

const COLUMNS = `c.id, c.situation, c.version_id as "versionId", c.mark, c.applicant_id as "applicantId", c.contact_email as "contactEmail", c.engine_state as "engineState",
  c.revision, c.filed_at as "filedAt", c.document_number as "documentNumber", c.ended_at as "endedAt", c.outcome, c.suspended_at as "suspendedAt", encode(c.head_hash, 'hex') as "headHash"`;

/**
 * Locks the row until the transaction ends. Undefined when the town has no such case. One table only: PostgreSQL checks a row that
 * was changed while we waited for its lock again, but against the old rows of joined tables, and would find nothing.
 */
export async function lockCase(trx: Transaction, tenantId: number, caseId: string): Promise<CaseRow | undefined> {
  const [row] = await ask<RawCase>(trx, {
    text: `select ${COLUMNS} from cases c where c.tenant_id = $1 and c.id = $2 for update`,
    values: [tenantId, caseId],
  });
  return row && caseRow(row);
}

/**
 * Locks cases of up to `limit` timers that are due at `now`, the longest overdue first, and passes over those that somebody else holds. A timer may have
 * been fired between our look and our lock: ask `withDueTimers` under the lock. About `tried_at` see `casesWithDueTimers`.
 */
export async function lockDueCases(trx: Transaction, tenantId: number, now: string, limit: number): Promise<readonly CaseRow[]> {
  const rows = await ask<RawCase>(trx, {
    text: `select ${COLUMNS} from timer t join cases c on c.tenant_id = t.tenant_id and c.id = t.case_id
      where t.tenant_id = $1 and t.fired_at is null and t.cancelled_at is null and t.due_at <= $2
        and (t.tried_at is null or t.tried_at < clock_timestamp() - interval '1 minute')
      order by t.due_at limit $3 for update of c skip locked`,
    values: [tenantId, now, limit],
  });
  return [...new Map(rows.map((row) => [row.id, caseRow(row)])).values()];
}

const caseRow = (row: RawCase): CaseRow => ({
  ...row,
  filedAt: row.filedAt.toISOString(),
  endedAt: isoOrNull(row.endedAt),
  suspendedAt: isoOrNull(row.suspendedAt),
});
type RawCase = Omit<CaseRow, 'filedAt' | 'endedAt' | 'suspendedAt'> & { filedAt: Date; endedAt: Date | null; suspendedAt: Date | null };

export interface NewCase {
  readonly id: string;
  readonly situation: string;
  readonly versionId: string;
  readonly mark: string;
  readonly applicantId: string | null;
  readonly representativeId?: string;
  readonly representationId?: string;
  readonly contactEmail: string | null;
  readonly filedAt: string;
}
export interface CaseProgress {
  readonly engineState: Json;
  readonly revision: number;
  readonly at: string;
  readonly documentNumber: string | null;
  readonly ended: { readonly outcome: string; readonly at: string } | null;
  readonly headHash: string;
}

export async function insertCase(trx: Transaction, tenantId: number, row: NewCase, progress: CaseProgress): Promise<void> {
  await trx('cases').insert({
    tenant_id: tenantId,
    id: row.id,
    situation: row.situation,
    version_id: row.versionId,
    mark: row.mark,
    applicant_id: row.applicantId,
    representative_id: row.representativeId ?? null,
    representation_id: row.representationId ?? null,
    contact_email: row.contactEmail,
    filed_at: row.filedAt,
    ...progressColumns(progress),
  });
}

export async function updateCase(trx: Transaction, tenantId: number, caseId: string, progress: CaseProgress): Promise<void> {
  await ask(trx, caseUpdate(tenantId, caseId, progress));
}

export function caseUpdate(tenantId: number, caseId: string, progress: CaseProgress): Part {
  const columns = progressColumns(progress);
  return {
    text: `update cases set ${Object.keys(columns)
      .map((column, index) => `${column} = $${index + 3}`)
      .join(', ')} where tenant_id = $1 and id = $2`,
    values: [tenantId, caseId, ...Object.values(columns)],
  };
}

function progressColumns(progress: CaseProgress): Record<string, unknown> {
  return {
    engine_state: JSON.stringify(progress.engineState),
    revision: progress.revision,
    last_activity_at: progress.at,
    document_number: progress.documentNumber,
    head_hash: Buffer.from(progress.headHash, 'hex'),
    ended_at: progress.ended?.at ?? null,
    outcome: progress.ended?.outcome ?? null,
  };
}

export interface TaskRow {
  readonly executionId: string;
  readonly elementId: string;
  readonly title: string;
  readonly role: string;
  readonly groupName: string | null;
  readonly form: string | null;
  readonly input: Readonly<Record<string, Json>>;
  readonly deadline: string | null;
  readonly dueAt: string | null;
  readonly openedAt: string;
  readonly assigneeId: string | null;
}

/** Open tasks of one case. */
export async function openTasks(trx: Transaction, tenantId: number, caseId: string): Promise<readonly TaskRow[]> {
  const rows = await ask(trx, {
    text: 'select * from task where tenant_id = $1 and case_id = $2 and closed_at is null order by opened_at',
    values: [tenantId, caseId],
  });
  return rows.map((row: object) => fromRow<TaskRow>(row));
}

/** Open tasks of several cases, by case. */
export async function tasksOfCases(
  trx: Transaction,
  tenantId: number,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly TaskRow[]>> {
  const rows = await ask<{ case_id: string }>(trx, {
    text: 'select * from task where tenant_id = $1 and case_id = any($2) and closed_at is null order by opened_at',
    values: [tenantId, ids],
  });
  const tasks = new Map<string, TaskRow[]>();
  for (const row of rows) tasks.set(row.case_id, [...(tasks.get(row.case_id) ?? []), fromRow<TaskRow>(row)]);
  return tasks;
}

/** How a task that is no longer open was closed; undefined when there never was one. `byName` is null when the process or the applicant closed it. */
export async function closedTask(
  trx: Transaction,
  tenantId: number,
  caseId: string,
  executionId: string,
): Promise<{ readonly closedAt: string; readonly byName: string | null } | undefined> {
  const row = await trx('task as t')
    .leftJoin('officer as o', (on) => on.on('o.tenant_id', 't.tenant_id').andOn(trx.raw('o.id::text = t.closed_by')))
    .where({ 't.tenant_id': tenantId, 't.case_id': caseId, 't.execution_id': executionId })
    .whereNotNull('t.closed_at')
    .first('t.closed_at', 'o.name');
  return row && { closedAt: iso(row.closed_at), byName: row.name ?? null };
}

export const iso = (value: Date): string => value.toISOString();
export const isoOrNull = (value: Date | null): string | null => value?.toISOString() ?? null;
