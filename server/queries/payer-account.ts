// Konto plátce as the clerk sees it: what is owed and why, what came and how it was cleared, plans, rules, notes.
import type { LearnedRule, PayerAccount, PayerNote, PaymentLine, PrescriptionLine, RefundLine } from '../contract/money.ts';
import { dayOf } from '../domain/calendar.ts';
import { Problem } from '../domain/problem.ts';
import type { Transaction } from '../store/database.ts';
import { fromRow } from '../store/row.ts';
import { approvalsOf } from './approvals.ts';
import { plansOf } from './instalment-plans.ts';
import { fourEyesAbove } from './money-settings.ts';
import { payerRows } from './payers.ts';
import type { Reader } from './reader.ts';
import { openReturnRequests } from './return-requests.ts';

export function payerAccount(reader: Reader, tenantId: number, id: string, officerId: string): Promise<PayerAccount> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const today = dayOf(reader.now().toISOString());
    const [row] = await payerRows(trx, tenantId, [id], today);
    const more = await trx('payer').where({ tenant_id: tenantId, id }).first();
    if (!row || !more) throw new Problem('not-found', 'payer-not-found');
    return {
      payer: {
        ...row,
        email: more.email as string | null,
        dataBox: more.data_box as string | null,
        account: more.account as string | null,
        registryId: more.registry_id as string | null,
        diedOn: more.died_on as string | null,
        loggedIn: more.person_id !== null,
      },
      prescriptions: await prescriptionLines(trx, tenantId, id, today),
      payments: await paymentsOfPayer(trx, tenantId, id),
      refunds: await refundLines(trx, tenantId, id),
      plans: await plansOf(trx, tenantId, id, today),
      rules: await learnedRules(trx, tenantId, { payerId: id }),
      notes: await payerNotes(trx, tenantId, id),
      approvals: await approvalsOf(trx, tenantId, { payerId: id, officerId }),
      requests: await openReturnRequests(trx, tenantId, { today, payerId: id }),
      fourEyesAbove: await fourEyesAbove(reader, tenantId),
    };
  });
}

const PRESCRIPTIONS = `
  select p.id, p.title, p.kind, p.regime, p.due_date, p.variable_symbol, p.period_from, p.period_to, p.legal_basis, p.cancelled_at, p.case_id, c.mark, c.ended_at,
         b.amount, b.open, b.written_off, b.amount - b.open - b.written_off as paid, (:today::date - p.due_date)::int as days_overdue,
         exists (select from instalment_debt d join instalment_plan i on i.tenant_id = d.tenant_id and i.id = d.plan_id and i.ended_on is null
                  where d.tenant_id = p.tenant_id and d.prescription_id = p.id) as in_plan,
         coalesce((select json_agg(json_build_object('stage', s.stage, 'madeOn', s.made_on) order by s.made_on) from dunning_step s
                    where s.tenant_id = p.tenant_id and s.prescription_id = p.id), '[]') as steps,
         coalesce((select json_agg(a order by a."receivedOn") from (
            select m.id as "paymentId", m.received_on as "receivedOn", m.source, -sum(r.amount) as amount
              from ledger_entry r
              join ledger_entry q on q.tenant_id = r.tenant_id and q.transaction_id = r.transaction_id and q.account = 'payment'
              join payment m on m.tenant_id = q.tenant_id and m.id = q.subject
             where r.tenant_id = p.tenant_id and r.subject = p.id and r.account = 'receivable'
             group by m.id, m.received_on, m.source having sum(r.amount) <> 0) a), '[]') as cleared
    from prescription p
    left join cases c on c.tenant_id = p.tenant_id and c.id = p.case_id
    cross join lateral (
      select coalesce(-sum(e.amount) filter (where e.account like 'revenue:%'), 0)::bigint as amount,
             coalesce(sum(e.amount) filter (where e.account = 'receivable'), 0)::bigint as open,
             coalesce(sum(e.amount) filter (where e.account like 'writeoff:%'), 0)::bigint as written_off
        from ledger_entry e where e.tenant_id = p.tenant_id and e.subject = p.id) b
   where p.tenant_id = :town and p.debtor_id = :payer order by p.due_date desc, p.id desc limit 500`;

interface RawPrescription extends Omit<PrescriptionLine, 'state' | 'case'> {
  readonly cancelledAt: string | null;
  readonly caseId: string | null;
  readonly mark: string | null;
  readonly endedAt: string | null;
}

async function prescriptionLines(trx: Transaction, tenantId: number, payer: string, today: string): Promise<readonly PrescriptionLine[]> {
  const { rows } = await trx.raw<{ rows: object[] }>(PRESCRIPTIONS, { town: tenantId, payer, today });
  return rows.map((row) => {
    const { cancelledAt, caseId, mark, endedAt, ...line } = fromRow<RawPrescription>(row);
    return {
      ...line,
      state: stateOf(line, cancelledAt),
      case: caseId === null ? null : { id: caseId, mark: mark ?? '', ended: endedAt !== null },
    };
  });
}

