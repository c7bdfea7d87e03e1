// Rows of tasks, timers, message subscriptions and incidents: views of what the engine waits for, opened and closed together with it.
import { randomUUID } from 'node:crypto';
import type { Json } from './json.ts';
import type { Transaction } from './database.ts';
import { ask, writeNow, type Part } from './lane.ts';

export interface NewTask {
  readonly executionId: string;
  readonly elementId: string;
  readonly title: string;
  readonly role: string;
  readonly groupName: string | null;
  readonly form: string | null;
  readonly input: Json;
  readonly deadline: string | null;
  readonly dueAt: string | null;
  readonly since: string;
}
export interface NewTimer {
  readonly executionId: string;
  readonly elementId: string;
  readonly dueAt: string;
  readonly deadline: string | null;
  readonly attachedTo: string | null;
}
export interface NewSubscription {
  readonly executionId: string;
  readonly elementId: string;
  readonly kind: 'message' | 'signal';
  /** Name of the message or signal. */
  readonly message: string;
  /** Only a message with this very key is meant; null takes any. */
  readonly correlationKey: string | null;
  readonly attachedTo: string | null;
  readonly since: string;
}
export interface NewIncident {
  readonly executionId: string;
  readonly elementId: string;
  readonly elementName: string;
  readonly code: string;
  readonly reason: string;
  readonly since: string;
}

export interface WaitChanges {
  readonly tasks: readonly NewTask[];
  readonly timers: readonly NewTimer[];
  readonly subscriptions: readonly NewSubscription[];
  readonly incidents: readonly NewIncident[];
  /** Execution ids that are no longer waited for, by kind. */
  readonly closedTasks: readonly string[];
  readonly closedTimers: readonly { readonly executionId: string; readonly fired: boolean }[];
  readonly closedSubscriptions: readonly string[];
  readonly closedIncidents: readonly string[];
}

/** Who completed a task; other tasks that closed were closed by the process. */
export interface Completed {
  readonly executionId: string;
  readonly by: string;
}

/** Writes what opened and closed in the case. */
export async function writeWaits(
  trx: Transaction,
  tenantId: number,
  caseId: string,
  changes: WaitChanges,
  at: string,
  completed: Completed | undefined,
): Promise<void> {
  await writeNow(trx, waitParts({ tenantId, caseId, at }, changes, completed));
}

interface Key {
  readonly tenantId: number;
  readonly caseId: string;
  readonly at: string;
}

/** One statement for each table and way of closing that something happened in. No row is both closed and opened: a repeating timer has a new due time. */
export function waitParts(key: Key, changes: WaitChanges, completed: Completed | undefined): readonly Part[] {
  return [...closings(key, changes, completed), ...openings(key, changes)];
}

/** One id by itself: of a list PostgreSQL does not know the length, finds the plan for all lengths too dear, and plans anew each time (0.5 ms). */
const ofCase = (ids: readonly string[]): string =>
  `where tenant_id = $1 and case_id = $2 and execution_id = ${ids.length === 1 ? '$3' : 'any($3)'}`;

function closings(key: Key, changes: WaitChanges, completed: Completed | undefined): readonly Part[] {
  const isCompleted = (id: string): boolean => id === completed?.executionId;
  const fired = (isFired: boolean): readonly string[] =>
    changes.closedTimers.filter((timer) => timer.fired === isFired).map((timer) => timer.executionId);
  const close = (text: (where: string) => string, ids: readonly string[], ...more: readonly unknown[]): readonly Part[] =>
    ids.length === 0 ? [] : [{ text: text(ofCase(ids)), values: [key.tenantId, key.caseId, ids.length === 1 ? ids[0] : ids, ...more] }];
  return [
    ...close(
      (where) => `update task set closed_at = $4, closed_by = $5, draft = null ${where} and closed_at is null`,
      changes.closedTasks.filter(isCompleted),
      key.at,
      completed?.by,
    ),
    ...close(
      (where) => `update task set closed_at = $4, draft = null ${where} and closed_at is null`,
      changes.closedTasks.filter((id) => !isCompleted(id)),
      key.at,
    ),
    ...close((where) => `update timer set fired_at = $4 ${where} and fired_at is null and cancelled_at is null`, fired(true), key.at),
    ...close((where) => `update timer set cancelled_at = $4 ${where} and fired_at is null and cancelled_at is null`, fired(false), key.at),
    ...close((where) => `delete from subscription ${where}`, changes.closedSubscriptions),
    ...close((where) => `update incident set closed_at = $4 ${where} and closed_at is null`, changes.closedIncidents, key.at),
  ];
}

function openings(key: Key, changes: WaitChanges): readonly Part[] {
  const open = (text: string, rows: readonly object[]): readonly Part[] =>
    rows.length === 0 ? [] : [{ text, values: [key.tenantId, key.caseId, JSON.stringify(rows)] }];
  return [
    ...open(OPEN_TASKS, changes.tasks),
    ...open(OPEN_TIMERS, changes.timers),
    ...open(OPEN_SUBSCRIPTIONS, changes.subscriptions),
    ...open(
      OPEN_INCIDENTS,
      changes.incidents.map((incident) => ({ id: randomUUID(), ...incident })),
    ),
  ];
}

