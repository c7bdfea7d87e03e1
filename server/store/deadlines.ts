// What happened to the deadlines of a case (append-only), where they stand now, and who was warned.
import type { Json } from './json.ts';
import type { Transaction } from './database.ts';
import { fromRow } from './row.ts';

export interface NewDeadlineEvent {
  readonly deadline: string;
  readonly type: string;
  readonly at: string;
  readonly detail: Readonly<Record<string, Json>>;
  readonly elementId?: string;
  readonly executionId?: string;
  /** An officer's words; kept here, never in the journal. */
  readonly reason?: string;
  /** Takes the row of this seq back. */
  readonly cancels?: number;
}
export interface DeadlineEventRow {
  readonly seq: number;
  readonly deadline: string;
  readonly type: string;
  readonly at: string;
  readonly detail: Readonly<Record<string, Json>>;
  readonly cancels: number | null;
  readonly recordedAt: string;
  readonly byKind: string;
  readonly byId: string | null;
  readonly reason: string | null;
  readonly elementId: string | null;
}

/** In the order of recording, the cancelled and the cancelling ones included. */
export async function deadlineEventsOf(trx: Transaction, tenantId: number, caseId: string): Promise<readonly DeadlineEventRow[]> {
  const rows = await trx('deadline_event')
    .where({ tenant_id: tenantId, case_id: caseId })
    .orderBy('seq')
    .select('seq', 'deadline', 'type', 'at', 'detail', 'cancels', 'recorded_at', 'by_kind', 'by_id', 'reason', 'element_id');
  return rows.map((row: object) => fromRow<DeadlineEventRow>(row));
}

/** The rows that count. */
export function withoutCancelled(rows: readonly DeadlineEventRow[]): readonly DeadlineEventRow[] {
  const cancelled = new Set(rows.flatMap(({ cancels }) => (cancels === null ? [] : [cancels])));
  return rows.filter((row) => row.cancels === null && !cancelled.has(row.seq));
}

/** @param after seq of the last row there is */
export async function insertDeadlineEvents(
  trx: Transaction,
  tenantId: number,
  caseId: string,
  events: readonly NewDeadlineEvent[],
  by: { readonly after: number; readonly kind: string; readonly id: string | null; readonly at: string },
): Promise<void> {
  if (events.length === 0) return;
  await trx('deadline_event').insert(
    events.map((event, index) => ({
      tenant_id: tenantId,
      case_id: caseId,
      seq: by.after + 1 + index,
      deadline: event.deadline,
      type: event.type,
      at: event.at,
      detail: JSON.stringify(event.detail),
      cancels: event.cancels ?? null,
      recorded_at: by.at,
      by_kind: by.kind,
      by_id: by.id,
      reason: event.reason ?? null,
      element_id: event.elementId ?? null,
      execution_id: event.executionId ?? null,
    })),
  );
}

export interface CaseDeadlineRow {
  readonly name: string;
  readonly rule: string;
  readonly who: 'office' | 'citizen' | 'outside';
  readonly state: 'waiting' | 'running' | 'stopped' | 'done' | 'closed';
  readonly dueOn: string | null;
  readonly startedOn: string | null;
  readonly usedDays: number | null;
  readonly leftDays: number | null;
}

/** Writes where the deadlines stand; a row that says the same as before is left alone, so that `changes` grows only with a change. */
export async function saveCaseDeadlines(
  trx: Transaction,
  tenantId: number,
  caseId: string,
  rows: readonly CaseDeadlineRow[],
  at: string,
): Promise<void> {
  for (const row of rows)
    await trx.raw(
      `insert into case_deadline as d (tenant_id, case_id, name, rule, who, state, due_on, started_on, used_days, left_days, changes, updated_at)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)
       on conflict (tenant_id, case_id, name) do update set rule = excluded.rule, who = excluded.who, state = excluded.state, due_on = excluded.due_on, started_on = excluded.started_on,
         used_days = excluded.used_days, left_days = excluded.left_days, changes = d.changes + 1, updated_at = excluded.updated_at
       where (d.state, d.due_on, d.started_on, d.used_days, d.left_days) is distinct from (excluded.state, excluded.due_on, excluded.started_on, excluded.used_days, excluded.left_days)`,
      [tenantId, caseId, row.name, row.rule, row.who, row.state, row.dueOn, row.startedOn, row.usedDays, row.leftDays, at],
    );
}

export async function caseDeadlinesOf(trx: Transaction, tenantId: number, caseId: string): Promise<readonly CaseDeadlineRow[]> {
  const rows = await trx('case_deadline')
    .where({ tenant_id: tenantId, case_id: caseId })
    .select('name', 'rule', 'who', 'state', 'due_on', 'started_on', 'used_days', 'left_days');
  return rows.map((row: object) => fromRow<CaseDeadlineRow>(row));
}

/** Open tasks and unpaid prescriptions follow the deadline that they name. */
export async function moveDue(
  trx: Transaction,
  tenantId: number,
  caseId: string,
  moved: { readonly deadline: string; readonly dueAt: string | null; readonly dueOn: string | null },
): Promise<void> {
  await trx('task')
    .where({ tenant_id: tenantId, case_id: caseId, deadline: moved.deadline })
    .whereNull('closed_at')
    .update({ due_at: moved.dueAt });
  if (moved.dueOn === null) return;
  await trx('prescription')
    .where({ tenant_id: tenantId, case_id: caseId, due_deadline: moved.deadline })
    .whereNull('cancelled_at')
    .update({ due_date: moved.dueOn });
}

export interface NewAlert {
  readonly subject: string;
  readonly kind: 'warning' | 'overdue';
  readonly dueOn: string;
  readonly officers: readonly string[];
}
/** False when this was told before. */
export async function insertAlert(trx: Transaction, tenantId: number, caseId: string, alert: NewAlert, at: string): Promise<boolean> {
  const rows = await trx('deadline_alert')
    .insert({
      tenant_id: tenantId,
      case_id: caseId,
      subject: alert.subject,
      kind: alert.kind,
      due_on: alert.dueOn,
      officers: JSON.stringify(alert.officers),
      at,
    })
    .onConflict(['tenant_id', 'case_id', 'subject', 'kind', 'due_on'])
    .ignore()
    .returning('kind');
  return rows.length === 1;
}
