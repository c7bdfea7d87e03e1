// Asks each part of the outside every few minutes whether it works, so that administrators see trouble before citizens do. Decides nothing.
import { connectorChecks, forgetChecks, noteCheck } from '../store/town-connectors.ts';
import { forEachTown, type Workshop } from './workshop.ts';

/** Pauses between two questions. Pokes wake the loop much more often. */
const EVERY_MS = 5 * 60_000;

export function checkConnectors(workshop: Workshop): Promise<number> {
  const { checks } = workshop;
  if (!checks) return Promise.resolve(0);
  return forEachTown(workshop, async (tenantId) => {
    const { db, clock } = workshop.corridor;
    const wanted = checks();
    const known = await db.withTenant(tenantId, (trx) => connectorChecks(trx, tenantId));
    const left = known.filter(({ connector }) => !wanted.some((one) => one.connector === connector));
    if (left.length > 0)
      await db.withTenant(tenantId, (trx) =>
        forgetChecks(
          trx,
          tenantId,
          wanted.map(({ connector }) => connector),
        ),
      );
    for (const { connector, run } of wanted) {
      const before = known.find((one) => one.connector === connector);
      if (before && clock.now().getTime() - before.checkedAt.getTime() < EVERY_MS) continue;
      const { ok, text } = await run();
      if (before?.isOk !== ok) workshop.log[ok ? 'info' : 'warn']({ connector, text }, ok ? 'connector works' : 'connector does not work');
      await db.withTenant(tenantId, (trx) => noteCheck(trx, tenantId, { connector, isOk: ok, text, at: clock.now().toISOString() }));
    }
    return 0;
  });
}
