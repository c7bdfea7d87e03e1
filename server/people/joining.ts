// One person, several identities. Two become one only by a proof of both: a fresh login with the first and, begun from its session, a login with the second.
// Names and birth dates never join anybody; when they differ, they forbid it.
import type { Database, Transaction } from '../store/database.ts';
import { rememberBox } from '../store/data-boxes.ts';
import {
  deleteIdentity,
  identitiesOf,
  lockPeople,
  mergePerson,
  moveIdentities,
  ownerOfIdentity,
  type LinkedIdentity,
} from '../store/identities.ts';
import { insertIdentity, updatePerson, type PersonRow } from '../store/people.ts';
import { moveRepresentations } from '../store/representations.ts';
import { deleteOtherSessions, deleteSessionsOf, findSession, renewSession, type SessionRow } from '../store/sessions.ts';
import { authorityOf, filledFrom, type CitizenIdentity } from './citizens.ts';
import { differenceOf } from './same-person.ts';
import { FRESH_MS, hashSecret, isAlive, newSecret } from './sessions.ts';
import { recordAndTell } from './tell-person.ts';

export interface Join {
  /** Hash of the session that asked; it must still live and its login be fresh. */
  readonly session: string;
  readonly provider: string;
  /** What was proved just now. */
  readonly identity: CitizenIdentity;
}
export type JoinRefusal =
  'session-ended' | 'login-not-fresh' | 'identity-already-yours' | 'other-birth-date' | 'other-name' | 'two-register-identities';
export type Joined = { readonly joined: true; readonly cookie: string } | { readonly refused: JoinRefusal };

export type RemovalRefusal = 'session-ended' | 'login-not-fresh' | 'identity-not-found' | 'identity-last' | 'identity-in-use';
export type Removed = { readonly removed: true; readonly cookie: string } | { readonly refused: RemovalRefusal };

export interface Joining {
  /** On success every other session of both ends and this one gets a new cookie. */
  joinIdentity(tenantId: number, join: Join): Promise<Joined>;
  /** Never the last identity, never the one that this session was opened with. */
  removeIdentity(tenantId: number, wish: { readonly session: string; readonly key: string }): Promise<Removed>;
}

/** Names an identity for its owner without telling the pseudonym. */
export const identityKey = ({ provider, subject }: Pick<LinkedIdentity, 'provider' | 'subject'>): string =>
  hashSecret(`${provider}\n${subject}`).slice(0, 24);

export function createJoining(db: Database, now: () => Date): Joining {
  return {
    joinIdentity: (tenantId, join) => db.withTenant(tenantId, (trx) => joinInside({ trx, tenantId, now: now() }, join)),
    removeIdentity: (tenantId, wish) => db.withTenant(tenantId, (trx) => removeInside({ trx, tenantId, now: now() }, wish)),
  };
}

interface Scene {
  readonly trx: Transaction;
  readonly tenantId: number;
  readonly now: Date;
}

async function joinInside(scene: Scene, join: Join): Promise<Joined> {
  const { trx, tenantId } = scene;
  const { provider, identity } = join;
  const seen = await findSession(trx, tenantId, 'citizen', join.session);
  if (!seen) return { refused: 'session-ended' };
  const link = { provider, subject: identity.subject };
  const owner = await ownerOfIdentity(trx, tenantId, link);
  // The people first and in the order of their ids: whoever joins the same two in the other direction waits here and finds his session ended.
  const people = await lockPeople(trx, tenantId, [seen.ownerId, ...(owner === undefined ? [] : [owner])]);
  const session = await findSession(trx, tenantId, 'citizen', join.session, true);
  const person = people.get(seen.ownerId);
  if (!session || !person || session.ownerId !== person.id || !isAlive(session, scene.now)) return { refused: 'session-ended' };
  // Between the look and the lock the identity may have come to somebody else: then all of this is done anew.
  if ((await ownerOfIdentity(trx, tenantId, link)) !== owner) throw startAnew();
  if (owner === person.id) return { refused: 'identity-already-yours' };
  if (!isFresh(session, scene.now)) return { refused: 'login-not-fresh' };
  const other = owner === undefined ? undefined : people.get(owner);
  const refused = await conflict(scene, person, { provider, identity, other });
  if (refused !== undefined) return { refused };
  await (other ? merge(scene, person, other, session) : linkNew(scene, person, join));
  await recordAndTell(
    trx,
    tenantId,
    { kind: 'identity-joined', actor: `person:${person.id}`, detail: { provider, identity: identityKey(link) } },
    { person, now: scene.now },
  );
  return { joined: true, cookie: await secured(scene, session) };
}

