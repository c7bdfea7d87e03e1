// Money that the books have ordered back by the gateway it came through: sent there by an effect, one at a time for a payment, and booked when it has left.
import { createHash } from 'node:crypto';
import { dayOf } from '../../domain/calendar.ts';
import { cardPaymentBy, lockCardPayment } from '../../store/card-payments.ts';
import type { Transaction } from '../../store/database.ts';
import {
  insertGatewayRefund,
  lockGatewayRefund,
  refundsOfCardPayment,
  updateGatewayRefund,
  waitingRefunds,
  type GatewayRefund,
} from '../../store/gateway-refunds.ts';
import { insertEffects } from '../../store/outbox.ts';
import { noteReturned, returnFailed } from '../returns.ts';
import type { Answer, Told } from './order-listener.ts';

export const REFUND_LISTENER = 'gateway-refund';
const BATCH = 20;

/** Sends what waits; gives how many were sent. */
export async function sendRefunds(trx: Transaction, tenantId: number, { now }: { readonly now: string }): Promise<number> {
  let sent = 0;
  for (const waiting of await waitingRefunds(trx, tenantId, BATCH)) {
    const card = await lockCardPayment(trx, tenantId, waiting.cardPaymentId);
    const others = await refundsOfCardPayment(trx, tenantId, waiting.cardPaymentId);
    // Read again under the lock: another worker may have sent one of the same payment.
    if (!card?.remoteId || others.some(({ state }) => state === 'ordered' || state === 'accepted' || state === 'stuck')) continue;
    const effectKey = createHash('sha256').update(`${tenantId}/refund/${waiting.refundId}`).digest('hex').slice(0, 30);
    if (!(await insertGatewayRefund(trx, tenantId, { ...waiting, effectKey, at: now }))) continue;
    sent += 1;
    const known = others.map(({ remoteId }) => remoteId).filter((id) => id !== '');
    await insertEffects(trx, tenantId, [
      {
        key: effectKey,
        caseId: null,
        executionId: null,
        elementId: null,
        effect: `${card.gateway}.refund`,
        title: `Vrácení platby ${card.variableSymbol} přes bránu`,
        input: { paymentId: card.remoteId, amount: waiting.amount, currency: 'CZK', known },
        at: now,
        listener: REFUND_LISTENER,
        subject: waiting.refundId,
      },
    ]);
  }
  return sent;
}

export const refundListener = {
  answered: async (trx: Transaction, tenantId: number, told: Told, answer: Answer): Promise<void> => {
    if (told.subject === null) return;
    if ('refused' in answer)
      return endRefund(trx, tenantId, { refundId: told.subject, end: 'failed', reason: answer.refused.reason, now: told.at });
    const { result, refundId = '' } = answer.done as { readonly result?: string; readonly refundId?: string };
    await updateGatewayRefund(trx, tenantId, told.subject, { remoteId: refundId, at: told.at });
    if (result === 'accepted') return updateGatewayRefund(trx, tenantId, told.subject, { state: 'accepted', at: told.at });
    await endRefund(trx, tenantId, { refundId: told.subject, end: 'finished', reason: '', now: told.at });
  },
  /** Nobody knows whether it was done: the money stays on its way until an officer says. */
  gaveUp: async (trx: Transaction, tenantId: number, { subject, at }: Told): Promise<void> => {
    if (subject !== null) await updateGatewayRefund(trx, tenantId, subject, { state: 'stuck', at });
  },
};

/** Ended before: nothing happens. */
export async function endRefund(
  trx: Transaction,
  tenantId: number,
  {
    refundId,
    end,
    reason,
    now,
  }: { readonly refundId: string; readonly end: 'finished' | 'failed'; readonly reason: string; readonly now: string },
): Promise<void> {
  const refund = await lockGatewayRefund(trx, tenantId, refundId);
  if (!refund || hasEnded(refund)) return;
  const gateway = (await cardPaymentBy(trx, tenantId, { id: refund.cardPaymentId }))?.gateway ?? 'gateway';
  const by = `rule:${gateway}` as const;
  await updateGatewayRefund(trx, tenantId, refundId, { state: end, at: now });
  if (end === 'finished') await noteReturned(trx, tenantId, { refundId, bookedOn: dayOf(now), way: 'gateway', by, now });
  else await returnFailed(trx, tenantId, { refundId, reason: reason === '' ? 'brána peníze nevrátila' : reason, by, now });
}
const hasEnded = ({ state }: GatewayRefund): boolean => state === 'finished' || state === 'failed';
