// What the simulated mojeID and Bank iD know about a person, in the words of each.
import { createHash } from 'node:crypto';
import type { Loa } from './config.ts';
import { profiles } from './profiles.ts';

/** Given by the world, so that everybody is the same person at each provider. */
export interface SimulatedPerson {
  readonly key: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly birthDate: string;
  readonly placeOfBirth: string;
  readonly street: string;
  readonly houseNumber: string;
  readonly orientationNumber?: string;
  readonly city: string;
  readonly postCode: string;
  readonly email?: string;
  readonly phone?: string;
  readonly loa: Loa;
  readonly note: string;
}

export type Words = Readonly<Record<string, unknown>>;

/** Stable per person and client, as pairwise subjects are. */
export function subjectOf(profile: string, clientId: string, person: SimulatedPerson): string {
  return createHash('sha256').update(`${profile}|${clientId}|${person.key}`).digest('hex').slice(0, 32);
}

/** The highest acr of the provider that the person's means reaches. */
export function acrOf(profile: 'mojeid' | 'bankid', person: SimulatedPerson): string {
  const order: readonly Loa[] = ['low', 'substantial', 'high'];
  const reached = Object.entries(profiles[profile].levels).filter(([, level]) => order.indexOf(level) <= order.indexOf(person.loa));
  return reached.toSorted(([, a], [, b]) => order.indexOf(b) - order.indexOf(a))[0]?.[0] ?? '';
}

export function userinfoOf(profile: 'mojeid' | 'bankid', person: SimulatedPerson): Words {
  const { givenName, familyName, birthDate, email, phone } = person;
  const common = { name: `${givenName} ${familyName}`, given_name: givenName, family_name: familyName };
  const contacts = { ...(email ? { email } : {}), ...(phone ? { phone_number: phone } : {}) };
  if (profile === 'bankid') return { ...common, ...contacts, birthdate: birthDate, txn: `txn-${person.key}` };
  return {
    ...common,
    ...contacts,
    ...(email ? { email_verified: true } : {}),
    birthdate: birthDate,
    mojeid_address_def_street: `${person.street} ${[person.houseNumber, person.orientationNumber].filter(Boolean).join('/')}`,
    mojeid_address_def_city: person.city,
    mojeid_address_def_postal_code: person.postCode,
    mojeid_address_def_country: 'CZ',
  };
}

/** Bank iD's /profile. The code of the address is made up: the town does not exist. */
export function bankProfileOf(person: SimulatedPerson): Words {
  return {
    birthplace: person.placeOfBirth,
    birthdate: person.birthDate,
    addresses: [
      {
        type: 'PERMANENT_RESIDENCE',
        street: person.street,
        buildingapartment: person.houseNumber,
        ...(person.orientationNumber ? { streetnumber: person.orientationNumber } : {}),
        city: person.city,
        zipcode: person.postCode,
        country: 'CZ',
        ruian_reference: String(99_900_000 + Number.parseInt(person.houseNumber, 10)),
      },
    ],
    updated_at: 1_767_225_600,
  };
}
