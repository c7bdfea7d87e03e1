// Cases hear that a due day of theirs has passed without the money: `po-splatnosti`, once for a due day.
import { tellOverdue } from '../books/index.ts';
import { forEachTown, type Workshop } from './workshop.ts';

export function tellCasesOverdue(workshop: Workshop): Promise<number> {
  return forEachTown(workshop, async (tenantId) => {
    const { db, clock, poke } = workshop.corridor;
    const told = await db.withTenant(tenantId, (trx) => tellOverdue(trx, tenantId, { now: clock.now().toISOString() }));
    if (told > 0) poke();
    return told;
  });
}
