// Messages and signals that go from case to case: written with the step that throws them, kept in the inbox until somebody takes them.
import { randomUUID } from 'node:crypto';
import type { Transaction } from './database.ts';
import type { Json } from './json.ts';
import { fromRow } from './row.ts';

/** Source of such rows in the inbox. */
export const BETWEEN_CASES = 'case';

export type BroadcastKind = 'message' | 'signal';
export interface CaseMessage {
  /** Names the throw for ever: case, execution and place in the step. A throw that is written twice is one message. */
  readonly messageId: string;
  readonly kind: 'case-message' | 'case-signal';
  readonly payload: { readonly name: string } & Readonly<Record<string, Json>>;
  readonly at: string;
  /** Null: never given up. */
  readonly expiresAt: string | null;
}

export async function insertCaseMessages(trx: Transaction, tenantId: number, messages: readonly CaseMessage[]): Promise<void> {
  if (messages.length === 0) return;
  await trx('inbox')
    .insert(
      messages.map((message) => ({
        tenant_id: tenantId,
        source: BETWEEN_CASES,
        message_id: message.messageId,
        id: randomUUID(),
        kind: message.kind,
        payload: JSON.stringify(message.payload),
        received_at: message.at,
        next_at: trx.raw('clock_timestamp()'),
        expires_at: message.expiresAt,
      })),
    )
    .onConflict(['tenant_id', 'source', 'message_id'])
    .ignore();
}

/** A case begins to wait for these: what is kept under the names is looked at at once. */
export async function wakeKept(trx: Transaction, tenantId: number, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  await trx('inbox')
    .where({ tenant_id: tenantId, source: BETWEEN_CASES })
    .whereNull('processed_at')
    .whereRaw(`payload ->> 'name' = any(?)`, [[...names]])
    .update({ next_at: trx.raw('clock_timestamp()') });
}

export interface Receiver {
  readonly caseId: string;
  readonly executionId: string;
  readonly correlationKey: string | null;
}

/** Who waits for the message, the longest waiting first; `limit` is enough to see that there are several. */
export async function receiversOf(
  trx: Transaction,
  tenantId: number,
  message: { readonly name: string; readonly key: string | null },
  limit: number,
): Promise<readonly Receiver[]> {
  const { rows } = await trx.raw<{ rows: object[] }>(
    `select case_id, execution_id, correlation_key from subscription
      where tenant_id = ? and kind = 'message' and message = ? and (correlation_key is null or correlation_key = ?)
      order by (correlation_key is null), since, execution_id limit ?`,
    [tenantId, message.name, message.key, limit],
  );
  return rows.map((row) => fromRow<Receiver>(row));
}

/** Where the case waits for the message: at `executionId` when one is meant, else at the oldest such wait. */
export async function oldestWait(
  trx: Transaction,
  tenantId: number,
  caseId: string,
  message: string,
  executionId?: string,
): Promise<string | undefined> {
  const row = await trx('subscription')
    .where({
      tenant_id: tenantId,
      case_id: caseId,
      kind: 'message',
      message,
      ...(executionId === undefined ? {} : { execution_id: executionId }),
    })
    .orderBy(['since', 'execution_id'])
    .first('execution_id');
  return row?.execution_id;
}

/** Where the case waits to hear that this very letter was delivered, else where it takes any: the oldest such wait. */
export async function letterWait(
  trx: Transaction,
  tenantId: number,
  caseId: string,
  { message, documentId }: { readonly message: string; readonly documentId: string | null },
): Promise<string | undefined> {
  const row = await trx('subscription')
    .where({ tenant_id: tenantId, case_id: caseId, kind: 'message', message })
    .where((fits) => fits.whereNull('correlation_key').orWhere('correlation_key', documentId))
    .orderByRaw('correlation_key nulls last, since, execution_id')
    .first('execution_id');
  return row?.execution_id;
}

