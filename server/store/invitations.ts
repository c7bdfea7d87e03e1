// Mandates that wait for their holder. The code itself is never stored, only its hash.
import type { Act, RepresentationKind } from '../domain/representation.ts';
import type { Transaction } from './database.ts';
import { fromRow } from './row.ts';

export interface InvitationRow {
  readonly id: string;
  readonly codeHash: string;
  readonly principalId: string;
  readonly kind: Exclude<RepresentationKind, 'data-box'>;
  readonly situations: readonly string[] | null;
  readonly acts: readonly Act[];
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly evidence: string;
  readonly caseId: string | null;
  /** The file that proves it. */
  readonly evidenceId: string | null;
  readonly grantedBy: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly usedAt: string | null;
  readonly withdrawnAt: string | null;
}

export async function insertInvitation(
  trx: Transaction,
  tenantId: number,
  row: Omit<InvitationRow, 'usedAt' | 'withdrawnAt' | 'evidenceId'>,
): Promise<void> {
  await trx('representation_invitation').insert({
    tenant_id: tenantId,
    id: row.id,
    code_hash: row.codeHash,
    principal_id: row.principalId,
    kind: row.kind,
    situations: row.situations,
    acts: row.acts,
    valid_from: row.validFrom,
    valid_to: row.validTo,
    evidence: row.evidence,
    case_id: row.caseId,
    granted_by: row.grantedBy,
    created_at: row.createdAt,
    expires_at: row.expiresAt,
  });
}

/** By the hash of its code, used or not; locked, so that it cannot be accepted twice at once. */
export async function invitationByCode(trx: Transaction, tenantId: number, codeHash: string): Promise<InvitationRow | undefined> {
  const row = await trx('representation_invitation').where({ tenant_id: tenantId, code_hash: codeHash }).forUpdate().first();
  return row && fromRow<InvitationRow>(row);
}

/** Locked, so that it is not accepted while something is written to it. */
export async function invitationById(trx: Transaction, tenantId: number, id: string): Promise<InvitationRow | undefined> {
  const row = await trx('representation_invitation').where({ tenant_id: tenantId, id }).forUpdate().first();
  return row && fromRow<InvitationRow>(row);
}

/** Neither accepted, nor withdrawn, nor past its day. */
export async function openInvitations(
  trx: Transaction,
  tenantId: number,
  principalId: string,
  now: string,
): Promise<readonly InvitationRow[]> {
  const rows = await trx('representation_invitation')
    .where({ tenant_id: tenantId, principal_id: principalId })
    .whereNull('used_at')
    .whereNull('withdrawn_at')
    .where('expires_at', '>', now)
    .orderBy('created_at', 'desc')
    .limit(50);
  return rows.map((row: object) => fromRow<InvitationRow>(row));
}

export async function markInvitationUsed(trx: Transaction, tenantId: number, id: string, at: string): Promise<void> {
  await trx('representation_invitation').where({ tenant_id: tenantId, id }).update({ used_at: at });
}

/** False when there is none of this principal that still waits. */
export async function withdrawInvitation(
  trx: Transaction,
  tenantId: number,
  { id, principalId, at }: { readonly id: string; readonly principalId: string; readonly at: string },
): Promise<boolean> {
  const count = await trx('representation_invitation')
    .where({ tenant_id: tenantId, id, principal_id: principalId })
    .whereNull('used_at')
    .whereNull('withdrawn_at')
    .update({ withdrawn_at: at });
  return count === 1;
}
