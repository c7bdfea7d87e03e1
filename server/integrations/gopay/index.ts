// Connector to the GoPay payment gateway: founds payments and reads their state. The state is always asked for, never believed from a notification.
import type { CheckResult, Connector, InboxMessage } from '../connector.ts';
import { OutsideFailure } from '../connector.ts';
import { createGopayClient } from './client.ts';
import type { GopayClient, GopayPayment, PaymentState } from './client.ts';
import { gopayConfigSchema } from './config.ts';
import type { GopayConfig } from './config.ts';
import { createPayment } from './create-payment.ts';

export { gopayConfigSchema } from './config.ts';
export type { GopayConfig } from './config.ts';
export type { GopayPayment, PaymentState } from './client.ts';
export type { CreatePaymentInput, CreatePaymentOutput } from './create-payment.ts';

/** Payload of `card-payment`. */
export interface CardPayment {
  readonly id: string;
  /** Key of the effect that founded it. */
  readonly orderNumber: string;
  readonly state: PaymentState;
  /** Whole haléře. */
  readonly amount: number;
  readonly currency: string;
}

export interface GopayConnector extends Connector {
  /** For the notification hook, the payer's return and the polling of open payments. Undefined when GoPay knows no such payment. */
  fetchPayment(id: string): Promise<InboxMessage | undefined>;
  /** `amount` in haléře; true when GoPay has done it or will. */
  refund(id: string, amount: number): Promise<boolean>;
}

/** Throws a ZodError on wrong configuration. */
export function createGopayConnector(config: GopayConfig, given: { readonly fetch?: typeof fetch } = {}): GopayConnector {
  const settings = gopayConfigSchema.parse(config);
  const client = createGopayClient(settings, given.fetch ?? fetch);
  return {
    name: 'gopay',
    effects: { 'gopay.create': createPayment(settings, client) },
    check: () => check(client),
    fetchPayment: async (id) => {
      // Ids of GoPay are digits; anything else comes from somebody playing with the hook.
      if (!/^\d{1,20}$/.test(id)) return undefined;
      const answer = await client.read(id);
      return 'value' in answer ? messageOf(answer.value) : undefined;
    },
    refund: async (id, amount) => {
      const answer = await client.refund(id, amount);
      return 'value' in answer && answer.value !== 'FAILED';
    },
  };
}

/** The state is part of the id: a payment first seen CREATED and later PAID is two messages, the same state twice is one. */
function messageOf(payment: GopayPayment): InboxMessage {
  const payload: CardPayment = {
    id: payment.id,
    orderNumber: payment.order_number,
    state: payment.state,
    amount: payment.amount,
    currency: payment.currency,
  };
  return { id: `payment:${payment.id}:${payment.state}`, kind: 'card-payment', payload };
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
