// Private calendar addresses: only the hash of the secret is kept. One lives for each person; a new one kills the old.
import { createHash, randomBytes } from 'node:crypto';
import type { Transaction } from './database.ts';
import { newId } from '../platform/ids.ts';

export interface FeedOwner {
  readonly kind: 'officer' | 'citizen';
  readonly id: string;
}
export interface FeedRow {
  readonly createdAt: string;
  readonly readAt: string | null;
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
const live = (trx: Transaction, tenantId: number, owner: FeedOwner) =>
  trx('calendar_feed').where({ tenant_id: tenantId, owner_kind: owner.kind, owner_id: owner.id }).whereNull('revoked_at');

export async function feedOf(trx: Transaction, tenantId: number, owner: FeedOwner): Promise<FeedRow | undefined> {
  const row = await live(trx, tenantId, owner).first('created_at', 'read_at');
  return row && { createdAt: row.created_at.toISOString(), readAt: row.read_at?.toISOString() ?? null };
}

/** 256 random bits; told once, never kept. */
export async function openFeed(trx: Transaction, tenantId: number, owner: FeedOwner, at: Date): Promise<string> {
  await revokeFeed(trx, tenantId, owner, at);
  const token = randomBytes(32).toString('base64url');
  await trx('calendar_feed').insert({
    tenant_id: tenantId,
    id: newId(at),
    token_hash: hashOf(token),
    owner_kind: owner.kind,
    owner_id: owner.id,
    created_at: at,
  });
  return token;
}

export async function revokeFeed(trx: Transaction, tenantId: number, owner: FeedOwner, at: Date): Promise<void> {
  await live(trx, tenantId, owner).update({ revoked_at: at });
}

/** Undefined for an address that never was, was revoked, or belongs to an officer who has left. */
export async function feedOwner(trx: Transaction, tenantId: number, token: string, at: Date): Promise<FeedOwner | undefined> {
  const [row] = await trx('calendar_feed')
    .where({ tenant_id: tenantId, token_hash: hashOf(token) })
    .whereNull('revoked_at')
    .update({ read_at: at })
    .returning(['owner_kind', 'owner_id']);
  if (!row) return undefined;
  if (row.owner_kind === 'officer') {
    const officer = await trx('officer').where({ tenant_id: tenantId, id: row.owner_id, active: true }).first('id');
    if (!officer) return undefined;
  }
  return { kind: row.owner_kind, id: row.owner_id };
}
