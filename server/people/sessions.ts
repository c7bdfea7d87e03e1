// Sessions of citizens and officers. The secret is 256 random bits in a cookie; the database holds only its SHA-256.
// Time here is real system time, never the demo's.
import { createHash, randomBytes } from 'node:crypto';
import type { TokenSeal } from '../platform/token-seal.ts';
import type { Database, Transaction } from '../store/database.ts';
import { findOfficer, findPerson } from '../store/people.ts';
import type { Loa, OfficerRow, PersonRow } from '../store/people.ts';
import { deleteSession, deleteSessionsOf, findSession, insertSession, touchSession } from '../store/sessions.ts';
import type { SessionDetail, SessionKind, SessionRow } from '../store/sessions.ts';
import { actingOf, type Acting } from './acting.ts';
import { openTokens, sealTokens } from '../store/session-tokens.ts';

const MINUTE = 60_000;
/** OWASP ASVS 5.0, 7.3.1 and 7.3.2: milliseconds without a request, and in total. */
export const IDLE_MS = 20 * MINUTE;
export const ABSOLUTE_MS: Readonly<Record<SessionKind, number>> = { citizen: 4 * 60 * MINUTE, officer: 8 * 60 * MINUTE };
/** A proof of identity is fresh enough for changing identities and giving mandates for so long (OWASP ASVS 5.0, 7.5.1). Milliseconds. */
export const FRESH_MS = 15 * MINUTE;
const DEVICE_CHARACTERS = 300;
/** `last_seen_at` is written at most this often. */
const TOUCH_MS = MINUTE / 2;

export interface CitizenSession {
  readonly kind: 'citizen';
  readonly idHash: string;
  readonly csrf: string;
  readonly loa: Loa;
  /** Who sits at the browser, whomever he acts for. */
  readonly person: PersonRow;
  readonly detail: SessionDetail;
  readonly expiresAt: Date;
  /** When this identity was proved: the login. */
  readonly provedAt: Date;
  readonly provider: string | null;
  /** Undefined = for himself. */
  readonly acting?: Acting;
}

export interface OfficerSession {
  readonly kind: 'officer';
  readonly idHash: string;
  readonly csrf: string;
  readonly officer: OfficerRow;
  readonly detail: SessionDetail;
  readonly expiresAt: Date;
}

export type { Loa } from '../store/people.ts';

export interface NewSession {
  readonly kind: SessionKind;
  readonly ownerId: string;
  readonly loa: Loa | null;
  readonly detail: SessionDetail;
  readonly provider?: string;
  readonly subject?: string;
  readonly device?: string | undefined;
  readonly actingFor?: string | null;
  readonly dataBox?: string | null;
}

/** A secret for a cookie, a token or a state: 256 bits. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Returns the cookie's value, which exists nowhere else. */
export async function openSession(
  trx: Transaction,
  tenantId: number,
  session: NewSession,
  { now, seal }: { readonly now: Date; readonly seal: TokenSeal },
): Promise<string> {
  const secret = newSecret();
  const { provider = null, subject = null, device, actingFor = null, dataBox = null, detail, ...owner } = session;
  await insertSession(trx, tenantId, {
    ...owner,
    ...sealTokens(seal, { tenantId, kind: session.kind, createdAt: now }, detail),
    provider,
    subject,
    actingFor,
    dataBox,
    device: device?.slice(0, DEVICE_CHARACTERS) ?? null,
    idHash: hashSecret(secret),
    csrfToken: newSecret(),
    createdAt: now,
    lastSeenAt: now,
    expiresAt: new Date(now.getTime() + ABSOLUTE_MS[session.kind]),
  });
  return secret;
}

export interface Sessions {
  citizen(tenantId: number, cookie: string): Promise<CitizenSession | undefined>;
  officer(tenantId: number, cookie: string): Promise<OfficerSession | undefined>;
  close(tenantId: number, idHash: string): Promise<void>;
  /** Log out everywhere; returns how many sessions there were. */
  closeAll(tenantId: number, kind: SessionKind, ownerId: string): Promise<number>;
}

/** `today` is the town's legal day, which the demo moves: mandates end by it. */
export function createSessions(db: Database, now: () => Date, today: () => string, seal: TokenSeal): Sessions {
  /** With its tokens; those that do not open are left out, and the provider is then not told of a logout. */
  const detailOf = (tenantId: number, { kind, createdAt, detail, tokens }: SessionRow): SessionDetail =>
    tokens === null ? detail : { ...detail, ...openTokens(seal, { tenantId, kind, createdAt }, tokens) };
  return {
    citizen: (tenantId, cookie) =>
      db.withTenant(tenantId, async (trx) => {
        const row = await alive(trx, tenantId, 'citizen', cookie, now());
        const person = row && (await findPerson(trx, tenantId, row.ownerId));
        if (!row || !person) return undefined;
        return {
          kind: 'citizen',
          idHash: row.idHash,
          csrf: row.csrfToken,
          loa: row.loa ?? 'low',
          person,
          detail: detailOf(tenantId, row),
          expiresAt: row.expiresAt,
          provedAt: row.createdAt,
          provider: row.provider,
          ...(row.actingFor === null ? {} : { acting: await actingOf(trx, tenantId, row, today()) }),
        };
      }),
    officer: (tenantId, cookie) =>
      db.withTenant(tenantId, async (trx) => {
        const row = await alive(trx, tenantId, 'officer', cookie, now());
        const officer = row && (await findOfficer(trx, tenantId, row.ownerId));
        if (!row || !officer?.active) return undefined;
        return {
          kind: 'officer',
          idHash: row.idHash,
          csrf: row.csrfToken,
          officer,
          detail: detailOf(tenantId, row),
          expiresAt: row.expiresAt,
        };
      }),
    close: (tenantId, idHash) => db.withTenant(tenantId, (trx) => deleteSession(trx, tenantId, idHash)),
    closeAll: (tenantId, kind, ownerId) => db.withTenant(tenantId, (trx) => deleteSessionsOf(trx, tenantId, kind, ownerId)),
  };
}

/** Neither idle for too long nor over. */
export const isAlive = (session: Pick<SessionRow, 'lastSeenAt' | 'expiresAt'>, now: Date): boolean =>
  now < session.expiresAt && now.getTime() - session.lastSeenAt.getTime() < IDLE_MS;

async function alive(trx: Transaction, tenantId: number, kind: SessionKind, cookie: string, now: Date): Promise<SessionRow | undefined> {
  const row = await findSession(trx, tenantId, kind, hashSecret(cookie));
  if (!row) return undefined;
  if (!isAlive(row, now)) {
    await deleteSession(trx, tenantId, row.idHash);
    return undefined;
  }
  if (now.getTime() - row.lastSeenAt.getTime() >= TOUCH_MS) await touchSession(trx, tenantId, row.idHash, now);
  return row;
}
