// The applicant as processes, letters and notifications see him.
import { addressLine } from '../domain/address.ts';
import type { Transaction } from '../store/database.ts';
import { personOfCase, type PersonOfCase } from '../store/people.ts';
import type { Applicant } from './corridor.ts';

/**
 * `contactEmail`: what he wrote in this very form is where he wants to be written to in this case (§ 19 odst. 4 zákona č. 500/2004 Sb.); without it, or
 * when mail comes back from there, the e-mail that he has confirmed. What an identity provider says about his e-mail is only a prefill.
 */
export async function applicantOf(
  trx: Transaction,
  tenantId: number,
  personId: string,
  contactEmail: string | null,
): Promise<Applicant | null> {
  const row = await personOfCase(trx, tenantId, personId, contactEmail);
  return row ? applicantFrom(row, contactEmail) : null;
}

export function applicantFrom(row: PersonOfCase, contactEmail: string | null): Applicant {
  return {
    id: row.id,
    givenName: row.given_name,
    familyName: row.family_name,
    birthDate: row.birth_date,
    address: addressLine(row.address),
    ico: row.ico,
    email: (row.contactBroken ? null : contactEmail) ?? row.confirmed?.email ?? null,
    phone: row.confirmed?.sms ?? null,
    dataBox: row.data_box,
    wishes: wishesOf(row.wishes),
    lang: row.lang === 'en' ? 'en' : 'cs',
  };
}

function wishesOf(kept: PersonOfCase['wishes']): Applicant['wishes'] {
  const entries = Object.entries(kept ?? {}).map(([kind, [byEmail, bySms, byDataBox]]) => [kind, { byEmail, bySms, byDataBox }]);
  return Object.fromEntries(entries) as Applicant['wishes'];
}
