// Instalment plans of a payer with what has been paid since and whether they hold.
import type { PlanCard } from '../contract/money.ts';
import { planStanding } from '../domain/money/instalments.ts';
import type { Transaction } from '../store/database.ts';

interface RawPlan {
  readonly id: string;
  readonly granted_on: string;
  readonly reason: string;
  readonly ended_on: string | null;
  readonly end_reason: string | null;
  readonly titles: readonly string[];
  readonly parts: readonly { readonly seq: number; readonly dueOn: string; readonly amount: number }[];
  readonly paid: readonly { readonly on: string; readonly amount: number }[];
}

/** What lowered the debts after the plan was granted, by day: payments, releases against them, corrections. */
const PLANS = `
  select i.id, i.granted_on, i.reason, i.ended_on, i.end_reason,
         (select json_agg(p.title order by p.due_date) from instalment_debt d join prescription p on p.tenant_id = d.tenant_id and p.id = d.prescription_id
           where d.tenant_id = i.tenant_id and d.plan_id = i.id) as titles,
         (select json_agg(json_build_object('seq', s.seq, 'dueOn', s.due_on, 'amount', s.amount) order by s.seq) from instalment s
           where s.tenant_id = i.tenant_id and s.plan_id = i.id) as parts,
         coalesce((select json_agg(json_build_object('on', x.day, 'amount', x.amount)) from (
            select coalesce(m.received_on, t.booked_on) as day, -sum(e.amount) as amount
              from instalment_debt d
              join ledger_entry e on e.tenant_id = d.tenant_id and e.subject = d.prescription_id and e.account = 'receivable'
              join ledger_transaction t on t.tenant_id = e.tenant_id and t.id = e.transaction_id and t.recorded_at > i.created_at
              left join ledger_entry q on q.tenant_id = t.tenant_id and q.transaction_id = t.id and q.account = 'payment'
              left join payment m on m.tenant_id = q.tenant_id and m.id = q.subject
             where d.tenant_id = i.tenant_id and d.plan_id = i.id group by 1) x), '[]') as paid
    from instalment_plan i where i.tenant_id = ?`;

export async function plansOf(trx: Transaction, tenantId: number, payerId: string, today: string): Promise<readonly PlanCard[]> {
  const { rows } = await trx.raw<{ rows: RawPlan[] }>(`${PLANS} and i.payer_id = ? order by i.granted_on desc, i.id desc`, [
    tenantId,
    payerId,
  ]);
  return rows.map((row) => card(row, today));
}

/** Prescriptions under a plan that holds: they are not dunned. */
export async function prescriptionsInKeptPlans(trx: Transaction, tenantId: number, today: string): Promise<ReadonlySet<string>> {
  const { rows } = await trx.raw<{ rows: RawPlan[] }>(`${PLANS} and i.ended_on is null`, [tenantId]);
  const kept = rows.filter((row) => card(row, today).state === 'kept').map(({ id }) => id);
  if (kept.length === 0) return new Set();
  const debts: readonly { readonly prescription_id: string }[] = await trx('instalment_debt')
    .where({ tenant_id: tenantId })
    .whereIn('plan_id', kept)
    .select('prescription_id');
  return new Set(debts.map((debt) => debt.prescription_id));
}

function card(row: RawPlan, today: string): PlanCard {
  const parts = row.parts ?? [];
  const standing = planStanding({ parts, paid: row.paid, endedOn: row.ended_on, today });
  return {
    id: row.id,
    grantedOn: row.granted_on,
    reason: row.reason,
    endedOn: row.ended_on,
    endReason: row.end_reason,
    total: parts.reduce((sum, { amount }) => sum + amount, 0),
    paid: standing.paid,
    state: standing.state,
    brokenOn: standing.brokenOn,
    parts: parts.map((part, at) => ({ ...part, state: standing.parts[at]?.state ?? 'waiting' })),
    titles: row.titles ?? [],
  };
}
