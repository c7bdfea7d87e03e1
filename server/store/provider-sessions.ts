// Sessions by what their provider calls them, for a logout that the provider began.
import type { Transaction } from './database.ts';

export interface ProviderSessions {
  readonly provider: string;
  readonly nameId: string;
  /** Empty = all of the person. */
  readonly sessionIndexes: readonly string[];
}

/** How many there were. */
export async function deleteProviderSessions(trx: Transaction, tenantId: number, which: ProviderSessions): Promise<number> {
  const sessions = trx('session')
    .where({ tenant_id: tenantId, kind: 'citizen' })
    .whereRaw(`detail ->> 'provider' = ? and detail ->> 'nameId' = ?`, [which.provider, which.nameId]);
  if (which.sessionIndexes.length > 0) void sessions.whereRaw(`detail ->> 'sessionIndex' = any(?)`, [[...which.sessionIndexes]]);
  return sessions.delete();
}
