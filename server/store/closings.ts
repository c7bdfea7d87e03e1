// Closed months as rows, and what a month's transactions hash to. Nothing is ever opened again: the table only grows.
import type { Transaction } from './database.ts';
import { ask } from './lane.ts';

/** Debit and credit of an account, haléře, both positive. */
export type Turnover = Readonly<Record<string, { readonly debit: number; readonly credit: number }>>;
export type ClosingRow = {
  readonly month: string;
  readonly closedAt: string;
  readonly closedBy: string;
  readonly transactions: number;
  readonly balances: Turnover;
  readonly hash: string;
  readonly previousHash: string;
  readonly signature: string | null;
  readonly keyId: string | null;
};

/** The town's books are held until commit: whoever books waits (the shared lock of ledger_month_is_open), and what he was booking is seen from now on. */
export async function lockBooks(trx: Transaction, tenantId: number): Promise<void> {
  await ask(trx, { text: 'select pg_advisory_xact_lock(7310422, $1::int)', values: [tenantId] });
}

export async function closingsOf(trx: Transaction, tenantId: number): Promise<readonly ClosingRow[]> {
  return ask<ClosingRow>(trx, {
    text: `select month, to_char(closed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "closedAt", closed_by as "closedBy", transactions, balances, hash,
                  previous_hash as "previousHash", signature, key_id as "keyId" from ledger_closing where tenant_id = $1 order by month`,
    values: [tenantId],
  });
}
export async function insertClosing(trx: Transaction, tenantId: number, c: ClosingRow): Promise<void> {
  await ask(trx, {
    text: `insert into ledger_closing (tenant_id, month, closed_at, closed_by, transactions, balances, hash, previous_hash, signature, key_id)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    values: [
      tenantId,
      c.month,
      c.closedAt,
      c.closedBy,
      c.transactions,
      JSON.stringify(c.balances),
      c.hash,
      c.previousHash,
      c.signature,
      c.keyId,
    ],
  });
}

/** Of all that was booked after the month `after` ('' = from the beginning) until the end of `month`. */
export interface MonthBooked {
  readonly transactions: number;
  /** SHA-256, hex, of one line for each transaction in the order of ids: all its columns and lines as text. */
  readonly digest: string;
  readonly turnover: Turnover;
  /** When the last of it was recorded; undefined when nothing was booked. */
  readonly until: string | undefined;
}
export async function monthBooked(trx: Transaction, tenantId: number, after: string, month: string): Promise<MonthBooked> {
  const values = [tenantId, after, month];
  const [hashed, accounts] = await Promise.all([
    ask<{ transactions: number; digest: string; until: string | null }>(trx, { text: DIGEST, values }),
    ask<{ account: string; debit: number; credit: number }>(trx, { text: TURNOVER, values }),
  ]);
  const turnover = Object.fromEntries(accounts.map(({ account, debit, credit }) => [account, { debit, credit }]));
  return { transactions: hashed[0]?.transactions ?? 0, digest: hashed[0]?.digest ?? '', turnover, until: hashed[0]?.until ?? undefined };
}
const OF_MONTH = `t.tenant_id = $1 and to_char(t.booked_on, 'YYYY-MM') > $2 and to_char(t.booked_on, 'YYYY-MM') <= $3`;
const DIGEST = `select count(*)::int as transactions, to_char(max(t.recorded_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as until,
    encode(sha256(convert_to(coalesce(string_agg(concat_ws('|', t.id, t.kind, t.key, to_char(t.booked_on, 'YYYY-MM-DD'),
      to_char(t.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), t.actor, coalesce(t.approved_by, ''), t.reason, coalesce(t.reverses::text, ''), l.lines),
      E'\\n' order by t.id), ''), 'UTF8')), 'hex') as digest
  from ledger_transaction t
  cross join lateral (
    select string_agg(concat_ws(':', e.line, e.account, coalesce(e.subject::text, ''), e.amount), ',' order by e.line) as lines
      from ledger_entry e where e.tenant_id = t.tenant_id and e.transaction_id = t.id) l
  where ${OF_MONTH}`;
const TURNOVER = `select e.account, coalesce(sum(e.amount) filter (where e.amount > 0), 0)::bigint as debit, coalesce(-sum(e.amount) filter (where e.amount < 0), 0)::bigint as credit
  from ledger_transaction t join ledger_entry e on e.tenant_id = t.tenant_id and e.transaction_id = t.id
  where ${OF_MONTH} group by e.account order by e.account`;
