// Effect `gopay.create`: a payment is founded at the gateway and the payer gets its address. Never a recurring one: each payment is the payer's own act.
// GoPay has no search by order number, so there is no `find`: see README, "A lost answer".
import { OutsideFailure } from '../connector.ts';
import type { Effect } from '../connector.ts';
import { createInputSchema, createOutputSchema } from '../gateway-effects.ts';
import type { CreateInput, CreateOutput } from '../gateway-effects.ts';
import type { GopayClient } from './client.ts';
import type { GopaySettings } from './config.ts';

const usualMethods = ['PAYMENT_CARD', 'BANK_ACCOUNT', 'GPAY', 'APPLE_PAY'];

export function createPayment(settings: GopaySettings, client: GopayClient): Effect<CreateInput, CreateOutput> {
  return {
    input: createInputSchema,
    output: createOutputSchema,
    // Token, call, a fresh token, the call again.
    timeoutMs: settings.timeoutMs * 4,
    perform: async (key, input) => {
      const answer = await client.create(paymentOf(settings, key, input));
      if ('refused' in answer)
        return { refused: { code: 'payment-refused', reason: `Platební brána platbu nezaložila (${answer.refused}).` } };
      const { id, gw_url, order_number, amount } = answer.value;
      if (!gw_url || order_number !== key || amount !== input.amount)
        throw new OutsideFailure('gopay-malformed', 'Platební brána založila jinou platbu.', { retryable: false });
      return { done: { paymentId: id, gatewayUrl: gw_url } };
    },
  };
}

function paymentOf(settings: GopaySettings, key: string, input: CreateInput): unknown {
  const methods = settings.methods ?? usualMethods;
  const contact = {
    ...(input.firstName ? { first_name: input.firstName } : {}),
    ...(input.lastName ? { last_name: input.lastName } : {}),
    ...(input.email ? { email: input.email } : {}),
  };
  const description = settings.label ? `${settings.label}: ${input.description}`.slice(0, 255) : input.description;
  const items = input.items ?? [{ name: input.description, amount: input.amount }];
  return {
    payer: { default_payment_instrument: methods[0], allowed_payment_instruments: methods, contact },
    target: { type: 'ACCOUNT', goid: settings.goid },
    amount: input.amount,
    currency: 'CZK',
    order_number: key,
    order_description: description,
    items: items.map((item) => ({ ...item, count: 1 })),
    additional_params: [{ name: 'vs', value: input.variableSymbol }],
    callback: { return_url: input.returnUrl ?? settings.returnUrl, notification_url: settings.notificationUrl },
    lang: input.lang ?? settings.lang,
  };
}
