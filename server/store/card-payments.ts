// Payments ordered at a payment gateway and what they are for. Whole haléře; nothing is ever deleted.
import type { Transaction } from './database.ts';
import { ask } from './lane.ts';
import { fromRow } from './row.ts';

export type CardPaymentState =
  'ordered' | 'open' | 'authorized' | 'paid' | 'part-refunded' | 'refunded' | 'cancelled' | 'expired' | 'failed';

export interface CardPaymentShare {
  readonly prescriptionId: string;
  readonly amount: number;
}
export interface CardPaymentRow {
  readonly id: string;
  /** Where the payer came from; null without a case. */
  readonly caseId: string | null;
  readonly gateway: string;
  readonly state: CardPaymentState;
  readonly amount: number;
  readonly variableSymbol: string;
  readonly personId: string | null;
  /** Known to the gateway as the order's number. */
  readonly effectKey: string;
  readonly remoteId: string | null;
  readonly gatewayUrl: string | null;
  /** The gateway's own words, for people. */
  readonly remoteState: string | null;
  readonly method: string;
  /** What came, once it did. */
  readonly paymentId: string | null;
  readonly failure: string | null;
  /** Why a person must look at it. */
  readonly trouble: string | null;
  readonly accessHash: string | null;
  readonly createdAt: string;
}
export type NewCardPayment = Pick<
  CardPaymentRow,
  'id' | 'caseId' | 'gateway' | 'amount' | 'variableSymbol' | 'personId' | 'effectKey' | 'accessHash' | 'createdAt'
> & {
  /** Who orders and his command's id. */
  readonly orderId: string;
  readonly shares: readonly CardPaymentShare[];
};

/** False when the same order was given before; waits for whoever is just giving it. */
export async function insertCardPayment(trx: Transaction, tenantId: number, c: NewCardPayment): Promise<boolean> {
  const rows = await ask(trx, {
    text: `insert into card_payment (tenant_id, id, case_id, gateway, amount, variable_symbol, person_id, effect_key, access_hash, order_id, created_at, updated_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11) on conflict (tenant_id, order_id) where order_id is not null do nothing returning id`,
    values: [
      tenantId,
      c.id,
      c.caseId,
      c.gateway,
      c.amount,
      c.variableSymbol,
      c.personId,
      c.effectKey,
      c.accessHash,
      c.orderId,
      c.createdAt,
    ],
  });
  if (rows.length === 0) return false;
  await ask(trx, {
    text: `insert into card_payment_share (tenant_id, card_payment_id, place, prescription_id, amount)
           select $1, $2, s.place, s."prescriptionId", s.amount from jsonb_to_recordset($3::jsonb) as s(place int, "prescriptionId" uuid, amount bigint)`,
    values: [tenantId, c.id, JSON.stringify(c.shares.map((share, index) => ({ ...share, place: index + 1 })))],
  });
  return true;
}

export type CardPaymentKey =
  | { readonly id: string }
  | { readonly remote_id: string }
  | { readonly effect_key: string }
  | { readonly order_id: string }
  | { readonly payment_id: string };

export async function cardPaymentBy(trx: Transaction, tenantId: number, by: CardPaymentKey): Promise<CardPaymentRow | undefined> {
  const row = await trx('card_payment')
    .where({ tenant_id: tenantId, ...by })
    .first();
  return row && fromRow<CardPaymentRow>(row);
}
/** The row is held until the end of the transaction: what two tell of one payment is heard one after another. */
export async function lockCardPayment(trx: Transaction, tenantId: number, id: string): Promise<CardPaymentRow | undefined> {
  const row = await trx('card_payment').where({ tenant_id: tenantId, id }).forUpdate().first();
  return row && fromRow<CardPaymentRow>(row);
}
export async function sharesOf(trx: Transaction, tenantId: number, id: string): Promise<readonly CardPaymentShare[]> {
  return ask<CardPaymentShare & Record<string, unknown>>(trx, {
    text: `select prescription_id as "prescriptionId", amount from card_payment_share where tenant_id = $1 and card_payment_id = $2 order by place`,
    values: [tenantId, id],
  });
}

export type CardPaymentChange = Partial<
  Pick<CardPaymentRow, 'state' | 'remoteId' | 'gatewayUrl' | 'remoteState' | 'method' | 'paymentId' | 'failure' | 'trouble'>
>;
const columns: Readonly<Record<keyof CardPaymentChange, string>> = {
  state: 'state',
  remoteId: 'remote_id',
  gatewayUrl: 'gateway_url',
  remoteState: 'remote_state',
  method: 'method',
  paymentId: 'payment_id',
  failure: 'failure',
  trouble: 'trouble',
};
/** Without a change it only notes that the payment was asked about. */
export async function updateCardPayment(
  trx: Transaction,
  tenantId: number,
  id: string,
  change: CardPaymentChange,
  at: string,
): Promise<void> {
  const entries = Object.entries(change).map(([name, value]) => [columns[name as keyof CardPaymentChange], value] as const);
  await trx('card_payment')
    .where({ tenant_id: tenantId, id })
    .update({ ...Object.fromEntries(entries), updated_at: at });
}

/** Payments whose end we do not know; the gateway is asked about them when no notification came. */
export async function openCardPayments(
  trx: Transaction,
  tenantId: number,
  olderThan: string,
  limit: number,
): Promise<readonly CardPaymentRow[]> {
  const rows = await trx('card_payment')
    .where({ tenant_id: tenantId })
    .whereNotNull('remote_id')
    .whereIn('state', ['open', 'authorized'])
    .where('updated_at', '<', olderThan)
    .orderBy('updated_at')
    .limit(limit);
  return rows.map((row: object) => fromRow<CardPaymentRow>(row));
}