export interface LetterWait {
  readonly executionId: string;
  /** The letter that is meant; null = any. */
  readonly documentId: string | null;
}
/** Waits for the delivery of letters that are not delivered yet, the oldest first; waits for the same letter count once. */
export async function deliveryWaits(trx: Transaction, tenantId: number, caseId: string, message: string): Promise<readonly LetterWait[]> {
  // A boundary event that interrupts nothing goes on waiting after its letter was delivered.
  const { rows } = await trx.raw<{ rows: { execution_id: string; correlation_key: string | null }[] }>(
    `select s.execution_id, s.correlation_key from subscription s
      where s.tenant_id = ? and s.case_id = ? and s.kind = 'message' and s.message = ?
        and not exists (select from records_document r where r.tenant_id = s.tenant_id and r.case_id = s.case_id
                          and r.document_id::text = s.correlation_key and r.delivered_at is not null)
      order by s.since, s.execution_id`,
    [tenantId, caseId, message],
  );
  const waits = rows.map((row) => ({ executionId: row.execution_id, documentId: row.correlation_key }));
  return waits.filter(({ documentId }, at) => documentId === null || waits.findIndex((other) => other.documentId === documentId) === at);
}

/** A signal becomes one delivery for each case that waits for it and for each situation that it starts, all at once or none. */
export async function fanOut(
  trx: Transaction,
  tenantId: number,
  signal: { readonly messageId: string; readonly name: string; readonly payload: Json; readonly from: string },
  at: string,
): Promise<void> {
  await trx.raw(
    `insert into inbox (tenant_id, source, message_id, id, kind, payload, received_at, next_at)
     select ?, ?, ? || '/' || target.id, gen_random_uuid(), 'case-delivery', ?::jsonb || target.place, ?, clock_timestamp()
       from (select case_id::text as id, jsonb_build_object('caseId', case_id) as place
               from subscription where tenant_id = ? and kind = 'signal' and message = ? and case_id <> ?::uuid group by case_id
             union all
             select situation || '/' || element_id, jsonb_build_object('situation', situation, 'elementId', element_id)
               from message_start where tenant_id = ? and kind = 'signal' and name = ?) target
     on conflict do nothing`,
    [
      tenantId,
      BETWEEN_CASES,
      signal.messageId,
      JSON.stringify(signal.payload),
      at,
      tenantId,
      signal.name,
      signal.from,
      tenantId,
      signal.name,
    ],
  );
}

export interface StartBy {
  readonly situation: string;
  readonly elementId: string;
  readonly versionId: string;
}

export async function startsBy(trx: Transaction, tenantId: number, kind: BroadcastKind, name: string): Promise<readonly StartBy[]> {
  const rows = await trx('message_start')
    .where({ tenant_id: tenantId, kind, name })
    .orderBy(['situation', 'element_id'])
    .select('situation', 'element_id', 'version_id');
  return rows.map((row) => fromRow<StartBy>(row));
}

/** The start events of a situation's newest version take the place of those of the version before. */
export async function replaceStarts(
  trx: Transaction,
  tenantId: number,
  situation: string,
  versionId: string,
  starts: readonly { readonly kind: BroadcastKind; readonly name: string; readonly elementId: string }[],
): Promise<void> {
  await trx('message_start').where({ tenant_id: tenantId, situation }).delete();
  if (starts.length === 0) return;
  await trx('message_start').insert(
    starts.map((start) => ({
      tenant_id: tenantId,
      kind: start.kind,
      name: start.name,
      situation,
      element_id: start.elementId,
      version_id: versionId,
    })),
  );
}

export async function expiresAtOf(trx: Transaction, tenantId: number, inboxId: string): Promise<string | null> {
  const row = await trx('inbox').where({ tenant_id: tenantId, id: inboxId }).first('expires_at');
  return row?.expires_at ? (row.expires_at as Date).toISOString() : null;
}

/** Looked at again later; tries are not counted, only time ends the keeping. */
export async function keepOn(trx: Transaction, tenantId: number, inboxId: string, delayMs: number, reason: string): Promise<void> {
  await trx('inbox')
    .where({ tenant_id: tenantId, id: inboxId })
    .whereNull('processed_at')
    .update({ next_at: trx.raw(`clock_timestamp() + ? * interval '1 millisecond'`, [delayMs]), reason });
}

/** Who filed a case and where he wants to be written to; read without a lock, because two cases are never locked at once. */
export async function filerOf(
  trx: Transaction,
  tenantId: number,
  caseId: string,
): Promise<{ readonly applicantId: string | null; readonly contactEmail: string | null } | undefined> {
  const row = await trx('cases').where({ tenant_id: tenantId, id: caseId }).first('applicant_id', 'contact_email');
  return row && { applicantId: row.applicant_id, contactEmail: row.contact_email };
}
