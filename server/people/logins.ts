// A login under way: kept on the server, bound to one browser, used once within ten minutes.
import type { Database, Transaction } from '../store/database.ts';
import { deleteStaleLogins, insertLoginTransaction, rememberAssertion, takeLoginTransaction } from '../store/sessions.ts';
import type { LoginTransactionRow, SessionDetail } from '../store/sessions.ts';
import { hashSecret } from './sessions.ts';

export const LOGIN_MS = 10 * 60_000;
const HOUR = 3_600_000;

/** `officer`, or the name of a citizen's provider (`nia`, `mojeid` …). */
export type LoginKind = string;

export interface BeginLogin {
  /** InResponseTo or state. */
  readonly id: string;
  readonly kind: LoginKind;
  /** Local path, validated by the caller. */
  readonly returnPath: string;
  /** The secret in this browser's login cookie. */
  readonly browser: string;
  readonly detail?: SessionDetail;
}

export interface Logins {
  begin(tenantId: number, login: BeginLogin): Promise<void>;
  /** Undefined: unknown, of another browser, older than ten minutes, or used before. */
  take(
    tenantId: number,
    login: { readonly id: string | undefined; readonly kind: LoginKind; readonly browser: string },
  ): Promise<LoginTransactionRow | undefined>;
  /** False for a replay. */
  rememberAssertion(tenantId: number, assertionId: string, until: Date): Promise<boolean>;
}

export function createLogins(db: Database, now: () => Date): Logins {
  return {
    begin: (tenantId, login) =>
      db.withTenant(tenantId, async (trx) => {
        await cleanUp(trx, tenantId, now());
        const detail = { ...login.detail, browser: hashSecret(login.browser) };
        await insertLoginTransaction(trx, tenantId, {
          id: login.id,
          kind: login.kind,
          returnPath: login.returnPath,
          detail,
          createdAt: now(),
        });
      }),
    take: (tenantId, { id, kind, browser }) =>
      db.withTenant(tenantId, (trx) =>
        takeLoginTransaction(trx, tenantId, {
          id,
          kind,
          browserHash: hashSecret(browser),
          startedAfter: new Date(now().getTime() - LOGIN_MS),
          at: now(),
        }),
      ),
    rememberAssertion: (tenantId, assertionId, until) =>
      db.withTenant(tenantId, (trx) => rememberAssertion(trx, tenantId, assertionId, until)),
  };
}

/** Logins are few, so they pay for the clean-up. An hour of grace: assertions are accepted up to a minute after their end. */
function cleanUp(trx: Transaction, tenantId: number, now: Date): Promise<void> {
  const anHourAgo = new Date(now.getTime() - HOUR);
  return deleteStaleLogins(trx, tenantId, { sessions: now, logins: anHourAgo, seenBefore: anHourAgo });
}
