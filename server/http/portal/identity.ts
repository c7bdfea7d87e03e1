// A person's verified identity as forms are prefilled from it. Keys are what `prefill: identity.*` names.
import { addressLine, houseNumbers, postCode } from '../../domain/address.ts';
import type { CitizenSession } from '../../people/sessions.ts';

export function identityOf({ person: self, acting }: Pick<CitizenSession, 'person' | 'acting'>): Readonly<Record<string, string>> {
  const person = acting?.principal ?? self;
  const company = person.ico === undefined ? {} : { companyName: person.familyName, ico: person.ico, familyName: undefined };
  const a = person.address;
  const facts = {
    givenName: person.givenName,
    familyName: person.familyName,
    birthDate: person.birthDate,
    placeOfBirth: person.placeOfBirth,
    // A company is written to where its representative reads.
    email: person.email ?? (person.ico === undefined ? null : self.email),
    phone: person.phone,
    dataBox: person.dataBox,
    street: a?.street,
    houseNumber: a ? houseNumbers(a) : undefined,
    city: a?.city,
    cityPart: a?.cityPart,
    postCode: postCode(a?.postCode),
    address: addressLine(a),
    addressCode: a?.ruian?.['adresniMistoKod'],
    ...company,
  };
  return Object.fromEntries(
    Object.entries(facts).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== ''),
  );
}
