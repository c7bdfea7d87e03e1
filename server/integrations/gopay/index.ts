// Connector to the GoPay payment gateway: founds payments, gives money back, reads their state. The state is always asked for, never believed from a notification.
import type { CheckResult, Connector, Gateway, GatewayPayment, GatewayState } from '../connector.ts';
import { OutsideFailure } from '../connector.ts';
import { createGopayClient } from './client.ts';
import type { GopayClient, GopayPayment, PaymentState, RefundState } from './client.ts';
import { gopayConfigSchema } from './config.ts';
import type { GopayConfig } from './config.ts';
import { createPayment } from './create-payment.ts';
import { refundPayment } from './refund-payment.ts';
import { transfersOn } from './transfers.ts';

export { gopayConfigSchema } from './config.ts';
export type { GopayConfig } from './config.ts';

export interface GopayConnector extends Connector {
  readonly gateway: Gateway;
}

/** Throws a ZodError on wrong configuration. */
export function createGopayConnector(config: GopayConfig, given: { readonly fetch?: typeof fetch } = {}): GopayConnector {
  const settings = gopayConfigSchema.parse(config);
  const client = createGopayClient(settings, given.fetch ?? fetch);
  return {
    name: 'gopay',
    effects: { 'gopay.create': createPayment(settings, client), 'gopay.refund': refundPayment(settings, client) },
    check: () => check(client),
    gateway: {
      heard: ({ query }) => idOf(query['id']),
      read: async (paymentId) => {
        if (idOf(paymentId) === undefined) return undefined;
        const answer = await client.read(paymentId);
        return 'value' in answer ? paymentOf(answer.value) : undefined;
      },
      readRefund: async (paymentId, refundId) => {
        const history = await client.refunds(paymentId);
        const found = 'value' in history ? history.value.find(({ id }) => id === refundId) : undefined;
        return found && refundStates[found.state];
      },
      transfers: (day) => transfersOn(client, day),
    },
  };
}

/** Ids of GoPay are digits; anything else comes from somebody playing with the hook. */
const idOf = (text: string | undefined): string | undefined => (/^\d{1,20}$/.test(text ?? '') ? text : undefined);

const states: Readonly<Record<PaymentState, GatewayState>> = {
  CREATED: 'open',
  PAYMENT_METHOD_CHOSEN: 'open',
  PAID: 'paid',
  AUTHORIZED: 'authorized',
  CANCELED: 'cancelled',
  TIMEOUTED: 'expired',
  REFUNDED: 'refunded',
  PARTIALLY_REFUNDED: 'part-refunded',
};
const refundStates: Readonly<Record<RefundState, 'finished' | 'accepted' | 'failed'>> = {
  SUCCESS: 'finished',
  REQUESTED: 'accepted',
  FAILED: 'failed',
};

/** The sub-state only says why, in words of GoPay's banks: kept for people, decides nothing. */
function paymentOf({ id, order_number, state, sub_state, amount, currency, payment_instrument }: GopayPayment): GatewayPayment {
  return {
    id,
    orderNumber: order_number,
    state: (states as Readonly<Record<string, GatewayState>>)[state] ?? 'unknown',
    remoteState: sub_state ? `${state} ${sub_state}` : state,
    amount,
    currency,
    method: payment_instrument ?? '',
  };
}

async function check(client: GopayClient): Promise<CheckResult> {
  try {
    await client.login();
    return { ok: true, text: 'Platební brána přijala přihlášení.' };
  } catch (error) {
    if (!(error instanceof OutsideFailure)) throw error;
    return { ok: false, text: error.message };
  }
}
