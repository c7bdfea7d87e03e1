// Effect `comgate.create`: a payment is founded at the gateway and the payer gets its address. Not pre-authorised, not recurring.
// Comgate cannot be asked by our reference, so there is no `find`: an orphan of a lost answer cannot be paid by anybody and is cancelled by Comgate.
import type { Effect } from '../connector.ts';
import { createInputSchema, createOutputSchema } from '../gateway-effects.ts';
import type { CreateInput, CreateOutput } from '../gateway-effects.ts';
import type { ComgateClient } from './client.ts';
import type { ComgateSettings } from './config.ts';

const LONGEST_LABEL = 16;

export function createPayment(settings: ComgateSettings, client: ComgateClient): Effect<CreateInput, CreateOutput> {
  return {
    input: createInputSchema,
    output: createOutputSchema,
    timeoutMs: settings.timeoutMs * 2,
    perform: async (key, input) => {
      const answer = await client.create(paymentOf(settings, key, input));
      if ('refused' in answer)
        return { refused: { code: 'payment-refused', reason: `Platební brána platbu nezaložila (${answer.refused}).` } };
      return { done: { paymentId: answer.value.transId, gatewayUrl: answer.value.redirect } };
    },
  };
}

function paymentOf(settings: ComgateSettings, key: string, input: CreateInput): unknown {
  const name = [input.firstName, input.lastName].filter(Boolean).join(' ');
  const back = input.returnUrl ?? settings.returnUrl;
  return {
    price: input.amount,
    curr: 'CZK',
    label: (settings.label ?? input.description).slice(0, LONGEST_LABEL),
    name: input.description,
    refId: key,
    email: input.email ?? settings.payerEmail ?? '',
    ...(name ? { fullName: name } : {}),
    method: (settings.methods ?? ['ALL']).join('+'),
    prepareOnly: 'true',
    preauth: 'false',
    test: String(settings.test),
    country: 'CZ',
    lang: (input.lang ?? settings.lang).toLowerCase(),
    url_paid: back,
    url_cancelled: back,
    url_pending: back,
  };
}
