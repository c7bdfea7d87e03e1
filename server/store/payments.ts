// Payments and the steps of their lives as rows. What of them is free, allocated or returned is only in the ledger.
import type { Transaction } from './database.ts';
import { ask } from './lane.ts';
import type { Json } from './json.ts';

export interface PaymentRecord {
  readonly id: string;
  readonly source: string;
  readonly sourceId: string;
  readonly amount: number;
  readonly variableSymbol: string;
  readonly specificSymbol: string;
  readonly constantSymbol: string;
  /** Ledger account that was debited. */
  readonly ledgerAccount: string;
  readonly counterAccount: string;
  readonly payerName: string;
  readonly message: string;
  readonly receivedOn: string;
  readonly paidOn: string | null;
  readonly wish: Json;
  readonly recordedAt: string;
}
/** False when the item is known: a statement may be read twice, money counts once. Waits for whoever is just crediting the same item. */
export async function insertPaymentOnce(trx: Transaction, tenantId: number, p: PaymentRecord): Promise<boolean> {
  const rows = await ask(trx, {
    text: `insert into payment (tenant_id, id, source, source_id, amount, variable_symbol, specific_symbol, constant_symbol, ledger_account, counter_account,
             payer_name, message, received_on, paid_on, wish, recorded_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
           on conflict (tenant_id, source, source_id) do nothing returning id`,
    values: [
      tenantId,
      p.id,
      p.source,
      p.sourceId,
      p.amount,
      p.variableSymbol,
      p.specificSymbol,
      p.constantSymbol,
      p.ledgerAccount,
      p.counterAccount,
      p.payerName,
      p.message,
      p.receivedOn,
      p.paidOn,
      p.wish === null ? null : JSON.stringify(p.wish),
      p.recordedAt,
    ],
  });
  return rows.length === 1;
}

/** A payment as the books see it. Amounts in haléře. */
export type PaymentNow = {
  readonly id: string;
  readonly source: string;
  readonly sourceId: string;
  readonly amount: number;
  readonly variableSymbol: string;
  readonly ledgerAccount: string;
  readonly counterAccount: string;
  readonly payerName: string;
  readonly message: string;
  readonly receivedOn: string;
  readonly paidOn: string | null;
  readonly payerId: string | null;
  readonly free: number;
  readonly allocated: number;
  readonly returning: number;
  readonly returned: number;
  readonly reversed: number;
  /** Last recorded step; null before the first one. */
  readonly state: string | null;
  readonly reason: string | null;
};
const NOW = `select p.id, p.source, p.source_id as "sourceId", p.amount, p.variable_symbol as "variableSymbol", coalesce(p.ledger_account, '') as "ledgerAccount",
    p.counter_account as "counterAccount", p.payer_name as "payerName", p.message, p.received_on as "receivedOn", p.paid_on as "paidOn", p.payer_id as "payerId",
    b.free, b.allocated, b.returning, b.returned, b.reversed::bigint as reversed, b.state, b.reason
  from payment p join payment_balance b on b.tenant_id = p.tenant_id and b.id = p.id`;

/** Locks the rows in the order of their ids and gives how they stand then. */
export async function lockPayments(trx: Transaction, tenantId: number, ids: readonly string[]): Promise<ReadonlyMap<string, PaymentNow>> {
  if (ids.length === 0) return new Map();
  const [, rows] = await Promise.all([
    ask(trx, {
      text: 'select id from payment where tenant_id = $1 and id = any($2::uuid[]) order by id for no key update',
      values: [tenantId, ids],
    }),
    paymentsNow(trx, tenantId, ids),
  ]);
  return new Map(rows.map((row) => [row.id, row]));
}
export const paymentsNow = (trx: Transaction, tenantId: number, ids: readonly string[]): Promise<readonly PaymentNow[]> =>
  ask<PaymentNow>(trx, { text: `${NOW} where p.tenant_id = $1 and p.id = any($2::uuid[])`, values: [tenantId, ids] });

/** The payment that an item of a source became. */
export async function paymentOfItem(trx: Transaction, tenantId: number, source: string, sourceId: string): Promise<PaymentNow | undefined> {
  const [row] = await ask<PaymentNow>(trx, {
    text: `${NOW} where p.tenant_id = $1 and p.source = $2 and p.source_id = $3`,
    values: [tenantId, source, sourceId],
  });
  return row;
}

