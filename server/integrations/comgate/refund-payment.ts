// Effect `comgate.refund`: money goes back by the way it came, whole or in part, at once. What Comgate cannot be asked about, a person decides.
import type { Effect } from '../connector.ts';
import { refundInputSchema, refundOutputSchema } from '../gateway-effects.ts';
import type { RefundInput, RefundOutput } from '../gateway-effects.ts';
import { uncertain, type ComgateClient } from './client.ts';
import type { ComgateSettings } from './config.ts';

export function refundPayment(settings: ComgateSettings, client: ComgateClient): Effect<RefundInput, RefundOutput> {
  return {
    input: refundInputSchema,
    output: refundOutputSchema,
    timeoutMs: settings.timeoutMs * 2,
    // Asked only when an earlier try may have been done (a crash): there is nobody to ask.
    find: () => Promise.reject(uncertain()),
    perform: async (key, { paymentId, amount }) => {
      const answer = await client.refund({ transId: paymentId, amount, refId: key });
      if ('refused' in answer)
        return { refused: { code: 'refund-refused', reason: `Platební brána peníze nevrátila (${answer.refused}).` } };
      return { done: { paymentId, refundId: '', result: 'finished' } };
    },
  };
}
