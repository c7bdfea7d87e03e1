// Officers of the directory at the door: recognised by their key, let in with the groups of the directory, and slowed down when passwords do not fit.
import { newId } from '../platform/ids.ts';
import { passingSeal, type TokenSeal } from '../platform/token-seal.ts';
import type { Database, Transaction } from '../store/database.ts';
import { allowLeavers, readSync, type SyncState } from '../store/directory-sync.ts';
import { beginAttempt, forgetAttempts, takeBackAttempt, type AttemptRule } from '../store/login-attempts.ts';
import {
  addOfficerEvent,
  insertOfficer,
  markReturned,
  officersOfDirectory,
  replaceGroups,
  touchOfficer,
  updateOfficer,
} from '../store/officers.ts';
import type { SessionDetail } from '../store/sessions.ts';
import { hashSecret, openSession } from './sessions.ts';

export interface DirectoryOfficer {
  readonly subject: string;
  readonly name: string;
  readonly email: string;
  readonly groups: readonly string[];
}

export interface Officers {
  /** Undefined when an administrator deactivated the officer here. Whom the directory let go and now lets in is back. */
  logInFromDirectory(tenantId: number, officer: DirectoryOfficer, detail: SessionDetail, device?: string): Promise<string | undefined>;
  /** An officer who proved himself elsewhere and is known of the directory: he comes in with the groups that it gave him. Undefined when he is not (any more). */
  logInKnown(tenantId: number, subject: string, detail: SessionDetail, device?: string): Promise<string | undefined>;
  /** Tries a password unless the name has to wait. What `attempt` throws counts as a wrong password when `isWrong` says so, else it does not count. */
  tryPassword<Value>(
    tenantId: number,
    login: string,
    attempt: () => Promise<Value>,
    isWrong: (error: unknown) => boolean,
  ): Promise<Tried<Value>>;
  directoryState(tenantId: number): Promise<SyncState | undefined>;
  /** The next synchronisation may let exactly so many go. False when that is not what was refused. */
  allowLeavers(tenantId: number, said: { readonly leavers: number; readonly officerId: string }): Promise<boolean>;
}

export type Tried<Value> = { readonly value: Value } | { readonly waitMs: number };

const MINUTE = 60_000;
/** OWASP ASVS 5.0, 6.3.1; the directory has its own lock behind it, which this keeps from being reached by strangers. */
export const PASSWORD_RULE: AttemptRule = { free: 5, firstMs: MINUTE, longestMs: 15 * MINUTE, forgetMs: 60 * MINUTE };

export function createOfficers(db: Database, now: () => Date, seal: TokenSeal = passingSeal()): Officers {
  return {
    logInFromDirectory: (tenantId, officer, detail, device) =>
      db.withTenant(tenantId, async (trx) => {
        const id = await takeIn(trx, tenantId, officer, now());
        return id === undefined ? undefined : openFor(trx, tenantId, id, { detail, device, now: now(), seal });
      }),
    logInKnown: (tenantId, subject, detail, device) =>
      db.withTenant(tenantId, async (trx) => {
        const known = (await officersOfDirectory(trx, tenantId, [subject])).find((officer) => officer.subject === subject);
        if (!known?.active || known.source !== 'directory') return undefined;
        return openFor(trx, tenantId, known.id, { detail, device, now: now(), seal });
      }),
    tryPassword: async (tenantId, login, attempt, isWrong) => {
      const account = hashSecret(login.trim().toLowerCase().normalize('NFC'));
      const waitUntil = await db.withTenant(tenantId, (trx) => beginAttempt(trx, tenantId, account, { at: now(), rule: PASSWORD_RULE }));
      if (waitUntil) return { waitMs: waitUntil.getTime() - now().getTime() };
      try {
        const value = await attempt();
        await db.withTenant(tenantId, (trx) => forgetAttempts(trx, tenantId, account));
        return { value };
      } catch (error) {
        if (!isWrong(error)) await db.withTenant(tenantId, (trx) => takeBackAttempt(trx, tenantId, account));
        throw error;
      }
    },
    directoryState: (tenantId) => db.withTenant(tenantId, (trx) => readSync(trx, tenantId)),
    allowLeavers: (tenantId, said) => db.withTenant(tenantId, (trx) => allowLeavers(trx, tenantId, said)),
  };
}

/** His id; undefined when an administrator deactivated him. */
async function takeIn(trx: Transaction, tenantId: number, officer: DirectoryOfficer, at: Date): Promise<string | undefined> {
  const { subject, name, email, groups } = officer;
  const known = (await officersOfDirectory(trx, tenantId, [subject])).find((candidate) => candidate.subject === subject);
  if (known && !known.active && known.leftAt === null) return undefined;
  const id = known?.id ?? newId(at);
  if (known) await updateOfficer(trx, tenantId, id, { name, email });
  else await insertOfficer(trx, tenantId, { id, subject, name, email });
  await replaceGroups(trx, tenantId, id, groups);
  const isBack = known !== undefined && (await markReturned(trx, tenantId, id));
  if (!known || isBack)
    await addOfficerEvent(trx, tenantId, {
      id: newId(at),
      officerId: id,
      kind: known ? 'returned' : 'arrived',
      detail: { groups: [...groups] },
      at,
    });
  return id;
}

async function openFor(
  trx: Transaction,
  tenantId: number,
  officerId: string,
  given: { readonly detail: SessionDetail; readonly device: string | undefined; readonly now: Date; readonly seal: TokenSeal },
): Promise<string> {
  await touchOfficer(trx, tenantId, officerId, given.now);
  return openSession(
    trx,
    tenantId,
    {
      kind: 'officer',
      ownerId: officerId,
      loa: null,
      detail: given.detail,
      ...(given.device === undefined ? {} : { device: given.device }),
    },
    given,
  );
}