/** The payment that a storno of its source takes back: the newest that is not taken back or returned yet, same account, amount, symbol and other side. */
export async function paymentToReverse(
  trx: Transaction,
  tenantId: number,
  storno: Pick<PaymentRecord, 'source' | 'ledgerAccount' | 'amount' | 'variableSymbol' | 'counterAccount'>,
): Promise<string | undefined> {
  const [row] = await ask<{ id: string }>(trx, {
    text: `select p.id from payment p join payment_balance b on b.tenant_id = p.tenant_id and b.id = p.id
            where p.tenant_id = $1 and p.source = $2 and p.ledger_account = $3 and p.amount = $4 and p.variable_symbol = $5 and p.counter_account = $6
              and b.reversed = 0 and b.returning = 0 and b.returned = 0
            order by p.received_on desc, p.id desc limit 1`,
    values: [tenantId, storno.source, storno.ledgerAccount, storno.amount, storno.variableSymbol, storno.counterAccount],
  });
  return row?.id;
}

export async function setStates(trx: Transaction, tenantId: number, states: ReadonlyMap<string, string>): Promise<void> {
  if (states.size === 0) return;
  await ask(trx, {
    text: `update payment p set state = g.state from unnest($2::uuid[], $3::text[]) as g (id, state)
            where p.tenant_id = $1 and p.id = g.id and p.state is distinct from g.state`,
    values: [tenantId, [...states.keys()], [...states.values()]],
  });
}

export interface PaymentMove {
  readonly paymentId: string;
  readonly from: string | null;
  readonly to: string;
  readonly reason: string;
  readonly actor: string;
  readonly at: string;
}
/** Appends the steps in the given order. The payments' rows are locked by the caller, so the numbers have no twins. */
export async function addMoves(trx: Transaction, tenantId: number, moves: readonly PaymentMove[]): Promise<void> {
  if (moves.length === 0) return;
  await ask(trx, {
    text: `insert into payment_move (tenant_id, payment_id, seq, from_state, to_state, reason, actor, at)
           select $1::int, g."paymentId", coalesce(last.seq, 0) + row_number() over (partition by g."paymentId" order by g.place), g."from", g."to", g.reason, g.actor, g.at
             from rows from (jsonb_to_recordset($2::jsonb) as ("paymentId" uuid, "from" text, "to" text, reason text, actor text, at timestamptz)) with ordinality
                  as g ("paymentId", "from", "to", reason, actor, at, place)
             left join lateral (select max(m.seq) as seq from payment_move m where m.tenant_id = $1 and m.payment_id = g."paymentId") last on true`,
    values: [tenantId, JSON.stringify(moves)],
  });
}

/** Whose money it is, once known. */
export async function notePayer(trx: Transaction, tenantId: number, paymentId: string, payerId: string): Promise<void> {
  await trx('payment').where({ tenant_id: tenantId, id: paymentId }).whereNull('payer_id').update({ payer_id: payerId });
}

/** Payers who have paid from this account before, or gave it as theirs. */
export async function payersOfAccount(trx: Transaction, tenantId: number, account: string): Promise<readonly string[]> {
  if (account === '') return [];
  const rows = await ask<{ id: string }>(trx, {
    text: `select id from payer where tenant_id = $1 and account = $2
           union select payer_id from payment where tenant_id = $1 and counter_account = $2 and payer_id is not null`,
    values: [tenantId, account],
  });
  return rows.map(({ id }) => id);
}

export type MoneyRule = { readonly id: string; readonly payerId: string; readonly kind: string };
/** What clerks have decided about money from this account. */
export const rulesOfAccount = (trx: Transaction, tenantId: number, account: string): Promise<readonly MoneyRule[]> =>
  ask<MoneyRule>(trx, {
    text: `select id, payer_id as "payerId", kind from money_rule where tenant_id = $1 and counter_account = $2 and $2 <> '' and revoked_at is null order by created_at`,
    values: [tenantId, account],
  });

/** Free money that came under the symbol of a prescription or stood on it; `hasWayBack`: the source knows where it came from. */
export const freeOfPrescription = (
  trx: Transaction,
  tenantId: number,
  prescription: { readonly id: string; readonly variableSymbol: string },
): Promise<readonly FreeMoney[]> =>
  ask<FreeMoney>(trx, {
    text: `select p.id, b.free, p.counter_account <> '' or p.source in ('gopay', 'comgate', 'cash') as "hasWayBack"
             from payment p join payment_balance b on b.tenant_id = p.tenant_id and b.id = p.id
            where p.tenant_id = $1 and b.free > 0
              and (p.variable_symbol = $2 or exists (
                select from ledger_entry r join ledger_entry e on e.tenant_id = r.tenant_id and e.transaction_id = r.transaction_id and e.account = 'payment' and e.subject = p.id
                 where r.tenant_id = p.tenant_id and r.subject = $3 and r.account = 'receivable'))
            order by p.received_on, p.id`,
    values: [tenantId, prescription.variableSymbol, prescription.id],
  });
export type FreeMoney = { readonly id: string; readonly free: number; readonly hasWayBack: boolean };
