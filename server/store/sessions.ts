// Sessions, logins under way and the replay cache as rows. Knows hashes only, never a cookie.
import type { Transaction } from './database.ts';
import type { Json } from './json.ts';

export type SessionKind = 'citizen' | 'officer';
export type SessionDetail = Readonly<Record<string, Json>>;

export interface SessionRow {
  readonly idHash: string;
  readonly kind: SessionKind;
  /** Person or officer, by `kind`. */
  readonly ownerId: string;
  readonly loa: 'low' | 'substantial' | 'high' | null;
  readonly csrfToken: string;
  readonly detail: SessionDetail;
  /** Sealed; null = none. */
  readonly tokens: string | null;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  /** Of citizens: the identity that it was opened with. */
  readonly provider: string | null;
  readonly subject: string | null;
  /** What the browser said of itself, shortened. */
  readonly device: string | null;
  /** Representation under which the person acts; null = for himself. */
  readonly actingFor: string | null;
  /** Box of a company through which the person came. */
  readonly dataBox: string | null;
}

export async function insertSession(trx: Transaction, tenantId: number, session: SessionRow): Promise<void> {
  await trx('session').insert({
    tenant_id: tenantId,
    id_hash: session.idHash,
    kind: session.kind,
    [ownerColumn(session.kind)]: session.ownerId,
    loa: session.loa,
    csrf_token: session.csrfToken,
    detail: JSON.stringify(session.detail),
    tokens: session.tokens,
    created_at: session.createdAt,
    last_seen_at: session.lastSeenAt,
    expires_at: session.expiresAt,
    provider: session.provider,
    subject: session.subject,
    device: session.device,
    acting_for: session.actingFor,
    data_box: session.dataBox,
  });
}

/** With `lock` until the end of the transaction. */
export async function findSession(
  trx: Transaction,
  tenantId: number,
  kind: SessionKind,
  idHash: string,
  lock = false,
): Promise<SessionRow | undefined> {
  const query = trx('session').where({ tenant_id: tenantId, kind, id_hash: idHash }).first();
  const row = await (lock ? query.forUpdate() : query);
  return row && sessionRow(row, kind);
}

interface RawSession {
  readonly id_hash: string;
  readonly person_id: string | null;
  readonly officer_id: string | null;
  readonly loa: SessionRow['loa'];
  readonly csrf_token: string;
  readonly detail: SessionDetail;
  readonly tokens: string | null;
  readonly created_at: Date;
  readonly last_seen_at: Date;
  readonly expires_at: Date;
  readonly provider: string | null;
  readonly subject: string | null;
  readonly device: string | null;
  readonly acting_for: string | null;
  readonly data_box: string | null;
}

const sessionRow = (row: RawSession, kind: SessionKind): SessionRow => ({
  idHash: row.id_hash,
  kind,
  ownerId: row[ownerColumn(kind)] ?? '',
  loa: row.loa,
  csrfToken: row.csrf_token,
  detail: row.detail,
  tokens: row.tokens,
  createdAt: row.created_at,
  lastSeenAt: row.last_seen_at,
  expiresAt: row.expires_at,
  provider: row.provider,
  subject: row.subject,
  device: row.device,
  actingFor: row.acting_for,
  dataBox: row.data_box,
});

/** Those that may still be used: neither idle since `idleSince` nor over; newest first. */
export async function liveSessions(
  trx: Transaction,
  tenantId: number,
  owner: { readonly kind: SessionKind; readonly id: string },
  { now, idleSince }: { readonly now: Date; readonly idleSince: Date },
): Promise<readonly SessionRow[]> {
  const rows = await trx('session')
    .where({ tenant_id: tenantId, kind: owner.kind, [ownerColumn(owner.kind)]: owner.id })
    .where('expires_at', '>', now)
    .where('last_seen_at', '>', idleSince)
    .orderBy('last_seen_at', 'desc');
  return rows.map((row: RawSession) => sessionRow(row, owner.kind));
}

export async function setActing(trx: Transaction, tenantId: number, idHash: string, representationId: string | null): Promise<void> {
  await trx('session').where({ tenant_id: tenantId, id_hash: idHash }).update({ acting_for: representationId });
}

/** The same session under a new cookie, perhaps of another record of the same human being: everything known under the old one is worthless. */
export async function renewSession(
  trx: Transaction,
  tenantId: number,
  idHash: string,
  fresh: { readonly idHash: string; readonly csrfToken: string },
): Promise<void> {
  await trx('session').where({ tenant_id: tenantId, id_hash: idHash }).update({ id_hash: fresh.idHash, csrf_token: fresh.csrfToken });
}

