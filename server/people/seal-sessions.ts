// Once at the start: tokens that a former version left open in the rows of running sessions are sealed. Nobody is logged out by it.
import type { TokenSeal } from '../platform/token-seal.ts';
import type { Database } from '../store/database.ts';
import { openTokenRows, sealRow } from '../store/officer-sessions.ts';
import { sealTokens } from '../store/session-tokens.ts';

/** How many there were. */
export function sealOpenSessions(db: Database, tenantId: number, seal: TokenSeal): Promise<number> {
  return db.withTenant(tenantId, async (trx) => {
    const rows = await openTokenRows(trx, tenantId);
    for (const { idHash, kind, createdAt, detail } of rows)
      await sealRow(trx, tenantId, { idHash, ...sealTokens(seal, { tenantId, kind, createdAt }, detail) });
    return rows.length;
  });
}
