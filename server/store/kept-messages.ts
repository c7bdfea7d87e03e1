// A received data message as a person or a rule places it: into a case, back out of it, aside. The row of the inbox says who did it and why.
import type { Json } from './json.ts';
import type { Transaction } from './database.ts';

export interface KeptDataMessage {
  readonly id: string;
  readonly source: string;
  readonly messageId: string;
  readonly kind: string;
  readonly payload: Json;
  readonly receivedAt: string;
  readonly processedAt: string | null;
  readonly result: string | null;
  readonly caseId: string | null;
  readonly pairing: Json;
  readonly documentNumber: string | null;
}

/** Locked: two officers who place one message do it one after the other. */
export async function keptMessage(trx: Transaction, tenantId: number, id: string): Promise<KeptDataMessage | undefined> {
  const row = await trx('inbox').where({ tenant_id: tenantId, id }).forUpdate().first();
  return (
    row && {
      id: row.id,
      source: row.source,
      messageId: row.message_id,
      kind: row.kind,
      payload: row.payload,
      receivedAt: row.received_at.toISOString(),
      processedAt: row.processed_at?.toISOString() ?? null,
      result: row.result,
      caseId: row.case_id,
      pairing: row.pairing,
      documentNumber: row.document_number,
    }
  );
}

/** What a person is still to sort; undefined when somebody has. */
export async function unsortedMessage(
  trx: Transaction,
  tenantId: number,
  id: string,
): Promise<{ readonly payload: Json; readonly source: string } | undefined> {
  return trx('inbox').where({ tenant_id: tenantId, id, result: 'unsorted' }).first('payload', 'source');
}

/** The case it lies in; undefined when it lies in none. */
export async function caseOfMessage(trx: Transaction, tenantId: number, id: string): Promise<string | undefined> {
  const row = await trx('inbox').where({ tenant_id: tenantId, id }).whereNotNull('case_id').first('case_id');
  return row?.case_id;
}

export async function isMessage(trx: Transaction, tenantId: number, id: string): Promise<boolean> {
  return (await trx('inbox').where({ tenant_id: tenantId, id }).first('id')) !== undefined;
}

export interface Placing {
  readonly id: string;
  readonly number: string | null;
  readonly pairing: Json;
  /** Null = placed by a rule. */
  readonly officerId: string | null;
  readonly reason: string | null;
}

/** Into a case; false when somebody placed it meanwhile. An officer who places it has seen it. */
export async function placeInCase(trx: Transaction, tenantId: number, caseId: string, placing: Placing, at: string): Promise<boolean> {
  const { officerId } = placing;
  const count = await trx('inbox')
    .where({ tenant_id: tenantId, id: placing.id })
    .where((open) => open.whereNull('processed_at').orWhere('result', 'unsorted'))
    .update({
      processed_at: trx.raw('coalesce(processed_at, ?)', [at]),
      result: officerId === null ? 'delivered' : 'sorted',
      reason: placing.reason,
      case_id: caseId,
      pairing: placing.pairing === null ? null : JSON.stringify(placing.pairing),
      document_number: placing.number,
      sorted_by: officerId,
      sorted_at: officerId === null ? null : at,
      seen_by: officerId,
      seen_at: officerId === null ? null : at,
    });
  return count === 1;
}

/** Out of its case, back to those that a person sorts; its files and its number stay with it. */
export async function takeFromCase(trx: Transaction, tenantId: number, caseId: string, id: string, reason: string): Promise<boolean> {
  const count = await trx('inbox')
    .where({ tenant_id: tenantId, id, case_id: caseId })
    .whereIn('result', ['delivered', 'sorted'])
    .update({ result: 'unsorted', reason, case_id: null, sorted_by: null, sorted_at: null, seen_by: null, seen_at: null });
  if (count !== 1) return false;
  const files = await trx('file')
    .where({ tenant_id: tenantId, case_id: caseId, field: fieldOf(id) })
    .select('id');
  const ids = files.map((file) => file.id as string);
  // Documents of a message have its id and the ids of its files. The number stays with the message, so the register has no gap.
  await trx('records_document')
    .where({ tenant_id: tenantId, case_id: caseId, service: 'builtin' })
    .whereIn('document_id', [id, ...ids])
    .delete();
  const rendered = await trx('document').where({ tenant_id: tenantId, case_id: caseId, id }).first('file_id');
  await trx('document')
    .where({ tenant_id: tenantId, case_id: caseId })
    .whereIn('id', [id, ...ids])
    .delete();
  if (rendered?.file_id) await trx('file').where({ tenant_id: tenantId, id: rendered.file_id }).delete();
  await trx('file')
    .where({ tenant_id: tenantId })
    .whereIn('id', ids)
    .update({ owner_kind: 'inbox', owner_id: id, case_id: null, field: 'message' });
  return true;
}

/** An eSSL outside has been told of it: what it has registered is not taken back by us. */
export async function isRegisteredOutside(trx: Transaction, tenantId: number, id: string): Promise<boolean> {
  return (
    (await trx('records_document').where({ tenant_id: tenantId, document_id: id, service: 'essl' }).first('document_id')) !== undefined
  );
}

/** The message's files become files of the case; `field` remembers of which message they are. */
export async function adoptMessageFiles(trx: Transaction, tenantId: number, caseId: string, id: string): Promise<void> {
  await trx('file')
    .where({ tenant_id: tenantId, owner_kind: 'inbox', owner_id: id })
    .update({ owner_kind: 'case', owner_id: caseId, case_id: caseId, field: fieldOf(id) });
}
const fieldOf = (id: string): string => `message:${id}`;

export interface SetAside {
  readonly id: string;
  readonly officerId: string;
  readonly reason: string;
}
export async function setAside(trx: Transaction, tenantId: number, { id, officerId, reason }: SetAside, at: string): Promise<boolean> {
  const count = await trx('inbox')
    .where({ tenant_id: tenantId, id, result: 'unsorted' })
    .update({ result: 'dismissed', reason, sorted_by: officerId, sorted_at: at });
  return count === 1;
}
export async function bringBack(trx: Transaction, tenantId: number, id: string): Promise<boolean> {
  const count = await trx('inbox')
    .where({ tenant_id: tenantId, id, result: 'dismissed' })
    .update({ result: 'unsorted', reason: 'brought-back', sorted_by: null, sorted_at: null });
  return count === 1;
}

/** An officer took note; the first one counts. */
export async function noteSeen(trx: Transaction, tenantId: number, id: string, officerId: string, at: string): Promise<boolean> {
  const count = await trx('inbox')
    .where({ tenant_id: tenantId, id })
    .whereNotNull('case_id')
    .whereNull('seen_at')
    .update({ seen_by: officerId, seen_at: at });
  return count === 1;
}

/** How it was tried to place; for a message that a person has to sort. */
export async function keepPairing(trx: Transaction, tenantId: number, id: string, pairing: Json): Promise<void> {
  await trx('inbox')
    .where({ tenant_id: tenantId, id })
    .update({ pairing: JSON.stringify(pairing) });
}
