// Returns by transfer are sent to the bank, where the town's bank takes payment orders; elsewhere a clerk makes them in internet banking.
import { ORDER_EFFECT, orderTransfers } from '../books/payment-orders.ts';
import { forEachTown, type Workshop } from './workshop.ts';

export function sendPaymentOrders(workshop: Workshop): Promise<number> {
  if (!workshop.connectors.some(({ effects }) => ORDER_EFFECT in effects)) return Promise.resolve(0);
  return forEachTown(workshop, async (tenantId) => {
    const { db, clock, poke, town } = workshop.corridor;
    const given = { name: town(tenantId).name, now: clock.now().toISOString() };
    const sent = await db.withTenant(tenantId, (trx) => orderTransfers(trx, tenantId, given));
    if (sent > 0) poke();
    return 0;
  });
}
