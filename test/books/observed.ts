// What can be seen of a town's books: sums straight from the entries, not from the views that the server reads. And the same of the reference, for comparing.
import type { Client } from 'pg';
import { allocatedOf, balancesOf, freeOf, openOf, paidOf, stateOf, type Books } from './reference-ledger.ts';

/** Real ids by their place in the reference. */
export interface Ids {
  readonly prescriptions: readonly string[];
  readonly payments: readonly string[];
  readonly returns: readonly string[];
}
/** Each as lines of text, so that a difference reads well. */
export type Observed = Readonly<Record<'prescriptions' | 'payments' | 'shares' | 'returns' | 'accounts' | 'closed', readonly string[]>>;

/** Where each source's money is booked. */
export const ACCOUNTS: Readonly<Record<string, string>> = {
  bank: 'bank:19-2000145399/0800',
  gopay: 'gateway:gopay',
  comgate: 'gateway:comgate',
  cash: 'cash:pokladna',
  terminal: 'terminal:pokladna',
};

const LOOK = `with l as materialized (
    select e.transaction_id, e.account, e.subject, e.amount, t.kind from ledger_entry e
      join ledger_transaction t on t.tenant_id = e.tenant_id and t.id = e.transaction_id where e.tenant_id = $1),
  owed as (select subject, sum(amount) as open, -coalesce(sum(amount) filter (where kind in ('allocate', 'release')), 0) as paid
    from l where account = 'receivable' group by subject),
  free as (select subject, -sum(amount) as free, coalesce(sum(amount) filter (where kind in ('allocate', 'release')), 0) as used
    from l where account = 'payment' group by subject),
  shares as (select p.subject as payment, r.subject as prescription, -sum(r.amount) as amount from l r
    join l p on p.transaction_id = r.transaction_id and p.account = 'payment' where r.account = 'receivable' group by 1, 2 having sum(r.amount) <> 0),
  states as (select distinct on (payment_id) payment_id, to_state from payment_move where tenant_id = $1 order by payment_id, seq desc)
  select (select json_agg(p.id || ' open ' || coalesce(o.open, 0) || ' paid ' || coalesce(o.paid, 0) order by p.id) from prescription p left join owed o on o.subject = p.id where p.tenant_id = $1) as prescriptions,
    (select json_agg(p.id || ' ' || s.to_state || ' free ' || f.free || ' allocated ' || f.used order by p.id) from payment p
      left join states s on s.payment_id = p.id left join free f on f.subject = p.id where p.tenant_id = $1) as payments,
    (select json_agg(payment || ' ' || prescription || ' ' || amount order by payment, prescription) from shares) as shares,
    (select json_agg(f.id || ' ' || f.payment_id || ' ' || f.amount || ' under way ' || -coalesce((select sum(amount) from l where account = 'refund' and subject = f.id), 0) order by f.id)
      from refund f where f.tenant_id = $1) as returns,
    (select json_agg(account || ' ' || amount order by account collate "C") from (select account, sum(amount) as amount from l group by account having sum(amount) <> 0) a) as accounts,
    (select json_agg(month order by month) from ledger_closing where tenant_id = $1) as closed`;

export async function observe(client: Client, tenantId: number): Promise<Observed> {
  const { rows } = await client.query<Record<string, readonly string[] | null>>({ name: 'observe', text: LOOK, values: [tenantId] });
  return inOrder((what) => rows[0]?.[what] ?? []);
}

/** The reference's books in the same words. */
export function expected(books: Books, ids: Ids): Observed {
  const lines: Observed = {
    prescriptions: ids.prescriptions.map((id, index) => `${id} open ${openOf(books, index)} paid ${paidOf(books, index)}`).sort(),
    payments: ids.payments
      .map((id, index) => `${id} ${stateOf(books, index)} free ${freeOf(books, index)} allocated ${allocatedOf(books, index)}`)
      .sort(),
    shares: sharesOf(books, ids),
    returns: ids.returns.map((id, index) => `${id} ${returnLine(books, ids, index)}`).sort(),
    accounts: Object.entries(balancesOf(books))
      .map(([account, amount]) => `${ACCOUNTS[account] ?? account} ${amount}`)
      .sort(),
    closed: books.closed,
  };
  return lines;
}

function sharesOf(books: Books, ids: Ids): readonly string[] {
  const sums = new Map<string, number>();
  for (const { payment, prescription, amount } of books.shares) {
    const pair = `${ids.payments[payment]} ${ids.prescriptions[prescription]}`;
    sums.set(pair, (sums.get(pair) ?? 0) + amount);
  }
  return [...sums].map(([pair, amount]) => `${pair} ${amount}`).sort();
}

function returnLine(books: Books, ids: Ids, index: number): string {
  const { payment = -1, amount = 0, state } = books.returns[index] ?? {};
  return `${ids.payments[payment]} ${amount} under way ${state === 'ordered' ? amount : 0}`;
}

const inOrder = (lines: (what: keyof Observed) => readonly string[]): Observed => ({
  prescriptions: lines('prescriptions'),
  payments: lines('payments'),
  shares: lines('shares'),
  returns: lines('returns'),
  accounts: [...lines('accounts')].sort(),
  closed: lines('closed'),
});

/** What is only in one of the two, in words; empty when they agree. */
export function differences(real: Observed, wanted: Observed): readonly string[] {
  return Object.keys(wanted).flatMap((key) => {
    const what = key as keyof Observed;
    const [have, want] = [new Set(real[what]), new Set(wanted[what])];
    return [
      ...wanted[what].filter((line) => !have.has(line)).map((line) => `${what}: should be ${line}`),
      ...real[what].filter((line) => !want.has(line)).map((line) => `${what}: there is ${line}`),
    ];
  });
}