/** Two pseudonyms of NIA are two human beings: each has exactly one for this town (§ 20 zákona č. 250/2017 Sb.). */
async function conflict(
  { trx, tenantId }: Scene,
  person: PersonRow,
  { provider, identity, other }: { readonly provider: string; readonly identity: CitizenIdentity; readonly other: PersonRow | undefined },
): Promise<JoinRefusal | undefined> {
  const told = { givenName: identity.givenName, familyName: identity.familyName, birthDate: identity.birthDate ?? null };
  const difference = differenceOf(person, told) ?? (other && differenceOf(person, other));
  if (difference !== undefined) return difference;
  const own = await identitiesOf(trx, tenantId, person.id);
  const others = other ? await identitiesOf(trx, tenantId, other.id) : [{ provider }];
  const hasRegister = (list: readonly { readonly provider: string }[]): boolean => list.some((one) => one.provider === 'nia');
  return hasRegister(own) && hasRegister(others) ? 'two-register-identities' : undefined;
}

async function linkNew({ trx, tenantId, now }: Scene, person: PersonRow, { provider, identity }: Join): Promise<void> {
  const { subject, loa } = identity;
  const known = await identitiesOf(trx, tenantId, person.id);
  if (!(await insertIdentity(trx, tenantId, { provider, subject, personId: person.id, loa }, now))) throw startAnew();
  const best = Math.max(...known.map(authorityOf));
  await updatePerson(trx, tenantId, filledFrom(person, identity, authorityOf({ provider, loa }) >= best), now);
}

/** The record of this session stays; the other points to it. Cases follow one by one, each with a line in its own journal (cases/take-over-cases.ts). */
async function merge({ trx, tenantId, now }: Scene, person: PersonRow, other: PersonRow, session: SessionRow): Promise<void> {
  const best = async (id: string): Promise<number> => Math.max(...(await identitiesOf(trx, tenantId, id)).map(authorityOf));
  const [own, others] = [await best(person.id), await best(other.id)];
  const stronger = others > own ? other : person;
  const weaker = stronger === person ? other : person;
  const at = now.toISOString();
  await moveIdentities(trx, tenantId, other.id, person.id);
  await updatePerson(trx, tenantId, { ...together(stronger, weaker), id: person.id }, now);
  if (person.dataBox === null && other.dataBox !== null) await rememberBox(trx, tenantId, person.id, other.dataBox);
  await deleteSessionsOf(trx, tenantId, 'citizen', other.id);
  await moveRepresentations(trx, tenantId, { from: other.id, to: person.id, at });
  await mergePerson(trx, tenantId, { from: other.id, to: person.id, at });
  const event = {
    kind: 'records-merged',
    actor: `person:${person.id}`,
    detail: { from: other.id, to: person.id, provider: session.provider },
  } as const;
  await recordAndTell(trx, tenantId, event, { person, now });
  const toldTwice = other.email === person.email;
  await recordAndTell(trx, tenantId, event, { person: toldTwice ? { ...other, email: null } : other, now });
}

const together = (stronger: PersonRow, weaker: PersonRow): PersonRow => ({
  ...stronger,
  birthDate: stronger.birthDate ?? weaker.birthDate,
  placeOfBirth: stronger.placeOfBirth ?? weaker.placeOfBirth,
  address: stronger.address ?? weaker.address,
  email: stronger.email ?? weaker.email,
  phone: stronger.phone ?? weaker.phone,
});

async function removeInside(scene: Scene, { session: idHash, key }: { readonly session: string; readonly key: string }): Promise<Removed> {
  const { trx, tenantId, now } = scene;
  const seen = await findSession(trx, tenantId, 'citizen', idHash);
  const people = await lockPeople(trx, tenantId, seen ? [seen.ownerId] : []);
  const session = await findSession(trx, tenantId, 'citizen', idHash, true);
  const person = session && people.get(session.ownerId);
  if (!session || !person || !isAlive(session, now)) return { refused: 'session-ended' };
  if (!isFresh(session, now)) return { refused: 'login-not-fresh' };
  const known = await identitiesOf(trx, tenantId, person.id);
  const wanted = known.find((one) => identityKey(one) === key);
  if (!wanted) return { refused: 'identity-not-found' };
  if (known.length === 1) return { refused: 'identity-last' };
  if (wanted.provider === session.provider && wanted.subject === session.subject) return { refused: 'identity-in-use' };
  await deleteIdentity(trx, tenantId, { personId: person.id, provider: wanted.provider, subject: wanted.subject });
  await recordAndTell(
    trx,
    tenantId,
    { kind: 'identity-removed', actor: `person:${person.id}`, detail: { provider: wanted.provider, identity: key } },
    { person, now },
  );
  return { removed: true, cookie: await secured(scene, session) };
}

/** After a change of identities: the others out, this one under a new cookie (OWASP ASVS 5.0, 7.2.4 and 7.4.3). */
async function secured({ trx, tenantId }: Scene, session: SessionRow): Promise<string> {
  await deleteOtherSessions(trx, tenantId, { kind: 'citizen', id: session.ownerId }, session.idHash);
  const secret = newSecret();
  await renewSession(trx, tenantId, session.idHash, { idHash: hashSecret(secret), csrfToken: newSecret() });
  return secret;
}

const isFresh = (session: SessionRow, now: Date): boolean => now.getTime() - session.createdAt.getTime() < FRESH_MS;

/** As PostgreSQL says it of a transaction that must be tried again (server/store/database.ts). */
const startAnew = (): Error => Object.assign(new Error('identity moved meanwhile'), { code: '40001' });
