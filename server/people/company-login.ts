// A login through the data box of a company: the person is known by his own identity, the company by its IČO, and he acts for it in this session.
import { companyNumber } from '../domain/identifiers/index.ts';
import { scopeOfBoxUser } from '../domain/representation.ts';
import { newId } from '../platform/ids.ts';
import type { Transaction } from '../store/database.ts';
import { companyByIco, updateCompany } from '../store/identities.ts';
import { insertPerson, type PersonRow } from '../store/people.ts';
import { boxRepresentation, insertRepresentation, revokeRepresentation } from '../store/representations.ts';
import type { BoxOfLogin } from './citizens.ts';
import { addPersonEvent } from '../store/person-events.ts';

interface CompanyLogin {
  readonly person: PersonRow;
  readonly box: BoxOfLogin;
  readonly now: Date;
  readonly today: string;
}

/** The company by its IČO; made at its first sight. A concurrent maker makes this transaction start again. */
export async function ensureCompany(
  trx: Transaction,
  tenantId: number,
  company: { readonly ico: string; readonly name: string; readonly dataBox?: string },
  now: Date,
): Promise<string> {
  const { ico, name, dataBox } = company;
  const known = await companyByIco(trx, tenantId, ico);
  if (known) {
    await updateCompany(trx, tenantId, known.id, { name, ...(dataBox === undefined ? {} : { dataBox }) }, now);
    return known.id;
  }
  const id = newId(now);
  const empty = { givenName: '', birthDate: null, placeOfBirth: null, address: null, email: null, phone: null, lang: 'cs' };
  await insertPerson(trx, tenantId, { ...empty, id, familyName: name, ico, dataBox: dataBox ?? null }, now);
  return id;
}

/** Representation under which the session begins; undefined for a box of a natural person and for users who may nothing in it. */
export async function actForBox(trx: Transaction, tenantId: number, login: CompanyLogin): Promise<string | undefined> {
  const { person, box, now, today } = login;
  const ico = box.ico === undefined ? undefined : companyNumber(box.ico);
  const allowed = scopeOfBoxUser(box.userType);
  if (box.type === 'FO' || ico === undefined || allowed === undefined) return undefined;
  const principalId = await ensureCompany(trx, tenantId, { ico, name: box.firmName?.trim() || `IČO ${ico}`, dataBox: box.id }, now);
  const { scope, mayGrant } = allowed;
  const at = now.toISOString();
  const before = await boxRepresentation(trx, tenantId, { principalId, representativeId: person.id });
  const isSame = before?.dataBox === box.id && before.mayGrant === mayGrant && before.acts.join() === scope.acts.join();
  if (before && isSame) return before.id;
  // He has another role in the box than last time: what was done under the old one stays written as it was.
  if (before) await revokeRepresentation(trx, tenantId, before.id, { at, by: 'isds' });
  const id = newId(now);
  await insertRepresentation(trx, tenantId, {
    ...scope,
    id,
    principalId,
    representativeId: person.id,
    kind: 'data-box',
    mayGrant,
    validFrom: today,
    validTo: null,
    evidence: `Přihlášení datovou schránkou ${box.id}`,
    caseId: null,
    dataBox: box.id,
    grantedBy: 'isds',
    grantedAt: at,
  });
  await addPersonEvent(trx, tenantId, {
    id: newId(now),
    personId: person.id,
    at,
    kind: 'representation-began',
    actor: 'isds',
    detail: { representation: id, principal: principalId, kind: 'data-box' },
  });
  return id;
}
