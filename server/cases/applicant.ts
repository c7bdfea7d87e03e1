// The applicant as processes, letters and notifications see him.
import { addressLine } from '../domain/address.ts';
import type { Transaction } from '../store/database.ts';
import { personOfCase, type PersonOfCase } from '../store/people.ts';
import type { Applicant } from './corridor.ts';

/** `contactEmail`: what he wrote in the form goes before the address of his identity. */
export async function applicantOf(
  trx: Transaction,
  tenantId: number,
  personId: string,
  contactEmail: string | null,
): Promise<Applicant | null> {
  const row = await personOfCase(trx, tenantId, personId);
  return row ? applicantFrom(row, contactEmail) : null;
}

export function applicantFrom(row: PersonOfCase, contactEmail: string | null): Applicant {
  return {
    id: row.id,
    givenName: row.given_name,
    familyName: row.family_name,
    birthDate: row.birth_date,
    address: addressLine(row.address),
    email: contactEmail ?? row.email,
    dataBox: row.data_box,
    lang: row.lang === 'en' ? 'en' : 'cs',
  };
}
