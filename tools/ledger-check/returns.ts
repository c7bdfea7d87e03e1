// Money on its way back: each return was ordered once in its full amount, and is on its way, gone or failed, never two of these.
import type { Invariant } from './invariant.ts';

const BY_KIND = `select f.tenant_id, f.id, f.payment_id, f.amount, f.way, f.effect_key,
    -coalesce(sum(e.amount), 0) as under_way, -coalesce(sum(e.amount) filter (where t.kind = 'return-ordered'), 0) as ordered,
    count(*) filter (where t.kind = 'return-ordered') as orders,
    count(*) filter (where t.kind in ('returned', 'return-failed')) as ends
  from refund f left join (ledger_entry e join ledger_transaction t on t.tenant_id = e.tenant_id and t.id = e.transaction_id)
    on e.tenant_id = f.tenant_id and e.subject = f.id and e.account = 'refund'
  group by f.tenant_id, f.id`;

export const ofReturns: readonly Invariant[] = [
  {
    name: 'return-has-its-order',
    says: 'Každá vratka je jednou nařízena v plné výši a skončí nejvýš jednou, celá: vrácením, nebo neúspěchem.',
    sql: `select * from (${BY_KIND}) f where orders <> 1 or ordered <> amount or ends > 1 or under_way <> case ends when 0 then amount else 0 end`,
  },
  {
    name: 'return-takes-from-its-payment',
    says: 'Vratka bere peníze jen ze své platby.',
    sql: `select f.tenant_id, f.id from refund f
      join ledger_entry e on e.tenant_id = f.tenant_id and e.subject = f.id and e.account = 'refund'
      join ledger_transaction t on t.tenant_id = e.tenant_id and t.id = e.transaction_id and t.kind in ('return-ordered', 'return-failed')
      where not exists (select from ledger_entry p where p.tenant_id = t.tenant_id and p.transaction_id = t.id
        and p.account = 'payment' and p.subject = f.payment_id and p.amount = -e.amount)`,
  },
];
