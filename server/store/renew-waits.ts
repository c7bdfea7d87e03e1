// Rows of waits that stay open while their case goes over to another version: only what the diagram says of them changes.
import type { Transaction } from './database.ts';

export interface RenewedTask {
  readonly executionId: string;
  readonly elementId: string;
  readonly title: string;
  readonly role: string;
  readonly groupName: string | null;
  readonly form: string | null;
  readonly deadline: string | null;
  /** Absent: the due time stays. */
  readonly dueAt?: string | null;
}
export interface RenewedWait {
  readonly executionId: string;
  readonly elementId: string;
  readonly name: string;
  readonly attachedTo: string | null;
}
export interface Renewed {
  readonly tasks: readonly RenewedTask[];
  readonly timers: readonly RenewedWait[];
  readonly subscriptions: readonly RenewedWait[];
  readonly incidents: readonly RenewedWait[];
  readonly effects: readonly RenewedWait[];
}

/** @param reopened executions of effects that are waited for again after they had been dropped */
export async function renewWaits(
  trx: Transaction,
  tenantId: number,
  caseId: string,
  renewed: Renewed,
  reopened: readonly string[],
): Promise<void> {
  const key = { tenant_id: tenantId, case_id: caseId };
  const change = (table: string, executionId: string, columns: object): PromiseLike<unknown> =>
    trx(table).where(key).where({ execution_id: executionId }).update(columns).then();
  await Promise.all([
    ...renewed.tasks.map((task) => change('task', task.executionId, taskColumns(task))),
    ...renewed.timers.map((wait) => change('timer', wait.executionId, { element_id: wait.elementId, attached_to: wait.attachedTo })),
    ...renewed.subscriptions.map((wait) =>
      change('subscription', wait.executionId, { element_id: wait.elementId, attached_to: wait.attachedTo }),
    ),
    ...renewed.incidents.map((wait) => change('incident', wait.executionId, { element_id: wait.elementId, element_name: wait.name })),
    ...renewed.effects.map((wait) => change('outbox', wait.executionId, { element_id: wait.elementId })),
    ...(reopened.length > 0 ? [reviveDropped(trx, key, reopened)] : []),
  ]);
}

const taskColumns = (task: RenewedTask): object => ({
  element_id: task.elementId,
  title: task.title,
  role: task.role,
  group_name: task.groupName,
  form: task.form,
  deadline: task.deadline,
  ...(task.dueAt === undefined ? {} : { due_at: task.dueAt }),
});

function reviveDropped(trx: Transaction, key: object, executionIds: readonly string[]): PromiseLike<unknown> {
  return trx('outbox')
    .where(key)
    .whereIn('execution_id', [...executionIds])
    .where({ state: 'dropped' })
    .update({ state: 'ready', next_at: trx.raw('clock_timestamp()'), finished_at: null })
    .then();
}

/** A dead effect that no step waits for: it was done by hand. */
export async function dropDead(trx: Transaction, tenantId: number, key: string, at: string): Promise<boolean> {
  return (await trx('outbox').where({ tenant_id: tenantId, key, state: 'dead' }).update({ state: 'dropped', finished_at: at })) === 1;
}
