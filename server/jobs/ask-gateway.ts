// Payments at gateways are asked about: at a notification, at the payer's return, and by time for those whose notification never came. A notification itself is never believed.
import { createHash } from 'node:crypto';
import { OutsideFailure, type Gateway, type GatewayNotification } from '../integrations/connector.ts';
import { reach } from '../platform/crash-point.ts';
import { openCardPayments, updateCardPayment } from '../store/card-payments.ts';
import { keepMessages } from '../store/inbox.ts';
import { forEachTown, type Workshop } from './workshop.ts';

const QUIET_MS = 15_000;
const BATCH = 10;

/** Asks a gateway how a payment stands and keeps the answer in the inbox; each answer once. Throws OutsideFailure `payment-unknown`. */
export async function askGateway(workshop: Workshop, tenantId: number, gateway: string, remoteId: string): Promise<void> {
  const found = await gatewayOf(workshop, gateway).read(remoteId);
  if (!found) throw new OutsideFailure('payment-unknown', 'Platební brána tuto platbu nezná.', { retryable: false });
  reach('gateway-asked');
  const said = [gateway, found.id, found.state, found.amount, found.currency, found.orderNumber];
  const id = createHash('sha256').update(said.join('/')).digest('hex').slice(0, 40);
  const at = workshop.corridor.clock.now().toISOString();
  await workshop.corridor.db.withTenant(tenantId, (trx) =>
    keepMessages(trx, tenantId, gateway, [{ id, kind: 'card-payment', payload: { gateway, ...found }, files: [] }], at),
  );
  reach('gateway-kept');
  workshop.corridor.poke();
}

/** False when the notification is none of the gateway's: nobody is asked then. */
export async function hearGateway(
  workshop: Workshop,
  tenantId: number,
  given: { readonly gateway: string; readonly notification: GatewayNotification },
): Promise<boolean> {
  const remoteId = gatewayOf(workshop, given.gateway).heard(given.notification);
  if (remoteId === undefined) return false;
  await askGateway(workshop, tenantId, given.gateway, remoteId);
  return true;
}

/** Payments that have been quiet for a while. */
export function askAboutOpenPayments(workshop: Workshop): Promise<number> {
  return forEachTown(workshop, async (tenantId) => {
    const { db, clock } = workshop.corridor;
    const now = clock.now();
    const quiet = await db.withTenant(tenantId, (trx) =>
      openCardPayments(trx, tenantId, new Date(now.getTime() - QUIET_MS).toISOString(), BATCH),
    );
    for (const payment of quiet) {
      if (payment.remoteId === null) continue;
      await orWarn(workshop, () => askGateway(workshop, tenantId, payment.gateway, payment.remoteId ?? ''), { cardPayment: payment.id });
      await db.withTenant(tenantId, (trx) => updateCardPayment(trx, tenantId, payment.id, {}, now.toISOString()));
    }
    return 0;
  });
}

/** Throws OutsideFailure `no-such-gateway` for one that this town has not (any more). */
export function gatewayOf({ connectors }: Workshop, name: string): Gateway {
  const found = connectors.find((connector) => connector.name === name)?.gateway;
  if (!found) throw new OutsideFailure('no-such-gateway', `Platební bránu „${name}“ toto město nemá.`, { retryable: false });
  return found;
}

/** A gateway that does not answer now is asked again later. */
export async function orWarn(workshop: Workshop, work: () => Promise<void>, about: Readonly<Record<string, string>>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof OutsideFailure)) throw error;
    workshop.log.warn({ code: error.code, ...about }, 'gateway could not be asked');
  }
}
