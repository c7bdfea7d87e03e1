// Movements of a statement that wait for a person because they came in another currency, and what they were booked for.
import type { Transaction } from './database.ts';
import { ask } from './lane.ts';

export type HeldRow = {
  readonly id: string;
  readonly account: string;
  readonly day: string;
  /** Hundredths of `currency`, signed. */
  readonly amount: number;
  readonly currency: string;
  readonly originalAmount: number | null;
  readonly originalCurrency: string | null;
  readonly vs: string;
  readonly ks: string;
  readonly ss: string;
  readonly counterAccount: string;
  readonly name: string;
  readonly message: string;
  /** Money of ours that came back. */
  readonly isReversal: boolean;
  readonly outcome: string;
  /** Of the account: only an account in crowns is in the books. */
  readonly accountCurrency: string;
  /** Haléře by which the statement moved beside what it says in crowns; of all movements that it does not price together. */
  readonly unpriced: number;
  /** How many those are, how many of them wait, and haléře booked for the others. */
  readonly together: number;
  readonly waiting: number;
  readonly booked: number;
  /** All of them are credits that wait or were booked, so that the sums say something about each. */
  readonly isComparable: boolean;
};

/** The statement that brought a movement first: it booked what the movement moved. */
const first = (
  item: string,
): string => `(select s.* from bank_statement_item m join bank_statement s on s.tenant_id = m.tenant_id and s.id = m.statement_id
   where m.tenant_id = ${item}.tenant_id and m.item_id = ${item}.id order by s.imported_at, s.place, s.id limit 1)`;
const HELD = `
  select i.id, i.account, i.day, i.amount, i.currency, i.original_amount as "originalAmount", i.original_currency as "originalCurrency", i.vs, i.ks, i.ss,
         i.counter_account as "counterAccount", i.name, i.message, i.is_reversal as "isReversal", i.outcome, f.currency as "accountCurrency",
         coalesce((select sum(e.amount) from ledger_transaction t join ledger_entry e on e.tenant_id = t.tenant_id and e.transaction_id = t.id and e.account = 'bank:' || i.account
                    where t.tenant_id = i.tenant_id and t.key = 'movement:held:' || f.id), 0)::bigint as unpriced,
         b.together, b.waiting, b.booked, b.comparable as "isComparable"
    from bank_item i
    cross join lateral ${first('i')} f
    cross join lateral (
      select count(*)::int as together, count(*) filter (where o.outcome = 'held')::int as waiting, coalesce(sum(c.amount), 0)::bigint as booked,
             bool_and(o.amount > 0 and o.outcome in ('held', 'priced')) as comparable
        from bank_statement_item m join bank_item o on o.tenant_id = m.tenant_id and o.id = m.item_id and o.currency <> 'CZK'
        cross join lateral ${first('o')} of
        left join foreign_credit c on c.tenant_id = o.tenant_id and c.item_id = o.id
       where m.tenant_id = i.tenant_id and m.statement_id = f.id and of.id = f.id) b`;

/** Those that can be booked or put aside: of accounts in crowns, the oldest first. */
export const heldInCrowns = (trx: Transaction, tenantId: number, limit: number): Promise<readonly HeldRow[]> =>
  ask<HeldRow>(trx, {
    text: `${HELD} where i.tenant_id = $1 and i.outcome = 'held' and f.currency = 'CZK' order by i.day, i.id limit $2`,
    values: [tenantId, limit],
  });

/** Locked, with all that one statement does not price: whoever books one of them sees what the others came to. */
export async function lockHeld(trx: Transaction, tenantId: number, id: string): Promise<HeldRow | undefined> {
  await ask(trx, {
    text: `select 1 from bank_item where tenant_id = $1 and id in (
             select o.item_id from bank_statement_item o join bank_statement_item mine on mine.tenant_id = o.tenant_id and mine.statement_id = o.statement_id
              where mine.tenant_id = $1 and mine.item_id = $2) and outcome in ('held', 'priced') order by id for update`,
    values: [tenantId, id],
  });
  const [row] = await ask<HeldRow>(trx, { text: `${HELD} where i.tenant_id = $1 and i.id = $2`, values: [tenantId, id] });
  return row;
}

/** Accounts in another currency: nothing of them is in the books. */
export const foreignAccounts = (
  trx: Transaction,
  tenantId: number,
): Promise<readonly { readonly account: string; readonly currency: string; readonly items: number }[]> =>
  ask(trx, {
    text: `select i.account, f.currency, count(*)::int as items from bank_item i cross join lateral ${first('i')} f
            where i.tenant_id = $1 and i.outcome = 'held' and f.currency <> 'CZK' group by i.account, f.currency order by i.account`,
    values: [tenantId],
  });

/** It became a payment. */
export async function notePriced(trx: Transaction, tenantId: number, id: string, paymentId: string): Promise<void> {
  await ask(trx, {
    text: `update bank_item set outcome = 'priced', subject = $3 where tenant_id = $1 and id = $2 and outcome = 'held'`,
    values: [tenantId, id, paymentId],
  });
}
/** It is no payment; what it became in the books at its import stays. */
export async function noteAside(
  trx: Transaction,
  tenantId: number,
  { id, reason, officerId, at }: { readonly id: string; readonly reason: string; readonly officerId: string; readonly at: string },
): Promise<void> {
  await ask(trx, {
    text: `update bank_item set outcome = 'other', aside_reason = $3, aside_by = $4, aside_at = $5 where tenant_id = $1 and id = $2 and outcome = 'held'`,
    values: [tenantId, id, reason, officerId, at],
  });
}

export interface ForeignCredit {
  readonly itemId: string;
  readonly paymentId: string;
  readonly amount: number;
  readonly originalAmount: number | null;
  readonly originalCurrency: string | null;
  readonly officerId: string;
  readonly at: string;
}
export async function insertForeignCredit(trx: Transaction, tenantId: number, one: ForeignCredit): Promise<void> {
  await ask(trx, {
    text: `insert into foreign_credit (tenant_id, item_id, payment_id, amount, original_amount, original_currency, rate, officer_id, booked_at)
           values ($1, $2, $3, $4::bigint, $5::bigint, $6, round($4::numeric / $5::numeric, 6), $7, $8)`,
    values: [tenantId, one.itemId, one.paymentId, one.amount, one.originalAmount, one.originalCurrency, one.officerId, one.at],
  });
}

/** What statements booked before for movements that they did not price, as far as all of those are among these movements: an overlapping statement carries them again. */
export async function unpricedBefore(trx: Transaction, tenantId: number, account: string, itemIds: readonly string[]): Promise<number> {
  const [row] = await ask<{ amount: number }>(trx, {
    text: `with mine as (select i.id, f.id as statement from bank_item i cross join lateral ${first('i')} f
                          where i.tenant_id = $1 and i.id = any($3::text[]) and i.currency <> 'CZK')
           select coalesce(sum(e.amount), 0)::bigint as amount
             from (select distinct statement from mine) s
             join ledger_transaction t on t.tenant_id = $1 and t.key = 'movement:held:' || s.statement
             join ledger_entry e on e.tenant_id = t.tenant_id and e.transaction_id = t.id and e.account = 'bank:' || $2
            where not exists (select from bank_statement_item m join bank_item o on o.tenant_id = m.tenant_id and o.id = m.item_id and o.currency <> 'CZK'
                               cross join lateral ${first('o')} of
                               where m.tenant_id = $1 and m.statement_id = s.statement and of.id = s.statement and o.id <> all($3::text[]))`,
    values: [tenantId, account, itemIds],
  });
  return row?.amount ?? 0;
}
