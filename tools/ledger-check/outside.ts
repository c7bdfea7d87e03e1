// The books against what stands beside them: statements of the bank, payment gateways, the economic system.
import type { Invariant } from './invariant.ts';

export const ofOutside: readonly Invariant[] = [
  {
    name: 'bank-stands-as-stated',
    says: 'Zůstatek bankovního účtu v knihách je konečný zůstatek posledního výpisu.',
    sql: `select s.tenant_id, s.account, s.closing, b.balance from (select distinct on (tenant_id, account) * from bank_statement where currency = 'CZK'
        order by tenant_id, account, to_day desc, number desc nulls last, imported_at desc, place desc) s
      left join lateral (select coalesce(sum(e.amount), 0) as balance from ledger_entry e where e.tenant_id = s.tenant_id and e.account = 'bank:' || s.account) b on true
      where b.balance <> s.closing`,
  },
  {
    name: 'bank-item-is-booked',
    says: 'Každý připsaný pohyb výpisu je jednou platbou ve své výši a každý pohyb je na nějakém výpisu.',
    sql: `select i.tenant_id, i.id from bank_item i where i.outcome = 'credited' and not exists (select from payment p
        where p.tenant_id = i.tenant_id and p.source = 'bank' and p.source_id = i.id and p.amount = i.amount and p.id::text = i.subject)
      union all select i.tenant_id, i.id from bank_item i where i.outcome = 'priced' and not exists (select from payment p
        join foreign_credit c on c.tenant_id = p.tenant_id and c.payment_id = p.id and c.amount = p.amount
        where p.tenant_id = i.tenant_id and p.source = 'bank' and p.source_id = i.id and c.item_id = i.id and p.id::text = i.subject)
      union all select i.tenant_id, i.id from bank_item i where not exists (select from bank_statement_item s where s.tenant_id = i.tenant_id and s.item_id = i.id)`,
  },
  {
    name: 'bank-subject-is-taken-once',
    says: 'Jednu platbu, vratku ani vypořádání brány nenesou dva pohyby výpisu.',
    sql: `select tenant_id, outcome, subject, count(*) from bank_item where outcome in ('credited', 'reversed', 'returned', 'settled', 'priced') and subject is not null
      group by tenant_id, outcome, subject having count(*) > 1`,
  },
  {
    name: 'gateway-holds-what-was-paid',
    says: 'Účet brány = zaplaceno přes bránu − vráceno přes ni − stornováno − vypořádáno; nic jiného jím neprošlo.',
    sql: `select coalesce(a.tenant_id, p.tenant_id), coalesce(a.account, p.account), a.came, p.paid from (
        select e.tenant_id, e.account, sum(e.amount) filter (where t.kind = 'receive') as came,
            count(*) filter (where t.kind not in ('receive', 'returned', 'reverse', 'settlement')) as others
          from ledger_entry e join ledger_transaction t on t.tenant_id = e.tenant_id and t.id = e.transaction_id
          where e.account like 'gateway:%' group by e.tenant_id, e.account) a
      full join (select tenant_id, 'gateway:' || source as account, sum(amount) as paid from payment where source in ('gopay', 'comgate') group by 1, 2) p
        on p.tenant_id = a.tenant_id and p.account = a.account
      where coalesce(a.came, 0) <> coalesce(p.paid, 0) or a.others > 0`,
  },
  {
    name: 'card-payment-is-credited',
    says: 'Platba, kterou brána hlásí jako zaplacenou, je připsána, a každá připsaná má svou objednávku u brány.',
    sql: `select c.tenant_id, c.id::text from card_payment c where c.state in ('paid', 'part-refunded', 'refunded') and c.trouble is null
        and not exists (select from payment p where p.tenant_id = c.tenant_id and p.source = c.gateway and p.source_id = c.remote_id and p.amount = c.amount)
      union all select p.tenant_id, p.id::text from payment p where p.source in ('gopay', 'comgate')
        and exists (select from card_payment c where c.tenant_id = p.tenant_id)
        and not exists (select from card_payment c where c.tenant_id = p.tenant_id and c.gateway = p.source and c.remote_id = p.source_id)`,
  },
  {
    name: 'exported-once',
    says: 'Do ekonomického systému jde každý účetní případ nejvýš jednou a každý export má tolik případů, kolik hlásí.',
    sql: `select x.tenant_id, x.id, x.transactions, count(i.transaction_id) from economy_export x
        left join economy_export_item i on i.tenant_id = x.tenant_id and i.export_id = x.id
      group by x.tenant_id, x.id, x.transactions having count(i.transaction_id) <> x.transactions
      union all select tenant_id, transaction_id, null, count(*) from economy_export_item group by tenant_id, transaction_id having count(*) > 1`,
  },
];
