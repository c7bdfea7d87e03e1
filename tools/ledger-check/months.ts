// Closed months: in a row, as they were when they were closed, and nothing came to them later.
import type { Invariant } from './invariant.ts';

export const ofMonths: readonly Invariant[] = [
  {
    name: 'closed-month-stays-closed',
    says: 'Do uzavřeného měsíce nic nepřibylo: počet případů je ten, který byl při uzávěrce.',
    sql: `select c.tenant_id, c.month, c.transactions, count(t.id) from ledger_closing c
      left join ledger_transaction t on t.tenant_id = c.tenant_id and to_char(t.booked_on, 'YYYY-MM') = c.month
      group by c.tenant_id, c.month, c.transactions having count(t.id) <> c.transactions
      union all select t.tenant_id, c.month, null, count(*) from ledger_transaction t join ledger_closing c on c.tenant_id = t.tenant_id
        and to_char(t.booked_on, 'YYYY-MM') <= c.month and t.recorded_at > c.closed_at group by t.tenant_id, c.month`,
  },
  {
    name: 'months-are-closed-in-a-row',
    says: 'Měsíce se zavírají popořadě a uzávěrka navazuje na předchozí.',
    sql: `select tenant_id, month, previous_hash, before from (select c.*, lag(hash) over w as before, lag(month) over w as month_before
        from ledger_closing c window w as (partition by tenant_id order by month)) c
      where before is not null and (previous_hash <> before or to_date(month_before, 'YYYY-MM') + interval '1 month' <> to_date(month, 'YYYY-MM'))`,
  },
];
