// The inbox: every message from outside is kept first and understood afterwards; each (source, id) once.
import { randomUUID } from 'node:crypto';
import type { Json } from './json.ts';
import type { Transaction } from './database.ts';
import { insertFile } from './documents.ts';

export interface IncomingMessage {
  readonly id: string;
  readonly kind: string;
  readonly payload: Json;
  readonly files: readonly { readonly name: string; readonly mime: string; readonly content: Uint8Array }[];
}
export interface InboxRow {
  readonly id: string;
  readonly source: string;
  readonly messageId: string;
  readonly kind: string;
  readonly payload: Json;
  readonly attempts: number;
  readonly receivedAt: string;
}

/** Stores new messages; those known already are passed over. Returns how many were new. */
export async function keepMessages(
  trx: Transaction,
  tenantId: number,
  source: string,
  messages: readonly IncomingMessage[],
  at: string,
): Promise<number> {
  let kept = 0;
  for (const message of messages) {
    const id = randomUUID();
    const rows = await trx('inbox')
      .insert({
        tenant_id: tenantId,
        source,
        message_id: message.id,
        id,
        kind: message.kind,
        payload: JSON.stringify(message.payload),
        received_at: at,
        next_at: trx.raw('clock_timestamp()'),
      })
      .onConflict(['tenant_id', 'source', 'message_id'])
      .ignore()
      .returning('id');
    if (rows.length === 0) continue;
    kept++;
    for (const file of message.files) {
      await insertFile(trx, tenantId, {
        id: randomUUID(),
        ownerKind: 'inbox',
        ownerId: id,
        caseId: null,
        field: 'message',
        name: file.name,
        mime: file.mime,
        content: file.content,
        createdAt: at,
      });
    }
  }
  return kept;
}

export async function openMessages(trx: Transaction, tenantId: number, limit: number): Promise<readonly InboxRow[]> {
  const rows = await trx('inbox')
    .where({ tenant_id: tenantId })
    .whereNull('processed_at')
    .whereRaw('next_at <= clock_timestamp()')
    .orderBy('next_at')
    .limit(limit);
  return rows.map((r) => ({
    id: r.id,
    source: r.source,
    messageId: r.message_id,
    kind: r.kind,
    payload: r.payload,
    attempts: r.attempts,
    receivedAt: r.received_at.toISOString(),
  }));
}
export interface KeptMessage extends InboxRow {
  readonly processedAt: string | null;
  readonly result: string | null;
  readonly reason: string | null;
}
export async function inboxMessage(
  trx: Transaction,
  tenantId: number,
  source: string,
  messageId: string,
): Promise<KeptMessage | undefined> {
  const r = await trx('inbox').where({ tenant_id: tenantId, source, message_id: messageId }).first();
  if (!r) return undefined;
  return {
    id: r.id,
    source: r.source,
    messageId: r.message_id,
    kind: r.kind,
    payload: r.payload,
    attempts: r.attempts,
    receivedAt: r.received_at.toISOString(),
    processedAt: r.processed_at?.toISOString() ?? null,
    result: r.result,
    reason: r.reason,
  };
}
/** A refused message is read anew: what refused it may have been mended meanwhile. */
export async function reopenRefused(trx: Transaction, tenantId: number, id: string, payload: Json): Promise<void> {
  await trx('inbox')
    .where({ tenant_id: tenantId, id, result: 'refused' })
    .update({ payload: JSON.stringify(payload), processed_at: null, result: null, reason: null, next_at: trx.raw('clock_timestamp()') });
}
/** Ends a message; false when another worker ended it first. */
export async function finishMessage(
  trx: Transaction,
  tenantId: number,
  id: string,
  outcome: { readonly result: string; readonly reason?: string; readonly caseId?: string },
  at: string,
): Promise<boolean> {
  const count = await trx('inbox')
    .where({ tenant_id: tenantId, id })
    .whereNull('processed_at')
    .update({ processed_at: at, result: outcome.result, reason: outcome.reason ?? null, case_id: outcome.caseId ?? null });
  return count === 1;
}
export async function postponeMessage(trx: Transaction, tenantId: number, id: string, delayMs: number, reason: string): Promise<void> {
  await trx('inbox')
    .where({ tenant_id: tenantId, id })
    .whereNull('processed_at')
    .update({ attempts: trx.raw('attempts + 1'), next_at: trx.raw(`clock_timestamp() + ? * interval '1 millisecond'`, [delayMs]), reason });
}
/** A person decided about a message that no case was found for. */
export async function resolveUnsorted(
  trx: Transaction,
  tenantId: number,
  id: string,
  outcome: { readonly result: string; readonly reason: string; readonly caseId?: string },
): Promise<boolean> {
  const count = await trx('inbox')
    .where({ tenant_id: tenantId, id, result: 'unsorted' })
    .update({ result: outcome.result, reason: outcome.reason, case_id: outcome.caseId ?? null });
  return count === 1;
}

export async function cursorOf(trx: Transaction, tenantId: number, source: string): Promise<string | undefined> {
  const row = await trx('inbox_cursor').where({ tenant_id: tenantId, source }).first('cursor');
  return row?.cursor ?? undefined;
}
export async function saveCursor(trx: Transaction, tenantId: number, source: string, cursor: string, at: string): Promise<void> {
  await trx('inbox_cursor')
    .insert({ tenant_id: tenantId, source, cursor, polled_at: at })
    .onConflict(['tenant_id', 'source'])
    .merge(['cursor', 'polled_at']);
}

/** A connector failed or answered again. */
export async function noteTrouble(trx: Transaction, tenantId: number, connector: string, error: string, at: string): Promise<void> {
  await trx('connector_trouble')
    .insert({ tenant_id: tenantId, connector, since: at, last_at: at, error })
    .onConflict(['tenant_id', 'connector'])
    .merge(['last_at', 'error']);
}
export async function clearTrouble(trx: Transaction, tenantId: number, connector: string): Promise<void> {
  await trx('connector_trouble').where({ tenant_id: tenantId, connector }).delete();
}
