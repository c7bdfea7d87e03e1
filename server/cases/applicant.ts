// The applicant as processes, letters and notifications see him.
import type { Transaction } from '../store/database.ts';
import type { Applicant } from './corridor.ts';

interface Address {
  readonly street?: string;
  readonly houseNumber?: string;
  readonly orientationNumber?: string;
  readonly cityPart?: string;
  readonly city?: string;
  readonly postCode?: string;
}

export async function applicantOf(trx: Transaction, tenantId: number, personId: string): Promise<Applicant | null> {
  const row = await trx('person')
    .where({ tenant_id: tenantId, id: personId })
    .first('id', 'given_name', 'family_name', 'birth_date', 'address', 'email', 'data_box', 'lang');
  if (!row) return null;
  return {
    id: row.id,
    givenName: row.given_name,
    familyName: row.family_name,
    birthDate: row.birth_date,
    address: addressLine(row.address),
    email: row.email,
    dataBox: row.data_box,
    lang: row.lang === 'en' ? 'en' : 'cs',
  };
}

/** `Dlouhá 12/3, 561 64 Lipová nad Orlicí`; null without an address. */
export function addressLine(address: Address | null): string | null {
  if (!address) return null;
  const number = [address.houseNumber, address.orientationNumber].filter(Boolean).join('/');
  const street = [address.street ?? address.cityPart ?? address.city, number].filter(Boolean).join(' ');
  const city = [address.postCode, address.city].filter(Boolean).join(' ');
  return [street, city].filter(Boolean).join(', ') || null;
}
