// A person's verified identity as forms are prefilled from it. Keys are what `prefill: identity.*` names.
import { addressLine, houseNumbers, postCode } from '../../domain/address.ts';
import type { CitizenSession } from '../../people/sessions.ts';

export function identityOf(person: CitizenSession['person']): Readonly<Record<string, string>> {
  const a = person.address;
  const facts = {
    givenName: person.givenName,
    familyName: person.familyName,
    birthDate: person.birthDate,
    placeOfBirth: person.placeOfBirth,
    email: person.email,
    phone: person.phone,
    dataBox: person.dataBox,
    street: a?.street,
    houseNumber: a ? houseNumbers(a) : undefined,
    city: a?.city,
    cityPart: a?.cityPart,
    postCode: postCode(a?.postCode),
    address: addressLine(a),
  };
  return Object.fromEntries(
    Object.entries(facts).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== ''),
  );
}
