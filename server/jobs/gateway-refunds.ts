// Returns of money through gateways: sent when the books have ordered them, and asked about when a gateway has only accepted them.
import { endRefund, sendRefunds } from '../books/gateways/refunds.ts';
import { acceptedRefunds, updateGatewayRefund, type AcceptedRefund } from '../store/gateway-refunds.ts';
import { gatewayOf, orWarn } from './ask-gateway.ts';
import { forEachTown, type Workshop } from './workshop.ts';

const QUIET_MS = 30_000;
const BATCH = 10;

export function sendGatewayRefunds(workshop: Workshop): Promise<number> {
  return forEachTown(workshop, async (tenantId) => {
    const { db, clock, poke } = workshop.corridor;
    const sent = await db.withTenant(tenantId, (trx) => sendRefunds(trx, tenantId, { now: clock.now().toISOString() }));
    if (sent > 0) poke();
    return sent;
  });
}

export function askAboutRefunds(workshop: Workshop): Promise<number> {
  return forEachTown(workshop, async (tenantId) => {
    const { db, clock } = workshop.corridor;
    const before = new Date(clock.now().getTime() - QUIET_MS).toISOString();
    const quiet = await db.withTenant(tenantId, (trx) => acceptedRefunds(trx, tenantId, before, BATCH));
    for (const refund of quiet) await orWarn(workshop, () => askAboutOne(workshop, tenantId, refund), { refund: refund.refundId });
    return 0;
  });
}

async function askAboutOne(workshop: Workshop, tenantId: number, refund: AcceptedRefund): Promise<void> {
  const { refundId, gateway, paymentRemoteId, remoteId } = refund;
  const now = workshop.corridor.clock.now().toISOString();
  const state = await gatewayOf(workshop, gateway).readRefund?.(paymentRemoteId, remoteId);
  await workshop.corridor.db.withTenant(tenantId, async (trx) => {
    if (state === 'finished' || state === 'failed') await endRefund(trx, tenantId, { refundId, end: state, reason: '', now });
    else await updateGatewayRefund(trx, tenantId, refundId, { at: now });
  });
}
