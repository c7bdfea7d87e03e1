// Rows of tasks, timers, message subscriptions and incidents: views of what the engine waits for, opened and closed together with it.
import { randomUUID } from 'node:crypto';
import type { Json } from './json.ts';
import type { Transaction } from './database.ts';

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

/** Writes what opened and closed; `closedBy` names who completed the task `completed`, other tasks were closed by the process. */
export async function writeWaits(
  trx: Transaction,
  tenantId: number,
  caseId: string,
  changes: WaitChanges,
  at: string,
  completed: { readonly executionId: string; readonly by: string } | undefined,
): Promise<void> {
  const key = { tenant_id: tenantId, case_id: caseId };
  await Promise.all([...closeWaits(trx, key, changes, at, completed), ...openWaits(trx, key, changes)]);
}

/** Each `then` sends its statement at once, so these go before the openings: a repeating timer opens under the id that it has just closed. */
function closeWaits(
  trx: Transaction,
  key: Key,
  changes: WaitChanges,
  at: string,
  completed: { readonly executionId: string; readonly by: string } | undefined,
): readonly PromiseLike<unknown>[] {
  const closing: PromiseLike<unknown>[] = [
    ...closeTasks(trx, key, changes.closedTasks, at, completed),
    ...closeTimers(trx, key, changes.closedTimers, at),
  ];
  if (changes.closedSubscriptions.length > 0)
    closing.push(
      trx('subscription')
        .where(key)
        .whereIn('execution_id', [...changes.closedSubscriptions])
        .delete()
        .then(),
    );
  if (changes.closedIncidents.length > 0) {
    closing.push(
      trx('incident')
        .where(key)
        .whereNull('closed_at')
        .whereIn('execution_id', [...changes.closedIncidents])
        .update({ closed_at: at })
        .then(),
    );
  }
  return closing;
}

function openWaits(trx: Transaction, key: Key, changes: WaitChanges): readonly PromiseLike<unknown>[] {
  const open = (table: string, rows: readonly object[]): readonly PromiseLike<unknown>[] =>
    rows.length === 0
      ? []
      : [
          trx(table)
            .insert(rows.map((row) => ({ ...key, ...row })))
            .then(),
        ];
  return [
    ...openAgain(trx, key, changes.tasks),
    ...openTimers(trx, key, changes.timers),
    ...open('subscription', changes.subscriptions.map(subscriptionColumns)),
    ...open('incident', changes.incidents.map(incidentColumns)),
  ];
}

/** A migration that is taken back opens tasks it had closed: they are whose they were. */
function openAgain(trx: Transaction, key: Key, tasks: readonly NewTask[]): readonly PromiseLike<unknown>[] {
  if (tasks.length === 0) return [];
  const rows = tasks.map((task) => ({ ...key, ...taskColumns(task) }));
  const again = { closed_at: null, closed_by: null };
  return [trx('task').insert(rows).onConflict(['tenant_id', 'case_id', 'execution_id']).merge(again).then()];
}

/** An incident's fixed date may be armed again: then its row begins anew. */
function openTimers(trx: Transaction, key: Key, timers: readonly NewTimer[]): readonly PromiseLike<unknown>[] {
  if (timers.length === 0) return [];
  const rows = timers.map((t) => ({
    ...key,
    execution_id: t.executionId,
    element_id: t.elementId,
    due_at: t.dueAt,
    deadline: t.deadline,
    attached_to: t.attachedTo,
  }));
  const anew = { fired_at: null, cancelled_at: null, tried_at: null };
  return [trx('timer').insert(rows).onConflict(['tenant_id', 'case_id', 'execution_id', 'due_at']).merge(anew).then()];
}

const taskColumns = (t: NewTask): object => ({
  execution_id: t.executionId,
  element_id: t.elementId,
  title: t.title,
  role: t.role,
  group_name: t.groupName,
  form: t.form,
  input: JSON.stringify(t.input),
  deadline: t.deadline,
  due_at: t.dueAt,
  opened_at: t.since,
});
const subscriptionColumns = (s: NewSubscription): object => ({
  execution_id: s.executionId,
  element_id: s.elementId,
  kind: s.kind,
  message: s.message,
  correlation_key: s.correlationKey,
  attached_to: s.attachedTo,
  since: s.since,
});
const incidentColumns = (i: NewIncident): object => ({
  id: randomUUID(),
  execution_id: i.executionId,
  element_id: i.elementId,
  element_name: i.elementName,
  code: i.code,
  reason: i.reason,
  since: i.since,
});

type Key = { tenant_id: number; case_id: string };

function closeTasks(
  trx: Transaction,
  key: Key,
  closed: readonly string[],
  at: string,
  completed: { executionId: string; by: string } | undefined,
): readonly PromiseLike<unknown>[] {
  const open = (ids: readonly string[]) =>
    trx('task')
      .where(key)
      .whereIn('execution_id', [...ids])
      .whereNull('closed_at');
  const byProcess = closed.filter((id) => id !== completed?.executionId);
  const byPerson = completed && closed.includes(completed.executionId) ? completed : undefined;
  return [
    ...(byProcess.length > 0 ? [open(byProcess).update({ closed_at: at, draft: null }).then()] : []),
    ...(byPerson ? [open([byPerson.executionId]).update({ closed_at: at, closed_by: byPerson.by, draft: null }).then()] : []),
  ];
}

function closeTimers(trx: Transaction, key: Key, closed: WaitChanges['closedTimers'], at: string): readonly PromiseLike<unknown>[] {
  const close = (isFired: boolean, column: 'fired_at' | 'cancelled_at'): readonly PromiseLike<unknown>[] => {
    const ids = closed.filter((timer) => timer.fired === isFired).map((timer) => timer.executionId);
    return ids.length === 0
      ? []
      : [
          trx('timer')
            .where(key)
            .whereIn('execution_id', ids)
            .whereNull('fired_at')
            .whereNull('cancelled_at')
            .update({ [column]: at })
            .then(),
        ];
  };
  return [...close(true, 'fired_at'), ...close(false, 'cancelled_at')];
}

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
export async function markTimersTried(trx: Transaction, tenantId: number, caseId: string, now: string): Promise<void> {
  await trx('timer')
    .where({ tenant_id: tenantId, case_id: caseId })
    .whereNull('fired_at')
    .whereNull('cancelled_at')
    .where('due_at', '<=', now)
    .update({ tried_at: trx.raw('clock_timestamp()') });
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
