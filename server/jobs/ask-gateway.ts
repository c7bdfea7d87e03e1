// Card payments are asked about: at a notification, at the payer's return, and by time for those whose notification never came. A notification itself is never believed.
import { createHash } from 'node:crypto';
import { OutsideFailure } from '../integrations/connector.ts';
import { reach } from '../platform/crash-point.ts';
import { keepMessages } from '../store/inbox.ts';
import { openCardPayments, updateCardPayment } from '../store/money.ts';
import { forEachTown, type Workshop } from './workshop.ts';

const QUIET_MS = 15_000;
const BATCH = 10;

/** Asks the gateway for the state and keeps it in the inbox; each (payment, state) once. */
export async function askGateway(workshop: Workshop, tenantId: number, remoteId: string): Promise<void> {
  const found = await workshop.readCardPayment(remoteId);
  reach('gateway-asked');
  const id = createHash('sha256').update(`${found.id}/${found.state}`).digest('hex').slice(0, 40);
  const at = workshop.corridor.clock.now().toISOString();
  await workshop.corridor.db.withTenant(tenantId, (trx) =>
    keepMessages(trx, tenantId, 'gopay', [{ id, kind: 'card-payment', payload: { ...found }, files: [] }], at),
  );
  reach('gateway-kept');
  workshop.corridor.poke();
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
      try {
        await askGateway(workshop, tenantId, payment.remoteId);
      } catch (error) {
        if (!(error instanceof OutsideFailure)) throw error;
        workshop.log.warn({ code: error.code, cardPayment: payment.id }, 'gateway could not be asked');
      }
      await db.withTenant(tenantId, (trx) => updateCardPayment(trx, tenantId, payment.id, {}, now.toISOString()));
    }
    return 0;
  });
}