/** A migration that is taken back opens tasks it had closed: they are whose they were. */
const OPEN_TASKS = `insert into task (tenant_id, case_id, execution_id, element_id, title, role, group_name, form, input, deadline, due_at, opened_at)
  select $1, $2, t."executionId", t."elementId", t.title, t.role, t."groupName", t.form, t.input, t.deadline, t."dueAt", t.since
    from jsonb_to_recordset($3) as t("executionId" text, "elementId" text, title text, role text, "groupName" text, form text, input jsonb, deadline text, "dueAt" timestamptz, since timestamptz)
  on conflict (tenant_id, case_id, execution_id) do update set closed_at = null, closed_by = null`;
/** An incident's fixed date may be armed again: then its row begins anew. */
const OPEN_TIMERS = `insert into timer (tenant_id, case_id, execution_id, element_id, due_at, deadline, attached_to)
  select $1, $2, t."executionId", t."elementId", t."dueAt", t.deadline, t."attachedTo"
    from jsonb_to_recordset($3) as t("executionId" text, "elementId" text, "dueAt" timestamptz, deadline text, "attachedTo" text)
  on conflict (tenant_id, case_id, execution_id, due_at) do update set fired_at = null, cancelled_at = null, tried_at = null`;
const OPEN_SUBSCRIPTIONS = `insert into subscription (tenant_id, case_id, execution_id, element_id, kind, message, correlation_key, attached_to, since)
  select $1, $2, s."executionId", s."elementId", s.kind, s.message, s."correlationKey", s."attachedTo", s.since
    from jsonb_to_recordset($3) as s("executionId" text, "elementId" text, kind text, message text, "correlationKey" text, "attachedTo" text, since timestamptz)`;
const OPEN_INCIDENTS = `insert into incident (tenant_id, case_id, id, execution_id, element_id, element_name, code, reason, since)
  select $1, $2, i.id, i."executionId", i."elementId", i."elementName", i.code, i.reason, i.since
    from jsonb_to_recordset($3) as i(id uuid, "executionId" text, "elementId" text, "elementName" text, code text, reason text, since timestamptz)`;

/**
 * Cases with a timer that is due at `now`, the longest overdue first. A case whose waking failed is not offered again for a minute
 * (`tried_at`), so that one broken case never holds up the others.
 */
export async function casesWithDueTimers(trx: Transaction, tenantId: number, now: string, limit: number): Promise<readonly string[]> {
  const { rows } = await trx.raw<{ rows: { case_id: string }[] }>(
    `select case_id, min(due_at) from timer
      where tenant_id = ? and fired_at is null and cancelled_at is null and due_at <= ? and (tried_at is null or tried_at < clock_timestamp() - interval '1 minute')
      group by case_id order by 2 limit ?`,
    [tenantId, now, limit],
  );
  return rows.map((r) => r.case_id);
}
export async function markTimersTried(trx: Transaction, tenantId: number, caseIds: readonly string[], now: string): Promise<void> {
  await ask(trx, {
    text: `update timer set tried_at = clock_timestamp()
            where tenant_id = $1 and case_id = any($2) and fired_at is null and cancelled_at is null and due_at <= $3`,
    values: [tenantId, caseIds, now],
  });
}

/** Which of these cases, held by us, have a timer to fire. */
export async function withDueTimers(
  trx: Transaction,
  tenantId: number,
  caseIds: readonly string[],
  now: string,
): Promise<ReadonlySet<string>> {
  const rows = await ask<{ case_id: string }>(trx, {
    text: 'select case_id from timer where tenant_id = $1 and case_id = any($2) and fired_at is null and cancelled_at is null and due_at <= $3',
    values: [tenantId, caseIds, now],
  });
  return new Set(rows.map((row) => row.case_id));
}

export async function assignTask(
  trx: Transaction,
  tenantId: number,
  caseId: string,
  executionId: string,
  officerId: string | null,
): Promise<void> {
  await trx('task')
    .where({ tenant_id: tenantId, case_id: caseId, execution_id: executionId })
    .whereNull('closed_at')
    .update({ assignee_id: officerId });
}
export async function saveTaskDraft(
  trx: Transaction,
  tenantId: number,
  caseId: string,
  executionId: string,
  values: Json,
): Promise<boolean> {
  return (
    (await trx('task')
      .where({ tenant_id: tenantId, case_id: caseId, execution_id: executionId })
      .whereNull('closed_at')
      .update({ draft: JSON.stringify(values) })) === 1
  );
}
/** True when the case stands at a wait for this message. */
export async function isSubscribed(trx: Transaction, tenantId: number, caseId: string, message: string): Promise<boolean> {
  return (
    (await trx('subscription').where({ tenant_id: tenantId, case_id: caseId, kind: 'message', message }).first('execution_id')) !==
    undefined
  );
}
