// What clerks keep beside the ledger: notes on payers, rules learned from their decisions, instalment plans.
import type { Transaction } from './database.ts';

export async function insertPayerNote(
  trx: Transaction,
  tenantId: number,
  note: { readonly id: string; readonly payerId: string; readonly officerId: string; readonly text: string; readonly at: string },
): Promise<void> {
  await trx('payer_note').insert({
    tenant_id: tenantId,
    id: note.id,
    payer_id: note.payerId,
    officer_id: note.officerId,
    text: note.text,
    at: note.at,
  });
}
export async function payerExists(trx: Transaction, tenantId: number, id: string): Promise<boolean> {
  return (await trx('payer').where({ tenant_id: tenantId, id }).first('id')) !== undefined;
}

/** The same rule twice stays once. */
export async function learnRule(
  trx: Transaction,
  tenantId: number,
  rule: {
    readonly id: string;
    readonly counterAccount: string;
    readonly payerId: string;
    readonly kind: string;
    readonly learnedFrom: string;
    readonly officerId: string;
    readonly at: string;
  },
): Promise<void> {
  await trx.raw(
    `insert into money_rule (tenant_id, id, counter_account, payer_id, kind, learned_from, created_by, created_at) values (?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (tenant_id, counter_account, payer_id, kind) where revoked_at is null do nothing`,
    [tenantId, rule.id, rule.counterAccount, rule.payerId, rule.kind, rule.learnedFrom, rule.officerId, rule.at],
  );
}
/** False when it does not hold any more. */
export async function revokeRule(trx: Transaction, tenantId: number, id: string, by: string, at: string): Promise<boolean> {
  const count = await trx('money_rule')
    .where({ tenant_id: tenantId, id })
    .whereNull('revoked_at')
    .update({ revoked_by: by, revoked_at: at });
  return count === 1;
}

export interface NewPlan {
  readonly id: string;
  readonly payerId: string;
  readonly reason: string;
  readonly grantedBy: string;
  readonly approvedBy: string | null;
  readonly grantedOn: string;
  readonly at: string;
  readonly debts: readonly { readonly prescriptionId: string; readonly amount: number }[];
  readonly parts: readonly { readonly dueOn: string; readonly amount: number }[];
}
export async function insertPlan(trx: Transaction, tenantId: number, plan: NewPlan): Promise<void> {
  await trx('instalment_plan').insert({
    tenant_id: tenantId,
    id: plan.id,
    payer_id: plan.payerId,
    reason: plan.reason,
    granted_by: plan.grantedBy,
    approved_by: plan.approvedBy,
    granted_on: plan.grantedOn,
    created_at: plan.at,
  });
  await trx('instalment_debt').insert(
    plan.debts.map(({ prescriptionId, amount }) => ({ tenant_id: tenantId, plan_id: plan.id, prescription_id: prescriptionId, amount })),
  );
  await trx('instalment').insert(
    plan.parts.map(({ dueOn, amount }, at) => ({ tenant_id: tenantId, plan_id: plan.id, seq: at + 1, due_on: dueOn, amount })),
  );
}
/** Prescriptions among these that a living plan has already. */
export async function plannedAmong(trx: Transaction, tenantId: number, ids: readonly string[]): Promise<readonly string[]> {
  const rows = await trx('instalment_debt as d')
    .join('instalment_plan as i', (on) => on.on('i.tenant_id', 'd.tenant_id').andOn('i.id', 'd.plan_id'))
    .where('d.tenant_id', tenantId)
    .whereNull('i.ended_on')
    .whereIn('d.prescription_id', [...ids])
    .select('d.prescription_id');
  return rows.map((row) => row.prescription_id as string);
}
/** False when it has ended before. */
export async function endPlan(trx: Transaction, tenantId: number, id: string, on: string, reason: string): Promise<boolean> {
  const count = await trx('instalment_plan')
    .where({ tenant_id: tenantId, id })
    .whereNull('ended_on')
    .update({ ended_on: on, end_reason: reason });
  return count === 1;
}
