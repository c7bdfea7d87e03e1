// Returns of money by transfer go to the bank as payment orders: collected into one file, sent once, paid out by the debit on a later statement.
import { createHash } from 'node:crypto';
import { newId } from '../platform/ids.ts';
import { markOrdered, ordered, waitingTransfers } from '../store/bank-statements.ts';
import type { Transaction } from '../store/database.ts';
import { insertEffects } from '../store/outbox.ts';
import { today } from './booking.ts';
import { returnFailed } from './returns.ts';

export const ORDER_EFFECT = 'bank.order';
export const ORDER_LISTENER = 'payment-order';
/** Items of one file. */
const MOST = 500;

/** Sends what waits as one file; gives how many returns are in it. An account abroad is left for a person. */
export async function orderTransfers(
  trx: Transaction,
  tenantId: number,
  { name, now }: { readonly name: string; readonly now: string },
): Promise<number> {
  const waiting = await waitingTransfers(trx, tenantId, MOST);
  if (waiting.length === 0) return 0;
  const orderId = newId(new Date(now));
  await markOrdered(
    trx,
    tenantId,
    waiting.map(({ id }) => id),
    orderId,
  );
  const payments = waiting.map(({ toAccount, amount, variableSymbol, reason }) => ({
    ...{ to: toAccount, amount, vs: variableSymbol, ks: '', ss: '' },
    message: reason.slice(0, 140),
  }));
  await insertEffects(trx, tenantId, [
    {
      key: createHash('sha256').update(`${tenantId}/order/${orderId}`).digest('hex').slice(0, 30),
      caseId: null,
      executionId: null,
      elementId: null,
      effect: ORDER_EFFECT,
      title: `Příkaz k úhradě: vrácení ${payments.length} plateb`,
      input: { name, payOn: today({ now }), payments },
      at: now,
      listener: ORDER_LISTENER,
      subject: orderId,
    },
  ]);
  return payments.length;
}

type Answer = { readonly done: unknown } | { readonly refused: { readonly code: string; readonly reason: string } };
export const paymentOrderListener = {
  /** Taken by the bank is not paid yet: the statement says that. Refused as a whole: the money is free again. */
  answered: async (
    trx: Transaction,
    tenantId: number,
    { subject, at }: { readonly subject: string | null; readonly at: string },
    answer: Answer,
  ): Promise<void> => {
    if (subject === null || !('refused' in answer)) return;
    const { reason } = answer.refused;
    for (const refundId of await ordered(trx, tenantId, subject))
      await returnFailed(trx, tenantId, { refundId, reason: `banka příkaz odmítla: ${reason}`, by: 'rule:bank', now: at });
  },
};