function stateOf(
  line: Pick<PrescriptionLine, 'open' | 'paid' | 'writtenOff' | 'daysOverdue'>,
  cancelledAt: string | null,
): PrescriptionLine['state'] {
  if (cancelledAt !== null) return 'cancelled';
  if (line.open <= 0) return line.writtenOff > 0 ? 'written-off' : 'paid';
  if (line.daysOverdue > 0) return 'overdue';
  return line.paid > 0 ? 'part-paid' : 'open';
}

/** Columns of a payment with how it was cleared; `m` is the payment. */
export const PAYMENT = `m.id, m.received_on, m.source, m.amount, m.variable_symbol, m.counter_account, m.payer_name, m.message,
  (select coalesce(-sum(e.amount), 0)::bigint from ledger_entry e where e.tenant_id = m.tenant_id and e.subject = m.id and e.account = 'payment') as free,
  coalesce((select v.to_state from payment_move v where v.tenant_id = m.tenant_id and v.payment_id = m.id order by v.seq desc limit 1), 'received') as state,
  coalesce((select json_agg(a) from (
     select p.id as "prescriptionId", p.title, -sum(r.amount) as amount
       from ledger_entry q
       join ledger_entry r on r.tenant_id = q.tenant_id and r.transaction_id = q.transaction_id and r.account = 'receivable'
       join prescription p on p.tenant_id = r.tenant_id and p.id = r.subject
      where q.tenant_id = m.tenant_id and q.subject = m.id and q.account = 'payment'
      group by p.id, p.title having sum(r.amount) <> 0) a), '[]') as cleared`;

/** His own money, and money of others that paid his debts. */
async function paymentsOfPayer(trx: Transaction, tenantId: number, payer: string): Promise<readonly PaymentLine[]> {
  const { rows } = await trx.raw<{ rows: object[] }>(
    `select ${PAYMENT} from payment m where m.tenant_id = :town and m.id in (
        select o.id from payment o where o.tenant_id = :town and o.payer_id = :payer
        union select q.subject from prescription p
          join ledger_entry r on r.tenant_id = p.tenant_id and r.subject = p.id and r.account = 'receivable'
          join ledger_entry q on q.tenant_id = r.tenant_id and q.transaction_id = r.transaction_id and q.account = 'payment'
         where p.tenant_id = :town and p.debtor_id = :payer)
      order by m.received_on desc, m.id desc limit 500`,
    { town: tenantId, payer },
  );
  return rows.map((row) => fromRow<PaymentLine>(row));
}

async function refundLines(trx: Transaction, tenantId: number, payer: string): Promise<readonly RefundLine[]> {
  const { rows } = await trx.raw<{ rows: object[] }>(
    `select r.id, r.payment_id, r.amount, r.way, r.to_account, r.reason, r.ordered_at,
            coalesce((select sum(e.amount) from ledger_entry e where e.tenant_id = r.tenant_id and e.subject = r.id and e.account = 'refund'), 0) <> 0 as open
       from refund r join payment m on m.tenant_id = r.tenant_id and m.id = r.payment_id
      where r.tenant_id = ? and m.payer_id = ? order by r.ordered_at desc limit 100`,
    [tenantId, payer],
  );
  return rows.map((row) => fromRow<RefundLine>(row));
}

async function payerNotes(trx: Transaction, tenantId: number, payer: string): Promise<readonly PayerNote[]> {
  const rows = await trx('payer_note as n')
    .join('officer as o', (on) => on.on('o.tenant_id', 'n.tenant_id').andOn('o.id', 'n.officer_id'))
    .where({ 'n.tenant_id': tenantId, 'n.payer_id': payer })
    .orderBy('n.at', 'desc')
    .select('n.id', 'n.at', 'n.text', 'o.name as author');
  return rows.map((row: object) => fromRow<PayerNote>(row));
}

/** Living rules, of one payer or of the town (the newest 200). */
export async function learnedRules(trx: Transaction, tenantId: number, of: { readonly payerId?: string }): Promise<readonly LearnedRule[]> {
  const rows = await trx('money_rule as r')
    .join('payer as y', (on) => on.on('y.tenant_id', 'r.tenant_id').andOn('y.id', 'r.payer_id'))
    .join('officer as o', (on) => on.on('o.tenant_id', 'r.tenant_id').andOn('o.id', 'r.created_by'))
    .where({ 'r.tenant_id': tenantId, ...(of.payerId === undefined ? {} : { 'r.payer_id': of.payerId }) })
    .whereNull('r.revoked_at')
    .orderBy('r.created_at', 'desc')
    .limit(200)
    .select('r.id', 'r.counter_account', 'r.payer_id', 'y.name as payer_name', 'r.kind', 'r.created_at', 'o.name as created_by');
  return rows.map((row: object) => fromRow<LearnedRule>(row));
}
