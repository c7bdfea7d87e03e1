// Citizens and officers as rows. Citizens are found by (provider, subject) only: names and birth dates prove nothing.
import type { Transaction } from './database.ts';
import { isBrokenSql, REACH } from './contacts.ts';
import { ask } from './lane.ts';

export type Loa = 'low' | 'substantial' | 'high';

export interface PersonAddress {
  readonly street?: string;
  readonly houseNumber?: string;
  readonly orientationNumber?: string;
  readonly city?: string;
  readonly cityPart?: string;
  readonly postCode?: string;
  readonly ruian?: Readonly<Record<string, string>>;
}

export interface PersonRow {
  readonly id: string;
  readonly givenName: string;
  readonly familyName: string;
  /** `YYYY-MM-DD`. */
  readonly birthDate: string | null;
  readonly placeOfBirth: string | null;
  readonly address: PersonAddress | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly dataBox: string | null;
  readonly lang: string;
  /** Of companies only: eight digits. The name of a company stands in `familyName`, its `givenName` is empty. */
  readonly ico?: string;
}

export interface OfficerRow {
  readonly id: string;
  readonly subject: string;
  readonly name: string;
  readonly email: string;
  readonly active: boolean;
  readonly groups: readonly string[];
}

export type PersonOfCase = {
  readonly id: string;
  readonly given_name: string;
  readonly family_name: string;
  readonly birth_date: string | null;
  readonly address: PersonAddress | null;
  readonly email: string | null;
  readonly data_box: string | null;
  readonly lang: string;
  readonly ico: string | null;
  /** Addresses that he has confirmed and that work. */
  readonly confirmed: { readonly email?: string; readonly sms?: string } | null;
  /** What he chose for notices about cases: by e-mail, by SMS, by data box. */
  readonly wishes: Readonly<Record<string, readonly [boolean, boolean, boolean]>> | null;
  /** Mail to the address that he gave in this case comes back. */
  readonly contactBroken: boolean;
};
const OF_CASE = `p.id, p.given_name, p.family_name, p.birth_date, p.address, p.email, p.data_box, p.lang, p.ico, ${REACH}`;
/** The columns that a case needs of its applicant. `contactEmail`: what he wrote in the form. */
export async function personOfCase(
  trx: Transaction,
  tenantId: number,
  personId: string,
  contactEmail: string | null,
): Promise<PersonOfCase | undefined> {
  const [row] = await ask<PersonOfCase>(trx, {
    text: `select ${OF_CASE}, ${isBrokenSql('p', '$3::text')} as "contactBroken" from person p where p.tenant_id = $1 and p.id = $2`,
    values: [tenantId, personId, contactEmail],
  });
  return row;
}

/** The applicant by the case; undefined when the case has none. */
export async function applicantOfCase(trx: Transaction, tenantId: number, caseId: string): Promise<PersonOfCase | undefined> {
  const [row] = await ask<PersonOfCase>(trx, {
    text: `select ${OF_CASE}, ${isBrokenSql('c', 'c.contact_email')} as "contactBroken"
             from cases c join person p on p.tenant_id = c.tenant_id and p.id = c.applicant_id where c.tenant_id = $1 and c.id = $2`,
    values: [tenantId, caseId],
  });
  return row;
}

/** Applicants of several cases, by case. */
export async function applicantsOfCases(
  trx: Transaction,
  tenantId: number,
  ids: readonly string[],
): Promise<ReadonlyMap<string, PersonOfCase>> {
  const rows = await ask<PersonOfCase & { readonly case_id: string }>(trx, {
    text: `select c.id as case_id, ${OF_CASE}, ${isBrokenSql('c', 'c.contact_email')} as "contactBroken"
             from cases c join person p on p.tenant_id = c.tenant_id and p.id = c.applicant_id where c.tenant_id = $1 and c.id = any($2)`,
    values: [tenantId, ids],
  });
  return new Map(rows.map(({ case_id, ...person }) => [case_id, person]));
}

export async function findPerson(trx: Transaction, tenantId: number, personId: string): Promise<PersonRow | undefined> {
  const row = await trx('person').where({ tenant_id: tenantId, id: personId }).first();
  return row && personRow(row);
}

/** The person known under this pseudonym; locked, so that two first logins at once cannot make two people. */
export async function findPersonByIdentity(
  trx: Transaction,
  tenantId: number,
  provider: string,
  subject: string,
): Promise<PersonRow | undefined> {
  const row = await trx('person_identity as i')
    .join('person as p', (on) => on.on('p.tenant_id', 'i.tenant_id').andOn('p.id', 'i.person_id'))
    .where({ 'i.tenant_id': tenantId, 'i.provider': provider, 'i.subject': subject })
    .forUpdate('p')
    .select('p.*')
    .first();
  return row && personRow(row);
}

export async function insertPerson(trx: Transaction, tenantId: number, person: PersonRow, at: Date): Promise<void> {
  await trx('person').insert({
    tenant_id: tenantId,
    id: person.id,
    ...personColumns(person),
    data_box: person.dataBox,
    lang: person.lang,
    ...(person.ico === undefined ? {} : { kind: 'company', ico: person.ico }),
    created_at: at,
    updated_at: at,
  });
}

