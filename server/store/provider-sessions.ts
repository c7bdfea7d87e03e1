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

/** As OpenID Connect names them; with both the session must fit both. */
export type NamedSessions = ({ readonly kind: 'officer' } | { readonly kind: 'citizen'; readonly provider: string }) & {
  readonly sub?: string;
  readonly sid?: string;
};

/** How many there were. Throws RangeError when nothing is named: that would be everybody's. */
export async function deleteNamedSessions(trx: Transaction, tenantId: number, which: NamedSessions): Promise<number> {
  const { kind, sub, sid } = which;
  if (sub === undefined && sid === undefined) throw new RangeError('no session is named');
  const sessions = trx('session').where({ tenant_id: tenantId, kind });
  if (which.kind === 'citizen') void sessions.whereRaw(`detail ->> 'provider' = ?`, [which.provider]);
  if (sub !== undefined) void sessions.whereRaw(`detail ->> 'sub' = ?`, [sub]);
  if (sid !== undefined) void sessions.whereRaw(`detail ->> 'sid' = ?`, [sid]);
  return sessions.delete();
}
