// Who may come in: the one face of this floor for the doors. Citizens, officers, their sessions and logins.
import { dayOf } from '../domain/calendar.ts';
import { newId } from '../platform/ids.ts';
import { passingSeal, type TokenSeal } from '../platform/token-seal.ts';
import type { Database, Transaction } from '../store/database.ts';
import { listOfficers, saveOfficer, setOfficerActive } from '../store/people.ts';
import type { OfficerRow } from '../store/people.ts';
import { deleteNamedSessions, deleteProviderSessions, type NamedSessions, type ProviderSessions } from '../store/provider-sessions.ts';
import { deleteSession, deleteSessionsOf, findSession, rememberAssertion } from '../store/sessions.ts';
import type { SessionDetail, SessionRow } from '../store/sessions.ts';
import { recogniseCitizen } from './citizens.ts';
import type { CitizenIdentity } from './citizens.ts';
import { actForBox } from './company-login.ts';
import { createJoining, type Joining } from './joining.ts';
import { createLogins } from './logins.ts';
import type { Logins } from './logins.ts';
import { createMandates, type Mandates } from './mandates.ts';
import { createOverview, type Overview } from './overview.ts';
import { createSessions, hashSecret, openSession } from './sessions.ts';
import type { Sessions } from './sessions.ts';

export interface OfficerDescription {
  readonly subject: string;
  readonly name: string;
  readonly email: string;
  readonly groups: readonly string[];
}

/** From where somebody logs in. */
export interface LoginPlace {
  /** What the browser says of itself. */
  readonly device?: string;
  /** Hash of the session that this login replaces: a step up, or another login in the same browser. It ends. */
  readonly replaces?: string;
}

export interface People extends Sessions, Joining, Overview {
  readonly mandates: Mandates;
  readonly logins: Logins;
  /** Recognises the citizen and opens a session in one transaction; the value is the cookie. */
  logInCitizen(tenantId: number, provider: string, identity: CitizenIdentity, detail: SessionDetail, place?: LoginPlace): Promise<string>;
  /** Undefined when the officer has been deactivated here. */
  logInOfficer(tenantId: number, officer: OfficerDescription, detail: SessionDetail, place?: LoginPlace): Promise<string | undefined>;
  /** Makes the officer known before the first login (demo, synchronisation with the directory). */
  registerOfficer(tenantId: number, officer: OfficerDescription): Promise<OfficerRow>;
  /** Makes the citizen known before the first login (demo); his id. */
  registerCitizen(tenantId: number, provider: string, identity: CitizenIdentity): Promise<string>;
  /** A leaver: deactivated, and logged out everywhere. */
  deactivateOfficer(tenantId: number, officerId: string): Promise<void>;
  officers(tenantId: number): Promise<readonly OfficerRow[]>;
  /** The provider ended its session: ours that came of it end too. How many there were. */
  endProviderSessions(tenantId: number, which: ProviderSessions): Promise<number>;
  /** The same by the names of OpenID Connect. With `once` the order is carried out the first time only; undefined = it came before. */
  endNamedSessions(
    tenantId: number,
    which: NamedSessions,
    once?: { readonly id: string; readonly until: Date },
  ): Promise<number | undefined>;
}

/**
 * `now` is the real system time, by which sessions end; `today` the town's legal day, which the demo moves: mandates end by it. Without a seal the
 * tokens of sessions are lost with the process.
 */
export function createPeople(
  db: Database,
  now: () => Date = () => new Date(),
  today: () => string = () => dayOf(now().toISOString()),
  seal: TokenSeal = passingSeal(),
): People {
  return {
    ...createSessions(db, now, today, seal),
    ...createJoining(db, now),
    ...createOverview(db, now, today),
    mandates: createMandates(db, now, today),
    logins: createLogins(db, now),
    logInCitizen: (tenantId, provider, identity, detail, place = {}) =>
      db.withTenant(tenantId, async (trx) => {
        const person = await recogniseCitizen(trx, tenantId, provider, identity, now());
        const box = identity.dataBox;
        const company = box && (await actForBox(trx, tenantId, { person, box, now: now(), today: today() }));
        const before = await endReplaced(trx, tenantId, place.replaces);
        const kept = before?.ownerId === person.id ? before : undefined;
        const session = {
          kind: 'citizen',
          ownerId: person.id,
          loa: identity.loa,
          detail,
          provider,
          subject: identity.subject,
          device: place.device,
          actingFor: company ?? kept?.actingFor ?? null,
          dataBox: company === undefined ? (kept?.dataBox ?? null) : (box?.id ?? null),
        } as const;
        return openSession(trx, tenantId, session, { now: now(), seal });
      }),
    logInOfficer: (tenantId, description, detail, { device } = {}) =>
      db.withTenant(tenantId, async (trx) => {
        const officer = await saveOfficer(trx, tenantId, { ...description, id: newId(now()) }, now());
        return officer.active
          ? openSession(trx, tenantId, { kind: 'officer', ownerId: officer.id, loa: null, detail, device }, { now: now(), seal })
          : undefined;
      }),
    registerOfficer: (tenantId, description) =>
      db.withTenant(tenantId, (trx) => saveOfficer(trx, tenantId, { ...description, id: newId(now()) }, null)),
    registerCitizen: (tenantId, provider, identity) =>
      db.withTenant(tenantId, async (trx) => (await recogniseCitizen(trx, tenantId, provider, identity, now())).id),
    deactivateOfficer: (tenantId, officerId) =>
      db.withTenant(tenantId, async (trx) => {
        await setOfficerActive(trx, tenantId, officerId, false);
        await deleteSessionsOf(trx, tenantId, 'officer', officerId);
      }),
    endProviderSessions: (tenantId, which) => db.withTenant(tenantId, (trx) => deleteProviderSessions(trx, tenantId, which)),
    endNamedSessions: (tenantId, which, once) =>
      db.withTenant(tenantId, async (trx) => {
        if (once && !(await rememberAssertion(trx, tenantId, `logout:${hashSecret(once.id)}`, once.until))) return undefined;
        return deleteNamedSessions(trx, tenantId, which);
      }),
    officers: (tenantId) => db.withTenant(tenantId, (trx) => listOfficers(trx, tenantId)),
  };
}

/** A step up keeps on whose behalf the person acts; the weaker session ends in the same transaction. */
async function endReplaced(trx: Transaction, tenantId: number, idHash: string | undefined): Promise<SessionRow | undefined> {
  const before = idHash === undefined ? undefined : await findSession(trx, tenantId, 'citizen', idHash, true);
  if (before) await deleteSession(trx, tenantId, before.idHash);
  return before;
}
