// Acts on many cases, a few at a time: paused between any two cases, and after a crash it goes on where it stopped.
import { REVERT_MS } from '../cases/commands/migrate.ts';
import { carryItem } from '../cases/carry-item.ts';
import { reach } from '../platform/crash-point.ts';
import { claimItems, closeFinished } from '../store/batches.ts';
import { forgetOld } from '../store/migrations-of-cases.ts';
import { forEachTown, type Workshop } from './workshop.ts';

const AT_ONCE = 10;
/** An item that a dead worker held is taken over after this. */
const LEASE_MS = 10_000;

export function runBatches(workshop: Workshop): Promise<number> {
  return forEachTown(workshop, async (tenantId) => {
    const { corridor, log } = workshop;
    const items = await corridor.db.withTenant(tenantId, (trx) => claimItems(trx, tenantId, AT_ONCE, LEASE_MS));
    let done = 0;
    for (const item of items) {
      reach('claimed:batch-item');
      try {
        await carryItem(corridor, tenantId, item);
        done += 1;
      } catch (error) {
        log.error({ err: error, batch: item.batchId, caseId: item.caseId }, 'item of a batch failed; tried again when its lease ends');
      }
      reach('recorded:batch-item');
    }
    if (items.length > 0) await corridor.db.withTenant(tenantId, (trx) => closeFinished(trx, tenantId, corridor.clock.now().toISOString()));
    return done;
  });
}

/** Images of cases before their migration that nobody can use any more. */
export function forgetImages(workshop: Workshop): Promise<number> {
  return forEachTown(workshop, (tenantId) => {
    const before = new Date(workshop.corridor.clock.now().getTime() - REVERT_MS).toISOString();
    return workshop.corridor.db.withTenant(tenantId, (trx) => forgetOld(trx, tenantId, before));
  });
}
