// Effect `gopay.refund`: money goes back by the way it came, whole or in part. Before a new try the gateway's history of refunds is asked.
import { OutsideFailure } from '../connector.ts';
import type { Effect } from '../connector.ts';
import { refundInputSchema, refundOutputSchema } from '../gateway-effects.ts';
import type { RefundInput, RefundOutput } from '../gateway-effects.ts';
import type { GopayClient, GopayRefund } from './client.ts';
import type { GopaySettings } from './config.ts';

export function refundPayment(settings: GopaySettings, client: GopayClient): Effect<RefundInput, RefundOutput> {
  const ours = async (input: RefundInput): Promise<GopayRefund | undefined> => {
    const history = await client.refunds(input.paymentId);
    if ('refused' in history) return undefined;
    return history.value.find(({ id, amount, state }) => amount === input.amount && state !== 'FAILED' && !input.known.includes(id));
  };
  return {
    input: refundInputSchema,
    output: refundOutputSchema,
    timeoutMs: settings.timeoutMs * 8,
    find: async (_key, input) => {
      const found = await ours(input);
      return found && outputOf(input, found);
    },
    perform: async (_key, input) => {
      const answer = await client.refund(input.paymentId, input.amount);
      if ('refused' in answer)
        return { refused: { code: 'refund-refused', reason: `Platební brána peníze nevrátila (${answer.refused}).` } };
      if (answer.value === 'FAILED') return { refused: { code: 'refund-failed', reason: 'Platební brána peníze nevrátila.' } };
      const found = await ours(input);
      // Without its number nobody could later tell whether an accepted refund was done; the next try finds it in the history.
      if (!found) throw new OutsideFailure('gopay-refund-not-listed', 'Platební brána vrácení přijala, ale ještě ho neuvádí.');
      return { done: answer.value === 'FINISHED' ? { ...outputOf(input, found), result: 'finished' } : outputOf(input, found) };
    },
  };
}

function outputOf({ paymentId }: RefundInput, { id, state }: GopayRefund): RefundOutput {
  return { paymentId, refundId: id, result: state === 'SUCCESS' ? 'finished' : 'accepted' };
}
