// Once an hour the newest hashes of all cases of a town are digested and signed, so that even a cut tail of a journal is found.
import { reach } from '../platform/crash-point.ts';
import { insertHead, journalDigest, newestHeadAt } from '../store/journal.ts';
import { forEachTown, type Workshop } from './workshop.ts';

const HOUR_MS = 3_600_000;

export function signJournal(workshop: Workshop): Promise<number> {
  return forEachTown(workshop, (tenantId) =>
    workshop.corridor.db.withTenant(tenantId, async (trx) => {
      const now = workshop.corridor.clock.now();
      const newest = await newestHeadAt(trx, tenantId);
      if (newest !== undefined && now.getTime() - Date.parse(newest) < HOUR_MS) return 0;
      const { cases, digest } = await journalDigest(trx, tenantId);
      const at = now.toISOString();
      await insertHead(trx, tenantId, { at, cases, digest, ...workshop.signHead(`${tenantId}/${at}/${cases}/${digest}`) });
      reach('head-signed');
      return 0;
    }),
  );
}
