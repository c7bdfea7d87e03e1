// Instalment plans (§ 156 zákona č. 280/2009 Sb.): granted for what is owed now, ended by a clerk. Whether one holds is computed, never written.
import { checkParts, type PlannedPart } from '../../domain/money/instalments.ts';
import { permitMoney } from '../../domain/permission.ts';
import { Problem } from '../../domain/problem.ts';
import { newId } from '../../platform/ids.ts';
import type { Transaction } from '../../store/database.ts';
import type { Json } from '../../store/json.ts';
import { endPlan, insertPlan, payerExists, plannedAmong } from '../../store/payer-desk.ts';
import { lockPrescriptions } from '../../store/prescriptions.ts';
import { today } from '../booking.ts';
import type { ApprovedAct } from '../index.ts';
import { once, type Asked, type Desk } from './once.ts';
import { weigh, type MoneyDone } from './payer-acts.ts';

interface Wanted {
  readonly payerId: string;
  readonly prescriptionIds: readonly string[];
  readonly parts: readonly PlannedPart[];
  readonly reason: string;
}
/** Refuses `payer-not-found`, `prescription-not-found`, `instalments-planned`, and what `checkParts` refuses. */
export function grantPlan(desk: Desk, asked: Asked<Wanted>): Promise<MoneyDone> {
  permitMoney(asked.actor);
  const { payerId, parts, reason } = asked.data;
  return once(desk, 'instalments', asked, async (trx, { now }) => {
    const plan = { ...asked.data, grantedBy: asked.actor.id, approvedBy: null, now };
    await debtsOf(trx, desk.tenantId, plan);
    const amount = parts.reduce((sum, part) => sum + part.amount, 0);
    const what = { payerId, prescriptionIds: asked.data.prescriptionIds, parts: JSON.stringify(parts) };
    return weigh(trx, desk.tenantId, { kind: 'instalments', subject: payerId, amount, what, reason, officerId: asked.actor.id, now }, () =>
      grant(trx, desk.tenantId, plan),
    );
  });
}

/** The same after a second person has agreed; what is owed is looked at anew. */
export const grantApproved: ApprovedAct = async (trx, tenantId, { what, reason, by, approval, now }): Promise<Json> => {
  const { payerId, prescriptionIds, parts } = what as {
    readonly payerId: string;
    readonly prescriptionIds: readonly string[];
    readonly parts: string;
  };
  const row = await trx('money_approval').where({ tenant_id: tenantId, id: approval }).first('decided_by');
  const plan = { payerId, prescriptionIds, parts: JSON.parse(parts) as readonly PlannedPart[], reason };
  await grant(trx, tenantId, {
    ...plan,
    grantedBy: by.slice('officer:'.length),
    approvedBy: (row?.decided_by as string | undefined) ?? null,
    now,
  });
  return null;
};

type Plan = Wanted & { readonly grantedBy: string; readonly approvedBy: string | null; readonly now: string };
async function debtsOf(
  trx: Transaction,
  tenantId: number,
  plan: Plan,
): Promise<readonly { readonly prescriptionId: string; readonly amount: number }[]> {
  if (!(await payerExists(trx, tenantId, plan.payerId))) throw new Problem('not-found', 'payer-not-found');
  const rows = await lockPrescriptions(trx, tenantId, [...new Set(plan.prescriptionIds)].toSorted());
  const debts = plan.prescriptionIds.map((prescriptionId) => {
    const row = rows.get(prescriptionId);
    if (!row || row.payerId !== plan.payerId) throw new Problem('not-found', 'prescription-not-found');
    return { prescriptionId, amount: row.open };
  });
  if ((await plannedAmong(trx, tenantId, plan.prescriptionIds)).length > 0) throw new Problem('conflict', 'instalments-planned');
  checkParts(
    plan.parts,
    debts.reduce((sum, { amount }) => sum + amount, 0),
    today(plan),
  );
  return debts.filter(({ amount }) => amount > 0);
}
async function grant(trx: Transaction, tenantId: number, plan: Plan): Promise<void> {
  const debts = await debtsOf(trx, tenantId, plan);
  const { payerId, reason, grantedBy, approvedBy, parts, now } = plan;
  await insertPlan(trx, tenantId, {
    id: newId(new Date(now)),
    payerId,
    reason,
    grantedBy,
    approvedBy,
    grantedOn: today(plan),
    at: now,
    debts,
    parts,
  });
}

/** Refuses `instalments-ended`. */
export function endInstalments(desk: Desk, asked: Asked<{ readonly planId: string; readonly reason: string }>): Promise<MoneyDone> {
  permitMoney(asked.actor);
  return once(desk, 'instalments-end', asked, async (trx, { now }) => {
    if (!(await endPlan(trx, desk.tenantId, asked.data.planId, today({ now }), asked.data.reason)))
      throw new Problem('conflict', 'instalments-ended');
    return { done: true };
  });
}
