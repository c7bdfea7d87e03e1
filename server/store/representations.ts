// Who may act for whom, and mandates that wait for their holder. Rows of representation are never deleted: they are evidence.
import type { Act, RepresentationKind } from '../domain/representation.ts';
import type { Transaction } from './database.ts';
import { fromRow } from './row.ts';

export interface RepresentationRow {
  readonly id: string;
  readonly principalId: string;
  readonly representativeId: string;
  readonly kind: RepresentationKind;
  readonly situations: readonly string[] | null;
  readonly acts: readonly Act[];
  readonly mayGrant: boolean;
  /** Legal days; `validTo` is the last one. */
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly evidence: string;
  readonly caseId: string | null;
  /** The file that proves it; stays after the end. */
  readonly evidenceId: string | null;
  readonly dataBox: string | null;
  /** `person:<id>`, `officer:<id>` or `isds`. */
  readonly grantedBy: string;
  readonly grantedAt: string;
  readonly revokedAt: string | null;
  readonly revokedBy: string | null;
}
export type NewRepresentation = Omit<RepresentationRow, 'revokedAt' | 'revokedBy' | 'evidenceId'> & { readonly evidenceId?: string | null };

/** With the names of both, for lists. */
export interface NamedRepresentation extends RepresentationRow {
  readonly principalName: string;
  readonly principalKind: 'person' | 'company';
  readonly principalIco: string | null;
  readonly representativeName: string;
  readonly evidenceName: string | null;
}

export async function insertRepresentation(trx: Transaction, tenantId: number, row: NewRepresentation): Promise<void> {
  await trx('representation').insert({
    tenant_id: tenantId,
    id: row.id,
    principal_id: row.principalId,
    representative_id: row.representativeId,
    kind: row.kind,
    situations: row.situations,
    acts: row.acts,
    may_grant: row.mayGrant,
    valid_from: row.validFrom,
    valid_to: row.validTo,
    evidence: row.evidence,
    case_id: row.caseId,
    evidence_id: row.evidenceId ?? null,
    data_box: row.dataBox,
    granted_by: row.grantedBy,
    granted_at: row.grantedAt,
  });
}

export async function representationById(trx: Transaction, tenantId: number, id: string): Promise<RepresentationRow | undefined> {
  const row = await trx('representation').where({ tenant_id: tenantId, id }).first();
  return row && fromRow<RepresentationRow>(row);
}

/** By what right the case was filed for its applicant. */
export async function representationOfCase(trx: Transaction, tenantId: number, caseId: string): Promise<NamedRepresentation | undefined> {
  const where = 'r.tenant_id = :t and r.id = (select representation_id from cases where tenant_id = :t and id = :case)';
  return (await named(trx, where, { t: tenantId, case: caseId }))[0];
}

/** The one that a login through a company's box keeps; used anew at each such login. */
export async function boxRepresentation(
  trx: Transaction,
  tenantId: number,
  { principalId, representativeId }: Pick<RepresentationRow, 'principalId' | 'representativeId'>,
): Promise<RepresentationRow | undefined> {
  const row = await trx('representation')
    .where({ tenant_id: tenantId, principal_id: principalId, representative_id: representativeId, kind: 'data-box' })
    .whereNull('revoked_at')
    .forUpdate()
    .first();
  return row && fromRow<RepresentationRow>(row);
}

export type Revocation = { readonly at: string; readonly by: string };

/** False when it is over already. */
export async function revokeRepresentation(trx: Transaction, tenantId: number, id: string, { at, by }: Revocation): Promise<boolean> {
  const count = await trx('representation')
    .where({ tenant_id: tenantId, id })
    .whereNull('revoked_at')
    .update({ revoked_at: at, revoked_by: by });
  return count === 1;
}

/** Those in which the person stands on either side, newest first. */
export async function representationsOf(trx: Transaction, tenantId: number, personId: string): Promise<readonly NamedRepresentation[]> {
  return named(trx, 'r.tenant_id = :t and (r.principal_id = :person or r.representative_id = :person)', { t: tenantId, person: personId });
}

/** Newest first; `q` is looked for in both names and in the IČO. */
export async function findRepresentations(trx: Transaction, tenantId: number, q: string): Promise<readonly NamedRepresentation[]> {
  const like = `%${q.trim().replace(/[\\%_]/g, '\\$&')}%`;
  const names = `(concat_ws(' ', p.given_name, p.family_name) ilike :like or concat_ws(' ', h.given_name, h.family_name) ilike :like or p.ico like :like)`;
  return named(trx, `r.tenant_id = :t and ${names}`, { t: tenantId, like });
}

async function named(
  trx: Transaction,
  where: string,
  values: Readonly<Record<string, string | number>>,
): Promise<readonly NamedRepresentation[]> {
  const { rows } = await trx.raw<{ rows: object[] }>(
    `select r.*, trim(p.given_name || ' ' || p.family_name) as principal_name, p.kind as principal_kind, p.ico as principal_ico,
            trim(h.given_name || ' ' || h.family_name) as representative_name, e.name as evidence_name
       from representation r join person p on p.tenant_id = r.tenant_id and p.id = r.principal_id
       join person h on h.tenant_id = r.tenant_id and h.id = r.representative_id
       left join representation_evidence e on e.tenant_id = r.tenant_id and e.id = r.evidence_id
      where ${where} order by r.granted_at desc, r.id limit 200`,
    values,
  );
  return rows.map((row) => fromRow<NamedRepresentation>(row));
}

/** After two records of one human being became one: what was given to him or by him. What would make him his own representative ends. */
export async function moveRepresentations(
  trx: Transaction,
  tenantId: number,
  { from, to, at }: { readonly from: string; readonly to: string; readonly at: string },
): Promise<void> {
  const own = trx('representation').where({ tenant_id: tenantId }).whereNull('revoked_at');
  const pairs = own.clone().where((q) => {
    void q.where({ principal_id: from, representative_id: to }).orWhere({ principal_id: to, representative_id: from });
  });
  await pairs.update({ revoked_at: at, revoked_by: 'system' });
  await own.clone().where({ representative_id: from, kind: 'data-box' }).update({ revoked_at: at, revoked_by: 'system' });
  await own.clone().where({ representative_id: from }).update({ representative_id: to });
  await own.clone().where({ principal_id: from }).update({ principal_id: to });
  await trx('representation_invitation').where({ tenant_id: tenantId, principal_id: from }).update({ principal_id: to });
}
