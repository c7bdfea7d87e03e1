// The journal of a case: one row a command, append-only, each row's hash over its content and the row before it (product N16).
// Rows hold ids, never personal data, so that an erasure does not break the chain.
import { createHash } from 'node:crypto';
import type { Json } from './json.ts';
import type { Transaction } from './database.ts';
import { ask, type Part } from './lane.ts';
import { packTrace, unpackTrace } from './packed-trace.ts';

/** `prev` of the first row of every case. */
export const GENESIS = '0'.repeat(64);

export interface JournalEntry {
  readonly caseId: string;
  /** Equals the case's revision after the command. */
  readonly seq: number;
  /** UTC, milliseconds. */
  readonly at: string;
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly kind: string;
  readonly detail: Json;
  readonly stateHash: string;
}
export interface ChainedEntry extends JournalEntry {
  readonly prevHash: string;
  readonly hash: string;
}

/** SHA-256 (hex) over the canonical JSON of the entry and the previous hash. */
export function chainHash(tenantId: number, entry: JournalEntry, prevHash: string): string {
  return sha256(
    canonical([
      tenantId,
      entry.caseId,
      entry.seq,
      entry.at,
      entry.actorKind,
      entry.actorId,
      entry.kind,
      entry.detail,
      entry.stateHash,
      prevHash,
    ]),
  );
}

/** Hash of an engine state, as the journal keeps it. */
export const stateHash = (state: Json): string => sha256(canonical(state));

/** JSON with sorted keys: jsonb does not keep their order. */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const record = value as Readonly<Record<string, Json>>;
    return `{${Object.keys(record)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonical(record[key] ?? null)}`)
      .join(',')}}`;
  }
  return JSON.stringify(value);
}
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The entry as the next link of the case's chain. */
export function chained(tenantId: number, entry: JournalEntry, prevHash: string): ChainedEntry {
  return { ...entry, prevHash, hash: chainHash(tenantId, entry, prevHash) };
}

export async function appendJournal(trx: Transaction, tenantId: number, entry: ChainedEntry): Promise<void> {
  await ask(trx, journalPart(tenantId, entry));
}

export function journalPart(tenantId: number, entry: ChainedEntry): Part {
  return {
    text: `insert into journal (tenant_id, case_id, seq, at, actor_kind, actor_id, kind, detail, state_hash, prev_hash, hash)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    values: [
      tenantId,
      entry.caseId,
      entry.seq,
      entry.at,
      entry.actorKind,
      entry.actorId,
      entry.kind,
      JSON.stringify(packTrace(entry.detail, entry.at)),
      bytes(entry.stateHash),
      entry.prevHash === GENESIS ? Buffer.alloc(0) : bytes(entry.prevHash),
      bytes(entry.hash),
    ],
  };
}

export async function journalOf(trx: Transaction, tenantId: number, caseId: string): Promise<readonly ChainedEntry[]> {
  const rows = await trx('journal').where({ tenant_id: tenantId, case_id: caseId }).orderBy('seq');
  return rows.map((row: StoredEntry) => entryOf(row));
}

/** A row of the table as it is. The `prev_hash` of a case's first entry is stored as nothing. */
export interface StoredEntry {
  readonly case_id: string;
  readonly seq: number;
  readonly at: Date;
  readonly actor_kind: string;
  readonly actor_id: string | null;
  readonly kind: string;
  readonly detail: Json;
  readonly state_hash: Buffer;
  readonly prev_hash: Buffer;
  readonly hash: Buffer;
}

/** The entry that the hashes were made over. */
export function entryOf(row: StoredEntry): ChainedEntry {
  const at = row.at.toISOString();
  return {
    caseId: row.case_id,
    seq: row.seq,
    at,
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    kind: row.kind,
    detail: unpackTrace(row.detail, at),
    stateHash: row.state_hash.toString('hex'),
    prevHash: row.prev_hash.length === 0 ? GENESIS : row.prev_hash.toString('hex'),
    hash: row.hash.toString('hex'),
  };
}
const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');

export type ChainVerdict =
  { readonly intact: true } | { readonly intact: false; readonly seq: number; readonly reason: 'gap' | 'broken-link' | 'changed' };

/** Checks one case's chain: numbered without gaps, linked, recomputed. A cut tail needs the signed heads. */
export function verifyChain(tenantId: number, entries: readonly ChainedEntry[]): ChainVerdict {
  let prev = GENESIS;
  for (const [index, entry] of entries.entries()) {
    if (entry.seq !== index + 1) return { intact: false, seq: entry.seq, reason: 'gap' };
    if (entry.prevHash !== prev) return { intact: false, seq: entry.seq, reason: 'broken-link' };
    if (chainHash(tenantId, entry, prev) !== entry.hash) return { intact: false, seq: entry.seq, reason: 'changed' };
    prev = entry.hash;
  }
  return { intact: true };
}

/** Digest over the newest hash of every case of the town, for the signed head. */
export async function journalDigest(trx: Transaction, tenantId: number): Promise<{ cases: number; digest: string }> {
  const { rows } = await trx.raw<{ rows: { cases: number; digest: string }[] }>(
    `select count(*)::int as cases, encode(sha256(convert_to(coalesce(string_agg(j.case_id::text || ':' || j.seq || ':' || encode(j.hash, 'hex'), ',' order by j.case_id), ''), 'UTF8')), 'hex') as digest
       from cases c join journal j on j.tenant_id = c.tenant_id and j.case_id = c.id and j.seq = c.revision
      where c.tenant_id = ?`,
    [tenantId],
  );
  return rows[0] ?? { cases: 0, digest: sha256('') };
}

export interface SignedHead {
  readonly at: string;
  readonly cases: number;
  readonly digest: string;
  readonly signature: string;
  readonly keyId: string;
}
export async function insertHead(trx: Transaction, tenantId: number, head: SignedHead): Promise<void> {
  await trx('journal_head').insert({
    tenant_id: tenantId,
    at: head.at,
    cases: head.cases,
    digest: head.digest,
    signature: head.signature,
    key_id: head.keyId,
  });
}
export async function newestHeadAt(trx: Transaction, tenantId: number): Promise<string | undefined> {
  const row = await trx('journal_head').where({ tenant_id: tenantId }).max('at as at').first();
  return row?.at ? (row.at as Date).toISOString() : undefined;
}
