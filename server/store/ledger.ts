// The ledger's rows: transactions and their entries are only ever added, many at once by one statement. PostgreSQL refuses what does not balance.
import type { Transaction } from './database.ts';
import { ask } from './lane.ts';

export type TransactionKind =
  | 'prescribe'
  | 'correct'
  | 'cancel'
  | 'write-off'
  | 'receive'
  | 'allocate'
  | 'release'
  | 'return-ordered'
  | 'returned'
  | 'return-failed'
  | 'reverse'
  | 'settlement'
  | 'deposit'
  | 'movement'
  | 'opening'
  | 'import';

export interface LedgerEntry {
  readonly account: string;
  /** Prescription, payment or return that the line is about. */
  readonly subject?: string;
  /** Haléře; debit (MD) positive, credit (D) negative; never 0. */
  readonly amount: number;
}
export interface LedgerTransaction {
  readonly id: string;
  readonly kind: TransactionKind;
  /** What must not be booked twice. */
  readonly key: string;
  /** Legal day in an open month. */
  readonly bookedOn: string;
  readonly recordedAt: string;
  readonly actor: string;
  /** The second officer, where one was needed. */
  readonly approvedBy?: string;
  readonly reason?: string;
  /** The transaction whose exact opposite this is. */
  readonly reverses?: string;
  readonly entries: readonly LedgerEntry[];
}

/**
 * Books all of them; gives the ids of those that were booked now, the keys of the others were booked before.
 * Throws PostgreSQL's VY002 (does not balance) and VY004 (the month is closed).
 */
export async function postTransactions(
  trx: Transaction,
  tenantId: number,
  transactions: readonly LedgerTransaction[],
): Promise<ReadonlySet<string>> {
  if (transactions.length === 0) return new Set();
  const given = transactions.map((one) => ({
    id: one.id,
    kind: one.kind,
    key: one.key,
    booked_on: one.bookedOn,
    recorded_at: one.recordedAt,
    actor: one.actor,
    approved_by: one.approvedBy ?? null,
    reason: one.reason ?? '',
    reverses: one.reverses ?? null,
    entries: one.entries.map(({ account, subject, amount }) => ({ account, subject: subject ?? null, amount })),
  }));
  const rows = await ask<{ id: string }>(trx, { text: POST, values: [tenantId, JSON.stringify(given)] });
  return new Set(rows.map(({ id }) => id));
}

/** The lines of a transaction go with it or not at all; foreign keys and the balance are looked at when the statement ends. */
const POST = `with given as (
    select * from jsonb_to_recordset($2::jsonb) as t (id uuid, kind text, key text, booked_on date, recorded_at timestamptz, actor text, approved_by text,
      reason text, reverses uuid, entries jsonb)),
  booked as (
    insert into ledger_transaction (tenant_id, id, kind, key, booked_on, recorded_at, actor, approved_by, reason, reverses)
    select $1::int, id, kind, key, booked_on, recorded_at, actor, approved_by, reason, reverses from given
    on conflict (tenant_id, key) do nothing returning id),
  lines as (
    insert into ledger_entry (tenant_id, transaction_id, line, account, subject, amount)
    select $1::int, g.id, e.line, e.account, e.subject, e.amount from given g join booked using (id)
      cross join lateral rows from (jsonb_to_recordset(g.entries) as (account text, subject uuid, amount bigint)) with ordinality as e (account, subject, amount, line))
  select id from booked`;

export type Balance = {
  readonly account: string;
  readonly amount: number;
};
/** What stands on the accounts of a subject. */
export function balancesOf(trx: Transaction, tenantId: number, subject: string): Promise<readonly Balance[]> {
  return ask<Balance>(trx, {
    text: 'select account, sum(amount)::bigint as amount from ledger_entry where tenant_id = $1 and subject = $2 group by account order by account',
    values: [tenantId, subject],
  });
}
/** What stands on an account. */
export async function accountBalance(trx: Transaction, tenantId: number, account: string): Promise<number> {
  const [row] = await ask<{ amount: number }>(trx, {
    text: 'select coalesce(sum(amount), 0)::bigint as amount from ledger_entry where tenant_id = $1 and account = $2',
    values: [tenantId, account],
  });
  return row?.amount ?? 0;
}

export type Allocation = {
  readonly id: string;
  readonly paymentId: string;
  readonly prescriptionId: string;
  readonly amount: number;
  readonly actor: string;
};
/** Allocations that stand, the oldest first. */
export function allocationsOf(
  trx: Transaction,
  tenantId: number,
  of: { readonly paymentId: string } | { readonly prescriptionId: string },
): Promise<readonly Allocation[]> {
  const [account, subject] = 'paymentId' in of ? ['payment', of.paymentId] : ['receivable', of.prescriptionId];
  return ask<Allocation>(trx, { text: ALLOCATIONS, values: [tenantId, account, subject] });
}
const ALLOCATIONS = `select t.id, p.subject as "paymentId", r.subject as "prescriptionId", p.amount, t.actor
    from ledger_entry mine
    join ledger_transaction t on t.tenant_id = mine.tenant_id and t.id = mine.transaction_id and t.kind = 'allocate'
    join ledger_entry p on p.tenant_id = t.tenant_id and p.transaction_id = t.id and p.account = 'payment'
    join ledger_entry r on r.tenant_id = t.tenant_id and r.transaction_id = t.id and r.account = 'receivable'
   where mine.tenant_id = $1 and mine.account = $2 and mine.subject = $3::uuid
     and not exists (select from ledger_transaction v where v.tenant_id = t.tenant_id and v.reverses = t.id)
   order by t.recorded_at, t.id`;

/** The newest closed month, `YYYY-MM`. */
export async function newestClosedMonth(trx: Transaction, tenantId: number): Promise<string | undefined> {
  const [row] = await ask<{ month: string | null }>(trx, {
    text: 'select max(month) as month from ledger_closing where tenant_id = $1',
    values: [tenantId],
  });
  return row?.month ?? undefined;
}

/** Holds a key until commit: who books under the same one waits, and sees then what was booked. */
export async function holdKey(trx: Transaction, tenantId: number, key: string): Promise<void> {
  await ask(trx, { text: `select pg_advisory_xact_lock(hashtextextended($1::int || ' ' || $2::text, 7310423))`, values: [tenantId, key] });
}

/** The transaction that a key names, and what it reversed; undefined when nothing was booked under it. */
export async function bookedUnder(
  trx: Transaction,
  tenantId: number,
  keys: readonly string[],
): Promise<{ readonly id: string; readonly reverses: string | null } | undefined> {
  const [row] = await ask<{ id: string; reverses: string | null }>(trx, {
    text: 'select id, reverses from ledger_transaction where tenant_id = $1 and key = any($2::text[])',
    values: [tenantId, keys],
  });
  return row;
}
