// A citizen at the door: known by the pseudonym of an identity provider, made silently at the first login.
import { newId } from '../platform/ids.ts';
import type { Transaction } from '../store/database.ts';
import { findPersonByIdentity, insertIdentity, insertPerson, touchIdentity, updatePerson } from '../store/people.ts';
import type { Loa, PersonAddress, PersonRow } from '../store/people.ts';
import { identitiesOf } from '../store/identities.ts';
import { asWritten } from './names.ts';

export type { Loa } from '../store/people.ts';

/** What a provider says about the person who has just logged in. */
export interface CitizenIdentity {
  /** Pseudonym, stable for this town. */
  readonly subject: string;
  readonly givenName: string;
  readonly familyName: string;
  /** Absent where the provider does not know it, e.g. a login through a data box. */
  readonly birthDate?: string;
  readonly loa: Loa;
  readonly placeOfBirth?: string;
  readonly address?: Omit<PersonAddress, 'ruian'>;
  readonly ruian?: Readonly<Partial<Record<string, string>>>;
  readonly email?: string;
  readonly phone?: string;
  /** The data box through which the person came, and whose it is. */
  readonly dataBox?: BoxOfLogin;
}

export interface BoxOfLogin {
  readonly id: string;
  /** `FO`, `PFO`, `PO`, `OVM` …, as ISDS calls it. */
  readonly type: string;
  /** IČO and name of the company, where the box is not a natural person's. */
  readonly ico?: string;
  readonly firmName?: string;
  /** As ISDS calls it: `PRIMARY_USER`, `ENTRUSTED_USER`, `ADMINISTRATOR` … */
  readonly userType?: string;
}

/** Creates or updates. A later login refreshes what the provider told; what it leaves out stays as it was. */
export async function recogniseCitizen(
  trx: Transaction,
  tenantId: number,
  provider: string,
  identity: CitizenIdentity,
  now: Date,
): Promise<PersonRow> {
  const known = await findPersonByIdentity(trx, tenantId, provider, identity.subject);
  if (known) return refresh(trx, tenantId, known, provider, identity, now);
  const person = described(newPerson(newId(now)), identity);
  await insertPerson(trx, tenantId, person, now);
  const link = { provider, subject: identity.subject, personId: person.id, loa: identity.loa };
  if (await insertIdentity(trx, tenantId, link, now)) return person;
  // The same person logged in twice at once and the other was first; this transaction starts again and finds them.
  throw Object.assign(new Error('identity was linked meanwhile'), { code: '40001' });
}

async function refresh(
  trx: Transaction,
  tenantId: number,
  known: PersonRow,
  provider: string,
  identity: CitizenIdentity,
  now: Date,
): Promise<PersonRow> {
  const linked = await identitiesOf(trx, tenantId, known.id);
  const best = Math.max(...linked.map(authorityOf));
  const person = filledFrom(known, identity, authorityOf({ provider, loa: identity.loa }) >= best);
  await updatePerson(trx, tenantId, person, now);
  await touchIdentity(trx, tenantId, { provider, subject: identity.subject, personId: known.id, loa: identity.loa }, now);
  return person;
}

/** NIA answers from the base registers (§ 20 zákona č. 250/2017 Sb.); among the others the level of assurance decides. */
export const authorityOf = ({ provider, loa }: { readonly provider: string; readonly loa: Loa }): number =>
  (provider === 'nia' ? 10 : 0) + ['low', 'substantial', 'high'].indexOf(loa);

/** What a register says is not overwritten by a weaker login of the same person: that one only fills what is missing. */
export function filledFrom(known: PersonRow, identity: CitizenIdentity, isStrongest: boolean): PersonRow {
  const told = described(known, identity);
  if (isStrongest) return told;
  return {
    ...known,
    birthDate: known.birthDate ?? told.birthDate,
    placeOfBirth: known.placeOfBirth ?? told.placeOfBirth,
    address: known.address ?? told.address,
    email: known.email ?? told.email,
    phone: known.phone ?? told.phone,
  };
}

function newPerson(id: string): PersonRow {
  return {
    id,
    givenName: '',
    familyName: '',
    birthDate: null,
    placeOfBirth: null,
    address: null,
    email: null,
    phone: null,
    dataBox: null,
    lang: 'cs',
  };
}

function described(person: PersonRow, identity: CitizenIdentity): PersonRow {
  return {
    ...person,
    givenName: asWritten(identity.givenName),
    familyName: asWritten(identity.familyName),
    birthDate: identity.birthDate ?? person.birthDate,
    placeOfBirth: identity.placeOfBirth ?? person.placeOfBirth,
    address: addressOf(identity) ?? person.address,
    email: identity.email ?? person.email,
    phone: identity.phone ?? person.phone,
  };
}

function addressOf({ address, ruian }: CitizenIdentity): PersonAddress | undefined {
  if (!address && !ruian) return undefined;
  const codes = Object.entries(ruian ?? {}).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...address, ...(codes.length > 0 ? { ruian: Object.fromEntries(codes) } : {}) };
}