/** All sessions of the owner but one. How many there were. */
export async function deleteOtherSessions(
  trx: Transaction,
  tenantId: number,
  owner: { readonly kind: SessionKind; readonly id: string },
  keep: string,
): Promise<number> {
  return trx('session')
    .where({ tenant_id: tenantId, kind: owner.kind, [ownerColumn(owner.kind)]: owner.id })
    .whereNot({ id_hash: keep })
    .delete();
}

export async function touchSession(trx: Transaction, tenantId: number, idHash: string, at: Date): Promise<void> {
  await trx('session').where({ tenant_id: tenantId, id_hash: idHash }).update({ last_seen_at: at });
}

export async function deleteSession(trx: Transaction, tenantId: number, idHash: string): Promise<void> {
  await trx('session').where({ tenant_id: tenantId, id_hash: idHash }).delete();
}

/** How many there were. */
export async function deleteSessionsOf(trx: Transaction, tenantId: number, kind: SessionKind, ownerId: string): Promise<number> {
  return trx('session')
    .where({ tenant_id: tenantId, kind, [ownerColumn(kind)]: ownerId })
    .delete();
}

export interface LoginTransactionRow {
  /** InResponseTo of SAML or state of OpenID Connect. */
  readonly id: string;
  readonly kind: string;
  readonly returnPath: string;
  readonly detail: SessionDetail;
  readonly createdAt: Date;
}

export async function insertLoginTransaction(trx: Transaction, tenantId: number, login: LoginTransactionRow): Promise<void> {
  const { id, kind, returnPath, detail, createdAt } = login;
  await trx('login_transaction').insert({
    tenant_id: tenantId,
    id,
    kind,
    return_path: returnPath,
    detail: JSON.stringify(detail),
    created_at: createdAt,
  });
}

export interface LoginToTake {
  /** Without it the newest open login of this browser. */
  readonly id: string | undefined;
  readonly kind: string;
  readonly browserHash: string;
  readonly startedAfter: Date;
  readonly at: Date;
}

/** Marks the login used and returns it; undefined when there is none, it is of another browser, too old, or was used before. */
export async function takeLoginTransaction(
  trx: Transaction,
  tenantId: number,
  take: LoginToTake,
): Promise<LoginTransactionRow | undefined> {
  const open = trx('login_transaction')
    .where({ tenant_id: tenantId, kind: take.kind })
    .whereNull('used_at')
    .where('created_at', '>', take.startedAfter)
    .whereRaw(`detail ->> 'browser' = ?`, [take.browserHash]);
  if (take.id !== undefined) void open.where({ id: take.id });
  const candidate = await open.orderBy('created_at', 'desc').forUpdate().first();
  if (!candidate) return undefined;
  await trx('login_transaction').where({ tenant_id: tenantId, id: candidate.id }).update({ used_at: take.at });
  return {
    id: candidate.id,
    kind: candidate.kind,
    returnPath: candidate.return_path,
    detail: candidate.detail,
    createdAt: candidate.created_at,
  };
}

/** False when the assertion was seen before: a replay. */
export async function rememberAssertion(trx: Transaction, tenantId: number, id: string, until: Date): Promise<boolean> {
  const rows = await trx('seen_assertion')
    .insert({ tenant_id: tenantId, id, until })
    .onConflict(['tenant_id', 'id'])
    .ignore()
    .returning('id');
  return rows.length === 1;
}

/** `seenBefore` must lie behind every NotOnOrAfter still accepted, so a replay cannot follow the clean-up. */
export async function deleteStaleLogins(
  trx: Transaction,
  tenantId: number,
  before: { readonly sessions: Date; readonly logins: Date; readonly seenBefore: Date },
): Promise<void> {
  await trx('session').where({ tenant_id: tenantId }).where('expires_at', '<', before.sessions).delete();
  await trx('login_transaction').where({ tenant_id: tenantId }).where('created_at', '<', before.logins).delete();
  await trx('seen_assertion').where({ tenant_id: tenantId }).where('until', '<', before.seenBefore).delete();
}

function ownerColumn(kind: SessionKind): 'person_id' | 'officer_id' {
  return kind === 'citizen' ? 'person_id' : 'officer_id';
}
