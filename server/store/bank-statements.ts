// Imported bank statements and the movements they carry as rows.
import type { Transaction } from './database.ts';
import type { Json } from './json.ts';
import { ask } from './lane.ts';

export interface StatementRow {
  readonly id: string;
  readonly inboxId: string;
  readonly place: number;
  readonly format: string;
  readonly account: string;
  readonly number: number | null;
  readonly from: string;
  readonly to: string;
  readonly currency: string;
  readonly opening: number;
  readonly closing: number;
  readonly problems: Json;
  readonly actor: string;
  readonly importedAt: string;
}

/** One account's statements are imported one after another, whoever brings them; held until the transaction ends. */
export async function lockAccount(trx: Transaction, tenantId: number, account: string): Promise<void> {
  await ask(trx, { text: 'select pg_advisory_xact_lock(hashtextextended($1, $2))', values: [`bank-statement:${account}`, tenantId] });
}

/** False when this place of the file was imported before. */
export async function insertStatement(trx: Transaction, tenantId: number, s: StatementRow): Promise<boolean> {
  const rows = await ask(trx, {
    text: `insert into bank_statement (tenant_id, id, inbox_id, place, format, account, number, from_day, to_day, currency, opening, closing, problems, actor, imported_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
           on conflict (tenant_id, inbox_id, place) do nothing returning id`,
    values: [
      ...[tenantId, s.id, s.inboxId, s.place, s.format, s.account, s.number, s.from, s.to, s.currency, s.opening, s.closing],
      ...[JSON.stringify(s.problems), s.actor, s.importedAt],
    ],
  });
  return rows.length === 1;
}

export type ItemOutcome = 'credited' | 'reversed' | 'returned' | 'settled' | 'other' | 'held' | 'nothing';
export interface ItemRow {
  readonly id: string;
  readonly account: string;
  readonly day: string;
  readonly amount: number;
  readonly currency: string;
  readonly vs: string;
  readonly ks: string;
  readonly ss: string;
  readonly counterAccount: string;
  readonly name: string;
  readonly message: string;
  readonly isReversal: boolean;
  readonly original?: { readonly amount: number; readonly currency: string };
  readonly outcome: ItemOutcome;
  readonly subject: string | null;
  readonly importedAt: string;
}
/** Now, or just after the last import into the account: which of two statements brought a movement first never hangs on one millisecond. Under its lock. */
export async function afterLastImport(trx: Transaction, tenantId: number, account: string, now: string): Promise<string> {
  const [row] = await ask<{ at: Date }>(trx, {
    text: `select greatest($3::timestamptz, max(imported_at) + interval '1 millisecond') as at from bank_statement where tenant_id = $1 and account = $2`,
    values: [tenantId, account, now],
  });
  return row ? row.at.toISOString() : now;
}
/** Those of the ids that are known already. */
export async function knownItems(trx: Transaction, tenantId: number, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await ask<{ id: string }>(trx, {
    text: 'select id from bank_item where tenant_id = $1 and id = any($2::text[])',
    values: [tenantId, ids],
  });
  return new Set(rows.map(({ id }) => id));
}

