// Cases that still belong to a record which was joined to another one.
import type { Transaction } from './database.ts';

export interface CaseToTakeOver {
  readonly caseId: string;
  readonly from: string;
  readonly to: string;
}

export async function casesOfMergedPeople(trx: Transaction, tenantId: number, limit: number): Promise<readonly CaseToTakeOver[]> {
  const { rows } = await trx.raw<{ rows: CaseToTakeOver[] }>(
    `select c.id as "caseId", p.id as "from", p.merged_into as "to" from person p join cases c on c.tenant_id = p.tenant_id and c.applicant_id = p.id
      where p.tenant_id = :t and p.merged_into is not null order by c.id limit :limit`,
    { t: tenantId, limit },
  );
  return rows;
}

export async function setApplicant(trx: Transaction, tenantId: number, caseId: string, personId: string): Promise<void> {
  await trx('cases').where({ tenant_id: tenantId, id: caseId }).update({ applicant_id: personId });
}
