// A person's verified identity as forms are prefilled from it. Keys are what `prefill: identity.*` names.
import type { CitizenSession } from '../../people/sessions.ts';

export function identityOf(person: CitizenSession['person']): Readonly<Record<string, string>> {
  const a = person.address;
  const number = [a?.houseNumber, a?.orientationNumber].filter(Boolean).join('/');
  const street = [a?.street ?? a?.cityPart ?? a?.city, number].filter(Boolean).join(' ');
  const facts = {
    givenName: person.givenName,
    familyName: person.familyName,
    birthDate: person.birthDate,
    placeOfBirth: person.placeOfBirth,
    email: person.email,
    phone: person.phone,
    dataBox: person.dataBox,
    street: a?.street,
    houseNumber: number,
    city: a?.city,
    cityPart: a?.cityPart,
    postCode: a?.postCode,
    address: a ? [street, [a.postCode, a.city].filter(Boolean).join(' ')].filter(Boolean).join(', ') : undefined,
  };
  return Object.fromEntries(
    Object.entries(facts).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== ''),
  );
}