export async function insertItem(trx: Transaction, tenantId: number, i: ItemRow): Promise<void> {
  await ask(trx, {
    text: `insert into bank_item (tenant_id, id, account, day, amount, currency, vs, ks, ss, counter_account, name, message, is_reversal, outcome, subject, imported_at,
             original_amount, original_currency)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    values: [
      ...[tenantId, i.id, i.account, i.day, i.amount, i.currency, i.vs, i.ks, i.ss, i.counterAccount, i.name, i.message],
      ...[i.isReversal, i.outcome, i.subject, i.importedAt, i.original?.amount ?? null, i.original?.currency ?? null],
    ],
  });
}
export async function insertMembers(trx: Transaction, tenantId: number, statementId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await ask(trx, {
    text: `insert into bank_statement_item (tenant_id, statement_id, place, item_id)
           select $1::int, $2::uuid, place, id from unnest($3::text[]) with ordinality as given (id, place)`,
    values: [tenantId, statementId, ids],
  });
}

/** A day of the range that another format has brought already: the formats of a bank name the same movement differently. */
export async function dayInAnotherFormat(
  trx: Transaction,
  tenantId: number,
  { account, format, from, to }: { readonly account: string; readonly format: string; readonly from: string; readonly to: string },
): Promise<string | undefined> {
  const [row] = await ask<{ day: string }>(trx, {
    text: `select i.day from bank_item i join bank_statement_item m on m.tenant_id = i.tenant_id and m.item_id = i.id
             join bank_statement s on s.tenant_id = m.tenant_id and s.id = m.statement_id
            where i.tenant_id = $1 and i.account = $2 and i.day between $3 and $4 and s.format <> $5 limit 1`,
    values: [tenantId, account, from, to, format],
  });
  return row?.day;
}

/** The first statement of the account by its days: what stood there before is the opening of the books. */
export async function earliestStatement(
  trx: Transaction,
  tenantId: number,
  account: string,
): Promise<{ readonly day: string; readonly opening: number } | undefined> {
  const [row] = await ask<{ day: string; opening: number }>(trx, {
    text: `select from_day as day, opening from bank_statement where tenant_id = $1 and account = $2 and currency = 'CZK'
            order by from_day, to_day, number nulls last, imported_at, place limit 1`,
    values: [tenantId, account],
  });
  return row;
}
/** What was booked as the opening of the account so far. */
export async function openingBooked(trx: Transaction, tenantId: number, account: string): Promise<number> {
  const [row] = await ask<{ amount: number }>(trx, {
    text: `select coalesce(sum(e.amount), 0)::bigint as amount from ledger_transaction t
             join ledger_entry e on e.tenant_id = t.tenant_id and e.transaction_id = t.id and e.account = $3
            where t.tenant_id = $1 and starts_with(t.key, $2)`,
    values: [tenantId, `movement:opening:${account}:`, `bank:${account}`],
  });
  return row?.amount ?? 0;
}

/** Our refund by transfer that this debit carries: same amount, and the account or the symbol it was ordered with. */
export async function refundOfDebit(
  trx: Transaction,
  tenantId: number,
  debit: { readonly amount: number; readonly counterAccount: string; readonly vs: string },
): Promise<string | undefined> {
  const [row] = await ask<{ id: string }>(trx, {
    text: `select f.id from refund f
            where f.tenant_id = $1 and f.way = 'transfer' and f.amount = $2
              and ((f.to_account = $3 and $3 <> '') or ($3 = '' and f.variable_symbol = $4 and $4 <> ''))
              and (select -sum(e.amount) from ledger_entry e where e.tenant_id = f.tenant_id and e.subject = f.id and e.account = 'refund') > 0
            order by f.variable_symbol = $4 desc, f.ordered_at, f.id limit 1`,
    values: [tenantId, debit.amount, debit.counterAccount, debit.vs],
  });
  return row?.id;
}

/** The bulk transfer of a gateway that this credit is, when no other item was it. */
export async function settlementOfCredit(
  trx: Transaction,
  tenantId: number,
  credit: { readonly amount: number; readonly vs: string },
): Promise<{ readonly gateway: string; readonly id: string; readonly fee: number } | undefined> {
  if (credit.vs === '') return undefined;
  const [row] = await ask<{ gateway: string; id: string; fee: number }>(trx, {
    text: `select g.gateway, g.id, g.fee from gateway_transfer g
            where g.tenant_id = $1 and ltrim(g.variable_symbol, '0') = $2 and g.amount = $3
              and not exists (select from bank_item i where i.tenant_id = g.tenant_id and i.outcome = 'settled' and i.subject = g.gateway || ':' || g.id)
            order by g.day, g.id limit 1`,
    values: [tenantId, credit.vs, credit.amount],
  });
  return row;
}

export type WaitingTransfer = {
  readonly id: string;
  readonly amount: number;
  readonly toAccount: string;
  readonly variableSymbol: string;
  readonly reason: string;
};
/** Refunds by transfer to a Czech account that no payment order carries yet, the oldest first; locked, so that two workers do not send one twice. */
export const waitingTransfers = (trx: Transaction, tenantId: number, most: number): Promise<readonly WaitingTransfer[]> =>
  ask<WaitingTransfer>(trx, {
    text: `select f.id, f.amount, f.to_account as "toAccount", f.variable_symbol as "variableSymbol", f.reason from refund f
            where f.tenant_id = $1 and f.way = 'transfer' and f.order_id is null and f.to_account ~ '^([0-9]{1,6}-)?[0-9]{2,10}/[0-9]{4}$'
              and (select -sum(e.amount) from ledger_entry e where e.tenant_id = f.tenant_id and e.subject = f.id and e.account = 'refund') > 0
            order by f.ordered_at, f.id limit $2 for no key update of f skip locked`,
    values: [tenantId, most],
  });
export async function markOrdered(trx: Transaction, tenantId: number, ids: readonly string[], orderId: string): Promise<void> {
  await ask(trx, {
    text: 'update refund set order_id = $3 where tenant_id = $1 and id = any($2::uuid[]) and order_id is null',
    values: [tenantId, ids, orderId],
  });
}
/** Refunds that a payment order carries. */
export async function ordered(trx: Transaction, tenantId: number, orderId: string): Promise<readonly string[]> {
  const rows = await ask<{ id: string }>(trx, {
    text: 'select id from refund where tenant_id = $1 and order_id = $2 order by id',
    values: [tenantId, orderId],
  });
  return rows.map(({ id }) => id);
}
