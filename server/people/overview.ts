// Everything a person sees of himself: identities, sessions, on whose behalf he may act and who may act for him. And the two switches of a session.
import { Problem } from '../domain/problem.ts';
import { isInForce } from '../domain/representation.ts';
import type { Database, Transaction } from '../store/database.ts';
import { identitiesOf, type LinkedIdentity } from '../store/identities.ts';
import { evidenceNames } from '../store/evidence.ts';
import { openInvitations, type InvitationRow } from '../store/invitations.ts';
import { personEvents, type PersonEvent } from '../store/person-events.ts';
import { representationById, representationsOf, type NamedRepresentation } from '../store/representations.ts';
import {
  deleteOtherSessions,
  deleteSession,
  findSession,
  liveSessions,
  setActing,
  type SessionKind,
  type SessionRow,
} from '../store/sessions.ts';
import { mayUse } from './acting.ts';
import { identityKey } from './joining.ts';
import { hashSecret, IDLE_MS, type CitizenSession } from './sessions.ts';

/** A session as its owner sees it; `key` names it without being of any use as a cookie. */
export interface OwnSession {
  readonly key: string;
  readonly device: string | null;
  readonly provider: string | null;
  readonly since: string;
  readonly lastSeenAt: string;
  readonly current: boolean;
}
export interface OwnIdentity extends Omit<LinkedIdentity, 'subject'> {
  readonly key: string;
  readonly current: boolean;
}
export interface OwnOverview {
  readonly identities: readonly OwnIdentity[];
  readonly sessions: readonly OwnSession[];
  /** He acts for somebody; `usable` = in this session, now. */
  readonly actsFor: readonly (NamedRepresentation & { readonly usable: boolean; readonly inForce: boolean })[];
  /** Somebody acts for him, or for the company that he rules in this session. */
  readonly actedBy: readonly (NamedRepresentation & { readonly inForce: boolean })[];
  readonly offers: readonly (InvitationRow & { readonly evidenceName: string | null })[];
  readonly events: readonly PersonEvent[];
}

export interface Overview {
  overview(tenantId: number, session: CitizenSession): Promise<OwnOverview>;
  /** On whose behalf he may act in this session, for the switch in the head of every page. */
  choices(tenantId: number, session: CitizenSession): Promise<readonly { readonly id: string; readonly name: string }[]>;
  /** Null = for himself again. Refuses `representation-not-found` alike for what does not exist, is over, or is somebody else's. */
  actAs(tenantId: number, session: CitizenSession, representationId: string | null): Promise<void>;
  /** Refuses `session-not-found`. */
  endSession(tenantId: number, owner: SessionOwner, key: string): Promise<void>;
  /** All but the one that asks; how many there were. */
  endOtherSessions(tenantId: number, owner: SessionOwner): Promise<number>;
  sessionsOf(tenantId: number, owner: SessionOwner): Promise<readonly OwnSession[]>;
}
export interface SessionOwner {
  readonly kind: SessionKind;
  readonly id: string;
  /** Hash of the session that asks. */
  readonly current: string;
}

const keyOf = (idHash: string): string => hashSecret(`session\n${idHash}`).slice(0, 24);

export function createOverview(db: Database, now: () => Date, today: () => string): Overview {
  const living = (trx: Transaction, tenantId: number, owner: SessionOwner): Promise<readonly SessionRow[]> =>
    liveSessions(trx, tenantId, owner, { now: now(), idleSince: new Date(now().getTime() - IDLE_MS) });
  return {
    overview: (tenantId, session) => db.withTenant(tenantId, (trx) => read({ trx, tenantId, today: today(), now: now() }, session, living)),
    choices: (tenantId, session) =>
      db.withTenant(tenantId, async (trx) => {
        const row = await findSession(trx, tenantId, 'citizen', session.idHash);
        const all = await representationsOf(trx, tenantId, session.person.id);
        return all.filter((one) => row && mayUse(one, row, today())).map(({ id, principalName }) => ({ id, name: principalName }));
      }),
    actAs: (tenantId, session, id) =>
      db.withTenant(tenantId, async (trx) => {
        const row = await findSession(trx, tenantId, 'citizen', session.idHash, true);
        const wanted = id === null ? undefined : await representationById(trx, tenantId, id);
        if (!row || (id !== null && !(wanted && mayUse(wanted, row, today())))) throw new Problem('not-found', 'representation-not-found');
        await setActing(trx, tenantId, row.idHash, id);
      }),
    endSession: (tenantId, owner, key) =>
      db.withTenant(tenantId, async (trx) => {
        const wanted = (await living(trx, tenantId, owner)).find(({ idHash }) => keyOf(idHash) === key);
        if (!wanted) throw new Problem('not-found', 'session-not-found');
        await deleteSession(trx, tenantId, wanted.idHash);
      }),
    endOtherSessions: (tenantId, owner) => db.withTenant(tenantId, (trx) => deleteOtherSessions(trx, tenantId, owner, owner.current)),
    sessionsOf: (tenantId, owner) =>
      db.withTenant(tenantId, async (trx) => (await living(trx, tenantId, owner)).map((row) => ownSession(row, owner.current))),
  };
}

async function read(
  { trx, tenantId, today, now }: { readonly trx: Transaction; readonly tenantId: number; readonly today: string; readonly now: Date },
  session: CitizenSession,
  living: (trx: Transaction, tenantId: number, owner: SessionOwner) => Promise<readonly SessionRow[]>,
): Promise<OwnOverview> {
  const { id } = session.person;
  const sessions = await living(trx, tenantId, { kind: 'citizen', id, current: session.idHash });
  const row = sessions.find(({ idHash }) => idHash === session.idHash);
  const ruled = session.acting && !session.acting.ended && session.acting.mayGrant ? [session.acting.principal.id] : [];
  const principals = [id, ...ruled];
  const own = await representationsOf(trx, tenantId, id);
  const ofRuled = ruled[0] === undefined ? [] : await representationsOf(trx, tenantId, ruled[0]);
  const offers: InvitationRow[] = [];
  for (const principal of principals) offers.push(...(await openInvitations(trx, tenantId, principal, now.toISOString())));
  const named = await evidenceNames(
    trx,
    tenantId,
    offers.flatMap(({ evidenceId }) => (evidenceId === null ? [] : [evidenceId])),
  );
  const known = new Map([...own, ...ofRuled].map((one) => [one.id, one]));
  return {
    identities: (await identitiesOf(trx, tenantId, id)).map(({ subject, ...one }) => ({
      ...one,
      key: identityKey({ provider: one.provider, subject }),
      current: row?.provider === one.provider && row.subject === subject,
    })),
    sessions: sessions.map((one) => ownSession(one, session.idHash)),
    actsFor: own
      .filter((one) => one.representativeId === id)
      .map((one) => ({ ...one, inForce: isInForce(one, today), usable: row !== undefined && mayUse(one, row, today) })),
    actedBy: [...known.values()]
      .filter((one) => principals.includes(one.principalId))
      .map((one) => ({ ...one, inForce: isInForce(one, today) })),
    offers: offers.map((one) => ({ ...one, evidenceName: named.get(one.evidenceId ?? '') ?? null })),
    events: await personEvents(trx, tenantId, id),
  };
}

const ownSession = (row: SessionRow, current: string): OwnSession => ({
  key: keyOf(row.idHash),
  device: row.device,
  provider: row.provider,
  since: row.createdAt.toISOString(),
  lastSeenAt: row.lastSeenAt.toISOString(),
  current: row.idHash === current,
});
