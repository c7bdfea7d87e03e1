// The applicant as officers see him in a case: who he is, where he can be written to, and that he cannot.
import type { OfficeCase } from '../contract/office.ts';
import { addressLine } from '../domain/address.ts';
import { fullName } from '../domain/representation.ts';
import { brokenAmong } from '../store/contacts.ts';
import { representationOfCase } from '../store/representations.ts';
import type { Transaction } from '../store/database.ts';
import type { CaseModel } from '../store/models.ts';

export async function applicantCard(trx: Transaction, tenantId: number, row: CaseModel): Promise<OfficeCase['applicantCard']> {
  const a = row.applicant;
  const email = row.contactEmail ?? a?.email ?? null;
  const [trouble] = await brokenAmong(trx, tenantId, email === null ? [] : [email]);
  return {
    name: a ? fullName(a) : '',
    ico: a?.ico ?? null,
    representative: row.representative ? fullName(row.representative) : null,
    representation: row.representative ? await rightOf(trx, tenantId, row.id) : null,
    birthDate: a?.birthDate ?? null,
    address: addressLine(a?.address),
    email,
    emailTrouble: trouble ? { since: trouble.since, reason: trouble.reason, permanent: trouble.permanent } : null,
    phone: a?.phone ?? null,
    dataBox: a?.dataBox ?? null,
  };
}

async function rightOf(trx: Transaction, tenantId: number, caseId: string): Promise<OfficeCase['applicantCard']['representation']> {
  const row = await representationOfCase(trx, tenantId, caseId);
  return row ? { id: row.id, evidence: row.evidence, file: row.evidenceName } : null;
}
