// Connector to the Comgate payment gateway (protocol 2.0), with the same face as any other. The state is always asked for, never believed from a notification.
import { timingSafeEqual } from 'node:crypto';
import { OutsideFailure } from '../connector.ts';
import type { CheckResult, Connector, Gateway, GatewayPayment, GatewayState } from '../connector.ts';
import { createComgateClient } from './client.ts';
import type { ComgateClient, ComgatePayment, PaymentState } from './client.ts';
import { comgateConfigSchema } from './config.ts';
import type { ComgateConfig } from './config.ts';
import { createPayment } from './create-payment.ts';
import { refundPayment } from './refund-payment.ts';
import { transfersOn } from './transfers.ts';

export { comgateConfigSchema } from './config.ts';
export type { ComgateConfig } from './config.ts';

export interface ComgateConnector extends Connector {
  readonly gateway: Gateway;
  /** Ends a payment that nobody has paid yet; false when it is too late for that. */
  cancel(paymentId: string): Promise<boolean>;
}

/** Throws a ZodError on wrong configuration. */
export function createComgateConnector(config: ComgateConfig, given: { readonly fetch?: typeof fetch } = {}): ComgateConnector {
  const settings = comgateConfigSchema.parse(config);
  const client = createComgateClient(settings, given.fetch ?? fetch);
  return {
    name: 'comgate',
    effects: { 'comgate.create': createPayment(settings, client), 'comgate.refund': refundPayment(settings, client) },
    check: () => check(client),
    cancel: async (paymentId) => 'value' in (await client.cancel(paymentId)),
    gateway: {
      heard: ({ form }) =>
        form['merchant'] === settings.merchant && isSame(form['secret'] ?? '', settings.secret) ? idOf(form['transId']) : undefined,
      read: async (paymentId) => {
        if (idOf(paymentId) === undefined) return undefined;
        const answer = await client.read(paymentId);
        return 'value' in answer ? paymentOf(answer.value) : undefined;
      },
      transfers: (day) => transfersOn(client, day),
    },
  };
}

/** `AB12-CD34-EF56`; anything else comes from somebody playing with the hook. */
const idOf = (text: string | undefined): string | undefined => (/^[A-Z0-9]{4}(-[A-Z0-9]{4}){1,4}$/i.test(text ?? '') ? text : undefined);

/** In a time that tells nothing about the secret but its length. */
function isSame(told: string, secret: string): boolean {
  const [a, b] = [Buffer.from(told), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const states: Readonly<Record<PaymentState, GatewayState>> = {
  PENDING: 'open',
  PAID: 'paid',
  CANCELLED: 'cancelled',
  AUTHORIZED: 'authorized',
};

function paymentOf({ transId, refId, status, price, curr, method }: ComgatePayment): GatewayPayment {
  return {
    id: transId,
    orderNumber: refId,
    state: (states as Readonly<Record<string, GatewayState>>)[status] ?? 'unknown',
    remoteState: status,
    amount: price,
    currency: curr,
    method: method ?? '',
  };
}

async function check(client: ComgateClient): Promise<CheckResult> {
  try {
    await client.login();
    return { ok: true, text: 'Platební brána přijala přihlášení.' };
  } catch (error) {
    if (!(error instanceof OutsideFailure)) throw error;
    return { ok: false, text: error.message };
  }
}
