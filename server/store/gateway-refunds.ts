// Returns of money on their way through a gateway. One at a time for a payment.
import type { Transaction } from './database.ts';
import { ask } from './lane.ts';

export type GatewayRefundState = 'ordered' | 'accepted' | 'finished' | 'failed' | 'stuck';
export type GatewayRefund = {
  readonly refundId: string;
  readonly cardPaymentId: string;
  readonly effectKey: string;
  readonly amount: number;
  readonly state: GatewayRefundState;
  readonly remoteId: string;
};

export type WaitingRefund = { readonly refundId: string; readonly cardPaymentId: string; readonly amount: number };

/** Ordered by the books to go back by their gateway, not sent there yet, and nothing else of the same payment is on its way. The oldest of each payment. */
export function waitingRefunds(trx: Transaction, tenantId: number, limit: number): Promise<readonly WaitingRefund[]> {
  return ask<WaitingRefund>(trx, {
    text: `select distinct on (c.id) f.id as "refundId", c.id as "cardPaymentId", f.amount
             from refund f
             join card_payment c on c.tenant_id = f.tenant_id and c.payment_id = f.payment_id and c.remote_id is not null
            where f.tenant_id = $1 and f.way = 'gateway' and f.effect_key is null
              and not exists (select from gateway_refund g where g.tenant_id = f.tenant_id and g.card_payment_id = c.id and g.state in ('ordered', 'accepted', 'stuck'))
              and (select -sum(e.amount) from ledger_entry e where e.tenant_id = f.tenant_id and e.subject = f.id and e.account = 'refund') > 0
            order by c.id, f.ordered_at, f.id limit $2`,
    values: [tenantId, limit],
  });
}

/** False when another worker sent it first. */
export async function insertGatewayRefund(
  trx: Transaction,
  tenantId: number,
  refund: WaitingRefund & { readonly effectKey: string; readonly at: string },
): Promise<boolean> {
  const { refundId, cardPaymentId, effectKey, amount, at } = refund;
  const claimed = await trx('refund')
    .where({ tenant_id: tenantId, id: refundId })
    .whereNull('effect_key')
    .update({ effect_key: effectKey });
  if (claimed === 0) return false;
  await trx('gateway_refund').insert({
    tenant_id: tenantId,
    refund_id: refundId,
    card_payment_id: cardPaymentId,
    effect_key: effectKey,
    amount,
    state: 'ordered',
    ordered_at: at,
    updated_at: at,
  });
  return true;
}

const COLUMNS = `refund_id as "refundId", card_payment_id as "cardPaymentId", effect_key as "effectKey", amount, state, remote_id as "remoteId"`;

export const refundsOfCardPayment = (trx: Transaction, tenantId: number, cardPaymentId: string): Promise<readonly GatewayRefund[]> =>
  ask<GatewayRefund>(trx, {
    text: `select ${COLUMNS} from gateway_refund where tenant_id = $1 and card_payment_id = $2 order by ordered_at`,
    values: [tenantId, cardPaymentId],
  });

export async function lockGatewayRefund(trx: Transaction, tenantId: number, refundId: string): Promise<GatewayRefund | undefined> {
  const [row] = await ask<GatewayRefund>(trx, {
    text: `select ${COLUMNS} from gateway_refund where tenant_id = $1 and refund_id = $2 for update`,
    values: [tenantId, refundId],
  });
  return row;
}

export async function updateGatewayRefund(
  trx: Transaction,
  tenantId: number,
  refundId: string,
  change: { readonly state?: GatewayRefundState; readonly remoteId?: string; readonly at: string },
): Promise<void> {
  await trx('gateway_refund')
    .where({ tenant_id: tenantId, refund_id: refundId })
    .update({
      updated_at: change.at,
      ...(change.state ? { state: change.state } : {}),
      ...(change.remoteId === undefined ? {} : { remote_id: change.remoteId }),
    });
}

export type AcceptedRefund = GatewayRefund & { readonly gateway: string; readonly paymentRemoteId: string };

/** Accepted by the gateway and quiet for a while. */
export const acceptedRefunds = (trx: Transaction, tenantId: number, olderThan: string, limit: number): Promise<readonly AcceptedRefund[]> =>
  ask<AcceptedRefund>(trx, {
    text: `select g.refund_id as "refundId", g.card_payment_id as "cardPaymentId", g.effect_key as "effectKey", g.amount, g.state, g.remote_id as "remoteId",
                  c.gateway, c.remote_id as "paymentRemoteId"
             from gateway_refund g join card_payment c on c.tenant_id = g.tenant_id and c.id = g.card_payment_id
            where g.tenant_id = $1 and g.state = 'accepted' and g.updated_at < $2 order by g.updated_at limit $3`,
    values: [tenantId, olderThan, limit],
  });
