// Who may come in: the one face of this floor for the doors. Citizens, officers, their sessions and logins.
import { newId } from '../platform/ids.ts';
import type { Database } from '../store/database.ts';
import { listOfficers, saveOfficer, setOfficerActive } from '../store/people.ts';
import type { OfficerRow } from '../store/people.ts';
import { deleteSessionsOf } from '../store/sessions.ts';
import type { SessionDetail } from '../store/sessions.ts';
import { recogniseCitizen } from './citizens.ts';
import type { CitizenIdentity } from './citizens.ts';
import { createLogins } from './logins.ts';
import type { Logins } from './logins.ts';
import { createSessions, openSession } from './sessions.ts';
import type { Sessions } from './sessions.ts';

export interface OfficerDescription {
  readonly subject: string;
  readonly name: string;
  readonly email: string;
  readonly groups: readonly string[];
}

export interface People extends Sessions {
  readonly logins: Logins;
  /** Recognises the citizen and opens a session in one transaction; the value is the cookie. */
  logInCitizen(tenantId: number, provider: string, identity: CitizenIdentity, detail: SessionDetail): Promise<string>;
  /** Undefined when the officer has been deactivated here. */
  logInOfficer(tenantId: number, officer: OfficerDescription, detail: SessionDetail): Promise<string | undefined>;
  /** Makes the officer known before the first login (demo, synchronisation with the directory). */
  registerOfficer(tenantId: number, officer: OfficerDescription): Promise<OfficerRow>;
  /** Makes the citizen known before the first login (demo); his id. */
  registerCitizen(tenantId: number, provider: string, identity: CitizenIdentity): Promise<string>;
  /** A leaver: deactivated, and logged out everywhere. */
  deactivateOfficer(tenantId: number, officerId: string): Promise<void>;
  officers(tenantId: number): Promise<readonly OfficerRow[]>;
}

/** `now` is the real system time. */
export function createPeople(db: Database, now: () => Date = () => new Date()): People {
  return {
    ...createSessions(db, now),
    logins: createLogins(db, now),
    logInCitizen: (tenantId, provider, identity, detail) =>
      db.withTenant(tenantId, async (trx) => {
        const person = await recogniseCitizen(trx, tenantId, provider, identity, now());
        return openSession(trx, tenantId, { kind: 'citizen', ownerId: person.id, loa: identity.loa, detail }, now());
      }),
    logInOfficer: (tenantId, description, detail) =>
      db.withTenant(tenantId, async (trx) => {
        const officer = await saveOfficer(trx, tenantId, { ...description, id: newId(now()) }, now());
        return officer.active ? openSession(trx, tenantId, { kind: 'officer', ownerId: officer.id, loa: null, detail }, now()) : undefined;
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
    officers: (tenantId) => db.withTenant(tenantId, (trx) => listOfficers(trx, tenantId)),
  };
}
