// Payments against the books: credited once, every haléř somewhere, the state follows from the balances and every step is an allowed one.
import type { Invariant } from './invariant.ts';

/** Per payment: where its money is. The whole is the row of the payment, the parts are entries. */
const PARTS = `select p.tenant_id, p.id, p.amount,
    coalesce(l.allocated, 0) as allocated, coalesce(l.free, 0) as free, coalesce(l.reversed, 0) as reversed,
    coalesce(r.under_way, 0) as under_way, coalesce(r.returned, 0) as returned
  from payment p
  left join (select e.tenant_id, e.subject, -sum(e.amount) as free,
      sum(e.amount) filter (where t.kind in ('allocate', 'release')) as allocated, sum(e.amount) filter (where t.kind = 'reverse') as reversed
    from ledger_entry e join ledger_transaction t on t.tenant_id = e.tenant_id and t.id = e.transaction_id
    where e.account = 'payment' group by e.tenant_id, e.subject) l on l.tenant_id = p.tenant_id and l.subject = p.id
  left join (select f.tenant_id, f.payment_id, -sum(e.amount) as under_way, sum(e.amount) filter (where t.kind = 'returned') as returned
    from refund f join ledger_entry e on e.tenant_id = f.tenant_id and e.subject = f.id and e.account = 'refund'
    join ledger_transaction t on t.tenant_id = e.tenant_id and t.id = e.transaction_id
    group by f.tenant_id, f.payment_id) r on r.tenant_id = p.tenant_id and r.payment_id = p.id`;

const STATE = `case when reversed > 0 then 'reversed' when under_way > 0 then 'return-ordered' when allocated > 0 and free = 0 then 'allocated'
  when allocated > 0 then 'part-allocated' when free > 0 then 'unmatched' else 'returned' end`;

const MOVES = `(values ('received', 'unmatched part-allocated allocated reversed'), ('unmatched', 'part-allocated allocated return-ordered reversed'),
  ('part-allocated', 'allocated unmatched return-ordered reversed'), ('allocated', 'part-allocated unmatched reversed'),
  ('return-ordered', 'returned unmatched part-allocated allocated')) as allowed (state, next)`;

export const ofPayments: readonly Invariant[] = [
  {
    name: 'credited-once',
    says: 'Žádný příchozí pohyb (položka výpisu, platba kartou, pokladní doklad) není připsán dvakrát.',
    sql: `select tenant_id, source || ' ' || source_id, count(*) from payment group by tenant_id, source, source_id having count(*) > 1`,
  },
  {
    name: 'payment-is-booked',
    says: 'Každá platba má své přijetí v knize, ve své výši a jen jednou, a každé přijetí má svou platbu.',
    sql: `select p.tenant_id, p.id, p.amount, count(e.line), sum(e.amount) from payment p
      left join (ledger_entry e join ledger_transaction t on t.tenant_id = e.tenant_id and t.id = e.transaction_id and t.kind in ('receive', 'import', 'opening'))
        on e.tenant_id = p.tenant_id and e.subject = p.id and e.account = 'payment' and e.amount < 0
      group by p.tenant_id, p.id, p.amount having count(e.line) <> 1 or sum(e.amount) <> -p.amount
      union all select t.tenant_id, t.id, null, 0, null from ledger_transaction t where t.kind = 'receive' and not exists (
        select from ledger_entry e join payment p on p.tenant_id = e.tenant_id and p.id = e.subject
        where e.tenant_id = t.tenant_id and e.transaction_id = t.id and e.account = 'payment')`,
  },
  {
    name: 'payment-adds-up',
    says: 'Platba = přiřazeno + volné + na cestě zpět + vráceno + stornováno; nic z toho není záporné.',
    sql: `select * from (${PARTS}) m where amount <> allocated + free + under_way + returned + reversed
      or least(allocated, free, under_way, returned, reversed) < 0`,
  },
  {
    name: 'payment-state-follows',
    says: 'Stav platby je ten, který plyne ze zůstatků.',
    sql: `select m.tenant_id, m.id, v.to_state, ${STATE} from (${PARTS}) m
      left join lateral (select to_state from payment_move v where v.tenant_id = m.tenant_id and v.payment_id = m.id order by seq desc limit 1) v on true
      where v.to_state is distinct from ${STATE} or (select p.state from payment p where p.tenant_id = m.tenant_id and p.id = m.id) is distinct from ${STATE}`,
  },
  {
    name: 'payment-moves-are-allowed',
    says: 'Platba jde jen povolenými kroky, bez mezery, od přijetí.',
    sql: `select tenant_id, payment_id, seq, from_state, to_state from (
        select v.*, lag(to_state) over w as before, row_number() over w as place from payment_move v
        window w as (partition by tenant_id, payment_id order by seq)) v
      where place <> seq or from_state is distinct from before or not case when before is null then to_state = 'received'
        else exists (select from ${MOVES} where state = before and to_state = any (string_to_array(next, ' '))) end`,
  },
  {
    name: 'payment-account-is-its-own',
    says: 'Platba je připsána na účet, ze kterého přišla.',
    sql: `select p.tenant_id, p.id, p.ledger_account, e.account from payment p
      join ledger_entry o on o.tenant_id = p.tenant_id and o.subject = p.id and o.account = 'payment'
      join ledger_transaction t on t.tenant_id = o.tenant_id and t.id = o.transaction_id and t.kind = 'receive'
      join ledger_entry e on e.tenant_id = t.tenant_id and e.transaction_id = t.id and e.account <> 'payment'
      where e.account is distinct from p.ledger_account`,
  },
];
