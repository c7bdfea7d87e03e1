// On whose behalf a session acts. Looked up anew with every request, so that an end or a revocation counts at once.
import { isInForce, type RepresentationKind, type Scope } from '../domain/representation.ts';
import type { Transaction } from '../store/database.ts';
import { findPerson, type PersonRow } from '../store/people.ts';
import { representationById, type RepresentationRow } from '../store/representations.ts';
import type { SessionRow } from '../store/sessions.ts';

export interface Acting {
  readonly representationId: string;
  readonly principal: PersonRow;
  readonly kind: RepresentationKind;
  readonly scope: Scope;
  readonly mayGrant: boolean;
  /** Last day; null = until revoked. */
  readonly validTo: string | null;
  /** It is over: the person must choose anew on whose behalf to go on, nothing is done silently for somebody else. */
  readonly ended: boolean;
}

type BySession = Pick<SessionRow, 'ownerId' | 'actingFor' | 'dataBox'>;

/** @throws Error when the row is gone, which the database does not allow */
export async function actingOf(trx: Transaction, tenantId: number, session: BySession, today: string): Promise<Acting> {
  const row = await representationById(trx, tenantId, session.actingFor ?? '');
  const principal = row && (await findPerson(trx, tenantId, row.principalId));
  if (!row || !principal) throw new Error('representation of a session is gone');
  const { id, kind, situations, acts, mayGrant, validTo } = row;
  return {
    representationId: id,
    principal,
    kind,
    scope: { situations, acts },
    mayGrant,
    validTo,
    ended: !mayUse(row, session, today),
  };
}

/** May this session act under it now? What came through a company's box counts only in a session that came through that box. */
export const mayUse = (row: RepresentationRow, session: Omit<BySession, 'actingFor'>, today: string): boolean =>
  row.representativeId === session.ownerId && isInForce(row, today) && (row.kind !== 'data-box' || row.dataBox === session.dataBox);
