// The gateway has founded a payment, or would not, or could not be reached at all: noted, so that the payer is sent there or told.
import { updateCardPayment } from '../../store/card-payments.ts';
import type { Transaction } from '../../store/database.ts';

export const LISTENER = 'card-payment';

export interface Told {
  readonly key: string;
  readonly effect: string;
  readonly subject: string | null;
  readonly at: string;
}
export type Answer = { readonly done: unknown } | { readonly refused: { readonly code: string; readonly reason: string } };

export const orderListener = {
  answered: async (trx: Transaction, tenantId: number, { subject, at }: Told, answer: Answer): Promise<void> => {
    if (subject === null) return;
    if ('refused' in answer) return updateCardPayment(trx, tenantId, subject, { state: 'failed', failure: answer.refused.code }, at);
    const { paymentId, gatewayUrl } = answer.done as { readonly paymentId?: string; readonly gatewayUrl?: string };
    // An officer has put the order aside: there is no payment to go to.
    if (!paymentId || !gatewayUrl) return updateCardPayment(trx, tenantId, subject, { state: 'failed', failure: 'put-aside' }, at);
    const change = { remoteId: paymentId, gatewayUrl };
    await updateCardPayment(trx, tenantId, subject, { ...change, state: 'open', failure: null }, at);
  },
  gaveUp: async (trx: Transaction, tenantId: number, { subject, at }: Told): Promise<void> => {
    if (subject !== null) await updateCardPayment(trx, tenantId, subject, { state: 'failed', failure: 'gateway-unavailable' }, at);
  },
};
