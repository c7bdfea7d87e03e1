// Effect `gopay.create`: a payment is founded at the gateway and the payer gets its address.
// GoPay has no search by order number, so there is no `find`: see README, "A lost answer".
import { z } from 'zod';
import { OutsideFailure } from '../connector.ts';
import type { Effect } from '../connector.ts';
import type { GopayClient } from './client.ts';
import type { GopaySettings } from './config.ts';

export const createPaymentInputSchema = z.object({
  /** Whole haléře. */
  amount: z.number().int().positive(),
  description: z.string().min(1).max(255),
  /** Variable symbol of the prescription; goes to the statement. */
  variableSymbol: z.string().regex(/^\d{1,10}$/),
  email: z.email().optional(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  /** Where the payer comes back to; default from configuration. */
  returnUrl: z.url().optional(),
  lang: z.enum(['CS', 'EN']).optional(),
});

export const createPaymentOutputSchema = z.object({
  paymentId: z.string(),
  /** The payer's browser is sent here. Nobody can pay without it. */
  gatewayUrl: z.url(),
});

export type CreatePaymentInput = z.output<typeof createPaymentInputSchema>;
export type CreatePaymentOutput = z.output<typeof createPaymentOutputSchema>;

export function createPayment(settings: GopaySettings, client: GopayClient): Effect<CreatePaymentInput, CreatePaymentOutput> {
  return {
    input: createPaymentInputSchema,
    output: createPaymentOutputSchema,
    // Token, call, a fresh token, the call again.
    timeoutMs: settings.timeoutMs * 4,
    perform: async (key, input) => {
      const answer = await client.create(paymentOf(settings, key, input));
      if ('refused' in answer) return { refused: { code: 'payment-refused', reason: answer.refused } };
      const { id, gw_url, order_number, amount } = answer.value;
      if (!gw_url || order_number !== key || amount !== input.amount)
        throw new OutsideFailure('gopay-malformed', 'Platební brána založila jinou platbu.', { retryable: false });
      return { done: { paymentId: id, gatewayUrl: gw_url } };
    },
  };
}

function paymentOf(settings: GopaySettings, key: string, input: CreatePaymentInput): unknown {
  const contact = {
    ...(input.firstName ? { first_name: input.firstName } : {}),
    ...(input.lastName ? { last_name: input.lastName } : {}),
    ...(input.email ? { email: input.email } : {}),
  };
  return {
    payer: {
      default_payment_instrument: 'PAYMENT_CARD',
      allowed_payment_instruments: ['PAYMENT_CARD', 'BANK_ACCOUNT', 'GPAY', 'APPLE_PAY'],
      contact,
    },
    target: { type: 'ACCOUNT', goid: settings.goid },
    amount: input.amount,
    currency: 'CZK',
    order_number: key,
    order_description: input.description,
    items: [{ name: input.description, amount: input.amount, count: 1 }],
    additional_params: [{ name: 'vs', value: input.variableSymbol }],
    callback: { return_url: input.returnUrl ?? settings.returnUrl, notification_url: settings.notificationUrl },
    lang: input.lang ?? 'CS',
  };
}
