// Transfers of gateways that a person must look at, and how each ended.
import type { Transaction } from './database.ts';
import { ask } from './lane.ts';

export type TroubledTransfer = {
  readonly gateway: string;
  readonly id: string;
  readonly day: string;
  /** Haléře that came to the town's account. */
  readonly amount: number;
  readonly fee: number;
  readonly variableSymbol: string;
  readonly trouble: 'unknown-payment' | 'credited-before';
  readonly isOpen: boolean;
  /** Payments that the gateway names and the town never ordered. */
  readonly strangers: readonly { readonly paymentId: string; readonly amount: number }[];
  /** The credit of the bank that was booked as somebody's payment before the transfer was known; null when there is none. */
  readonly paymentId: string | null;
};
const TROUBLED = `
  select g.gateway, g.id, g.day, g.amount, g.fee, g.variable_symbol as "variableSymbol", g.trouble, g.resolved_at is null as "isOpen",
         coalesce((select jsonb_agg(jsonb_build_object('paymentId', i.remote_id, 'amount', i.amount) order by i.place) from gateway_transfer_item i
                    where i.tenant_id = g.tenant_id and i.gateway = g.gateway and i.transfer_id = g.id and i.card_payment_id is null), '[]') as strangers,
         (select p.id from payment p where g.trouble = 'credited-before' and p.tenant_id = g.tenant_id and p.source = 'bank' and p.amount = g.amount
             and p.variable_symbol = ltrim(g.variable_symbol, '0') and p.variable_symbol <> '' and p.received_on >= g.day - 1 and p.state is distinct from 'reversed'
             order by p.received_on, p.id limit 1) as "paymentId"
    from gateway_transfer g`;

export const openTroubles = (trx: Transaction, tenantId: number, limit: number): Promise<readonly TroubledTransfer[]> =>
  ask<TroubledTransfer>(trx, {
    text: `${TROUBLED} where g.tenant_id = $1 and g.trouble is not null and g.resolved_at is null order by g.day, g.gateway, g.id limit $2`,
    values: [tenantId, limit],
  });

/** Locked; undefined when there is none or it is in order. */
export async function lockTrouble(trx: Transaction, tenantId: number, gateway: string, id: string): Promise<TroubledTransfer | undefined> {
  await ask(trx, {
    text: 'select 1 from gateway_transfer where tenant_id = $1 and gateway = $2 and id = $3 for update',
    values: [tenantId, gateway, id],
  });
  const [row] = await ask<TroubledTransfer>(trx, {
    text: `${TROUBLED} where g.tenant_id = $1 and g.gateway = $2 and g.id = $3 and g.trouble is not null`,
    values: [tenantId, gateway, id],
  });
  return row;
}

export async function resolveTrouble(
  trx: Transaction,
  tenantId: number,
  one: { readonly gateway: string; readonly id: string; readonly officerId: string; readonly resolution: string; readonly at: string },
): Promise<void> {
  await ask(trx, {
    text: `update gateway_transfer set resolved_by = $4, resolution = $5, resolved_at = $6 where tenant_id = $1 and gateway = $2 and id = $3 and resolved_at is null`,
    values: [tenantId, one.gateway, one.id, one.officerId, one.resolution, one.at],
  });
}

/** The movement of the bank that had become this payment is the gateway's settlement. */
export async function noteSettled(trx: Transaction, tenantId: number, paymentId: string, subject: string): Promise<void> {
  await ask(trx, {
    text: `update bank_item set outcome = 'settled', subject = $3 where tenant_id = $1 and outcome = 'credited' and subject = $2`,
    values: [tenantId, paymentId, subject],
  });
}