/** Everything an identity provider tells; the data box and the language are the person's own choice and stay. */
export async function updatePerson(trx: Transaction, tenantId: number, person: PersonRow, at: Date): Promise<void> {
  await trx('person')
    .where({ tenant_id: tenantId, id: person.id })
    .update({ ...personColumns(person), updated_at: at });
}

export interface IdentityRow {
  readonly provider: string;
  readonly subject: string;
  readonly personId: string;
  readonly loa: Loa;
}

/** False when the pseudonym belongs to somebody already. */
export async function insertIdentity(trx: Transaction, tenantId: number, identity: IdentityRow, at: Date): Promise<boolean> {
  const { provider, subject, personId, loa } = identity;
  const rows = await trx('person_identity')
    .insert({ tenant_id: tenantId, provider, subject, person_id: personId, loa, last_login_at: at, linked_at: at })
    .onConflict(['tenant_id', 'provider', 'subject'])
    .ignore()
    .returning('subject');
  return rows.length === 1;
}

export async function touchIdentity(trx: Transaction, tenantId: number, identity: IdentityRow, at: Date): Promise<void> {
  const { provider, subject, loa } = identity;
  await trx('person_identity').where({ tenant_id: tenantId, provider, subject }).update({ loa, last_login_at: at });
}

/** By subject: a new officer, or the known one with newer name, mail and groups. Keeps `active` as it is. */
export async function saveOfficer(
  trx: Transaction,
  tenantId: number,
  officer: Omit<OfficerRow, 'active'>,
  at: Date | null,
): Promise<OfficerRow> {
  const changes = { name: officer.name, email: officer.email, ...(at ? { last_login_at: at } : {}) };
  const [row] = await trx('officer')
    .insert({ tenant_id: tenantId, id: officer.id, subject: officer.subject, ...changes })
    .onConflict(['tenant_id', 'subject'])
    .merge(changes)
    .returning(['id', 'active']);
  if (!row) throw new Error('officer was not stored');
  await trx('officer_group').where({ tenant_id: tenantId, officer_id: row.id }).delete();
  const groups = [...new Set(officer.groups)];
  if (groups.length > 0)
    await trx('officer_group').insert(groups.map((name) => ({ tenant_id: tenantId, officer_id: row.id, group_name: name })));
  return { ...officer, groups, id: row.id, active: row.active };
}

export async function findOfficer(trx: Transaction, tenantId: number, officerId: string): Promise<OfficerRow | undefined> {
  return (await officersWhere(trx, tenantId, { 'o.id': officerId }))[0];
}

/** Active ones, by name. */
export async function listOfficers(trx: Transaction, tenantId: number): Promise<readonly OfficerRow[]> {
  return officersWhere(trx, tenantId, { 'o.active': true });
}

async function officersWhere(
  trx: Transaction,
  tenantId: number,
  condition: Readonly<Record<string, string | boolean>>,
): Promise<readonly OfficerRow[]> {
  const rows = await trx('officer as o')
    .where({ 'o.tenant_id': tenantId, ...condition })
    .leftJoin('officer_group as g', (on) => on.on('g.tenant_id', 'o.tenant_id').andOn('g.officer_id', 'o.id'))
    .groupBy('o.tenant_id', 'o.id')
    .orderBy('o.name')
    .select(
      'o.id',
      'o.subject',
      'o.name',
      'o.email',
      'o.active',
      trx.raw(`coalesce(array_agg(g.group_name order by g.group_name) filter (where g.group_name is not null), '{}') as groups`),
    );
  return rows.map((row) => ({
    id: row.id,
    subject: row.subject,
    name: row.name,
    email: row.email,
    active: row.active,
    groups: row.groups,
  }));
}

/** A leaver: cannot log in any more; sessions are closed by the caller. */
export async function setOfficerActive(trx: Transaction, tenantId: number, officerId: string, active: boolean): Promise<void> {
  await trx('officer').where({ tenant_id: tenantId, id: officerId }).update({ active });
}

function personColumns(person: PersonRow): Readonly<Record<string, string | null>> {
  return {
    given_name: person.givenName,
    family_name: person.familyName,
    birth_date: person.birthDate,
    place_of_birth: person.placeOfBirth,
    address: person.address ? JSON.stringify(person.address) : null,
    email: person.email,
    phone: person.phone,
  };
}

export function personRow(row: Readonly<Record<string, never>>): PersonRow {
  return {
    id: row['id'] ?? '',
    givenName: row['given_name'] ?? '',
    familyName: row['family_name'] ?? '',
    birthDate: row['birth_date'] ?? null,
    placeOfBirth: row['place_of_birth'] ?? null,
    address: row['address'] ?? null,
    email: row['email'] ?? null,
    phone: row['phone'] ?? null,
    dataBox: row['data_box'] ?? null,
    lang: row['lang'] ?? 'cs',
    ...(row['ico'] ? { ico: row['ico'] } : {}),
  };
}

/** Groups of an officer whom work may be given to; undefined when there is no such officer (any more). */
export async function groupsOfActiveOfficer(trx: Transaction, tenantId: number, officerId: string): Promise<readonly string[] | undefined> {
  const officer = await trx('officer').where({ tenant_id: tenantId, id: officerId, active: true }).first('id');
  if (!officer) return undefined;
  const rows = await trx('officer_group').where({ tenant_id: tenantId, officer_id: officerId }).select('group_name');
  return rows.map((row) => row.group_name as string);
}
