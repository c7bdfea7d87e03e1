// Prescriptions against the books: each stands there once, gets no more than was prescribed, and a cancelled one owes nothing.
import type { Invariant } from './invariant.ts';

/** Per prescription: what is prescribed now, what was paid of it. */
const RECEIVABLES = `select e.tenant_id, e.subject as id,
    coalesce(sum(e.amount) filter (where t.kind not in ('allocate', 'release')), 0) as total,
    -coalesce(sum(e.amount) filter (where t.kind in ('allocate', 'release')), 0) as paid
  from ledger_entry e join ledger_transaction t on t.tenant_id = e.tenant_id and t.id = e.transaction_id
  where e.account = 'receivable' group by e.tenant_id, e.subject`;

export const ofPrescriptions: readonly Invariant[] = [
  {
    name: 'prescription-not-overpaid',
    says: 'Na žádný předpis není přiřazeno víc, než kolik bylo předepsáno, ani méně než nic.',
    sql: `select tenant_id, id, total, paid from (${RECEIVABLES}) r where paid > total or paid < 0 or total < 0`,
  },
  {
    name: 'prescription-is-booked',
    says: 'Každý předpis je zaúčtován právě jednou, a to ve své výši.',
    sql: `select p.tenant_id, p.id, p.amount, count(e.line), sum(e.amount) from prescription p
      left join (ledger_entry e join ledger_transaction t on t.tenant_id = e.tenant_id and t.id = e.transaction_id and t.kind in ('prescribe', 'import', 'opening'))
        on e.tenant_id = p.tenant_id and e.subject = p.id and e.account = 'receivable' and e.amount > 0
      group by p.tenant_id, p.id, p.amount having count(e.line) <> 1 or sum(e.amount) <> p.amount`,
  },
  {
    name: 'cancelled-prescription-is-empty',
    says: 'Zrušený předpis nikdo nedluží a nic na něm není zaplaceno.',
    sql: `select p.tenant_id, p.id, r.total, r.paid from prescription p join (${RECEIVABLES}) r on r.tenant_id = p.tenant_id and r.id = p.id
      where p.cancelled_at is not null and (r.total <> 0 or r.paid <> 0)`,
  },
  {
    name: 'symbol-is-given-once',
    says: 'Variabilní symbol patří jednomu předpisu.',
    sql: `select tenant_id, variable_symbol, count(*) from prescription group by tenant_id, variable_symbol having count(*) > 1`,
  },
];
