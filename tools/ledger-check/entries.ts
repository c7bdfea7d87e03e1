// The books themselves: every accounting case balances, has the form of its kind, and nothing is booked twice or beside the accounts.
import type { Invariant } from './invariant.ts';

/** Which way a kind of case may move an account: 1 debit, -1 credit, 0 both. Opening balances and imported history may move any. */
const FORMS = `(values ('prescribe', 'receivable', 1), ('prescribe', 'revenue', -1), ('correct', 'receivable', 0), ('correct', 'revenue', 0), ('correct', 'writeoff', -1), ('cancel', 'writeoff', -1),
  ('cancel', 'receivable', -1), ('cancel', 'revenue', 1), ('write-off', 'receivable', -1), ('write-off', 'writeoff', 1),
  ('receive', 'bank', 1), ('receive', 'cash', 1), ('receive', 'terminal', 1), ('receive', 'gateway', 1), ('receive', 'opening', 1), ('receive', 'payment', -1),
  ('allocate', 'payment', 1), ('allocate', 'receivable', -1), ('release', 'payment', -1), ('release', 'receivable', 1),
  ('return-ordered', 'payment', 1), ('return-ordered', 'refund', -1), ('return-failed', 'refund', 1), ('return-failed', 'payment', -1),
  ('returned', 'refund', 1), ('returned', 'bank', -1), ('returned', 'cash', -1), ('returned', 'gateway', -1), ('returned', 'terminal', -1),
  ('reverse', 'payment', 1), ('reverse', 'bank', -1), ('reverse', 'cash', -1), ('reverse', 'terminal', -1), ('reverse', 'gateway', -1),
  ('settlement', 'bank', 1), ('settlement', 'transit', 0), ('settlement', 'fees', 1), ('settlement', 'gateway', -1), ('settlement', 'terminal', -1),
  ('deposit', 'bank', 1), ('deposit', 'transit', 0), ('deposit', 'cash', 0), ('movement', 'bank', 0), ('movement', 'cash', 0), ('movement', 'other', 0), ('movement', 'transit', 0),
  ('movement', 'fees', 0)) as form (kind, account, sign)`;

const ACCOUNTS = `^(receivable|payment|refund|transit|opening|other:(bank|cash-difference)|(revenue|writeoff):.+|bank:.+|cash:.+|terminal:.+|gateway:(gopay|comgate)|fees:.+)$`;

export const ofEntries: readonly Invariant[] = [
  {
    name: 'transaction-balances',
    says: 'Řádky každého účetního případu dávají dohromady nulu.',
    sql: `select e.tenant_id, e.transaction_id, sum(e.amount) from ledger_entry e group by e.tenant_id, e.transaction_id having sum(e.amount) <> 0`,
  },
  {
    name: 'transaction-has-two-lines',
    says: 'Každý účetní případ má aspoň dva řádky.',
    sql: `select t.tenant_id, t.id from ledger_transaction t left join ledger_entry e on e.tenant_id = t.tenant_id and e.transaction_id = t.id
      group by t.tenant_id, t.id having count(e.line) < 2`,
  },
  {
    name: 'books-sum-to-zero',
    says: 'Součet všech účtů města je nula.',
    sql: `select tenant_id, sum(amount) from ledger_entry group by tenant_id having sum(amount) <> 0`,
  },
  {
    name: 'accounts-are-known',
    says: 'Účtuje se jen na účty účtového rozvrhu.',
    sql: `select tenant_id, transaction_id, account from ledger_entry where account !~ '${ACCOUNTS}'`,
  },
  {
    name: 'transaction-has-its-form',
    says: 'Každý druh účetního případu pohybuje jen svými účty a správným směrem.',
    sql: `select e.tenant_id, e.transaction_id, t.kind, e.account, e.amount from ledger_entry e
      join ledger_transaction t on t.tenant_id = e.tenant_id and t.id = e.transaction_id
      where t.kind not in ('opening', 'import') and not exists (select from ${FORMS}
        where form.kind = t.kind and form.account = split_part(e.account, ':', 1) and form.sign in (0, sign(e.amount)))`,
  },
  {
    name: 'lines-name-what-they-concern',
    says: 'Řádek pohledávky, výnosu a odpisu zná svůj předpis, řádek platby svou platbu a řádek vratky svou vratku.',
    sql: `select e.tenant_id, e.transaction_id, e.line, e.account from ledger_entry e where not case
      when e.account = 'receivable' or e.account like 'revenue:%' or e.account like 'writeoff:%'
        then exists (select from prescription p where p.tenant_id = e.tenant_id and p.id = e.subject)
      when e.account = 'payment' then exists (select from payment p where p.tenant_id = e.tenant_id and p.id = e.subject)
      when e.account = 'refund' then exists (select from refund r where r.tenant_id = e.tenant_id and r.id = e.subject)
      else true end`,
  },
  {
    name: 'reversal-is-opposite',
    says: 'Storno jmenuje případ, který existuje, a má přesně opačné řádky.',
    sql: `select s.tenant_id, s.id from ledger_transaction s where s.reverses is not null and exists (
        (select account, subject, amount from ledger_entry where tenant_id = s.tenant_id and transaction_id = s.reverses
          except all select account, subject, -amount from ledger_entry where tenant_id = s.tenant_id and transaction_id = s.id)
        union all
        (select account, subject, -amount from ledger_entry where tenant_id = s.tenant_id and transaction_id = s.id
          except all select account, subject, amount from ledger_entry where tenant_id = s.tenant_id and transaction_id = s.reverses))
      union all select s.tenant_id, s.reverses from ledger_transaction s where s.reverses is not null group by 1, 2 having count(*) > 1
      union all select s.tenant_id, s.id from ledger_transaction s where s.reverses is not null
        and not exists (select from ledger_transaction o where o.tenant_id = s.tenant_id and o.id = s.reverses)`,
  },
  {
    name: 'booked-once',
    says: 'Nic není zaúčtováno dvakrát: klíč účetního případu je jen jeden.',
    sql: `select tenant_id, key, count(*) from ledger_transaction group by tenant_id, key having count(*) > 1`,
  },
];
