// What comes from an eSSL: batches that it pushed, events that a person should see, and which of our documents or files they are about.
import type { Transaction } from './database.ts';
import { ask } from './lane.ts';
import { fromRow } from './row.ts';
import type { OutsideId } from './records.ts';

/** Between one source and one target. Undefined = none has come yet. */
export async function lastBatch(trx: Transaction, tenantId: number, source: string, target: string): Promise<number | undefined> {
  const [row] = await ask<{ number: number | null }>(trx, {
    text: 'select max(number)::float8 as number from records_batch where tenant_id = $1 and source = $2 and target = $3',
    values: [tenantId, source, target],
  });
  return row?.number ?? undefined;
}

export interface BatchRow {
  readonly source: string;
  readonly target: string;
  readonly number: number;
  readonly digest: string;
}
export async function batchDigest(trx: Transaction, tenantId: number, batch: BatchRow): Promise<string | undefined> {
  const [row] = await ask<{ digest: string }>(trx, {
    text: 'select digest from records_batch where tenant_id = $1 and source = $2 and target = $3 and number = $4',
    values: [tenantId, batch.source, batch.target, batch.number],
  });
  return row?.digest;
}
/** False when another request has brought it in this very moment. */
export async function insertBatch(trx: Transaction, tenantId: number, batch: BatchRow, at: string): Promise<boolean> {
  const rows = await ask(trx, {
    text: `insert into records_batch (tenant_id, source, target, number, digest, received_at) values ($1, $2, $3, $4, $5, $6)
           on conflict do nothing returning number`,
    values: [tenantId, batch.source, batch.target, batch.number, batch.digest, at],
  });
  return rows.length === 1;
}

export interface RecordsSubject {
  readonly caseId: string;
  readonly documentId: string | null;
}

/** By our ids; only when none of them is known by those that the eSSL gave. */
export async function subjectOf(
  trx: Transaction,
  tenantId: number,
  own: readonly string[],
  foreign: readonly OutsideId[],
): Promise<RecordsSubject | undefined> {
  const uuids = own.filter((id) => UUID.test(id));
  const known =
    uuids.length === 0
      ? undefined
      : await firstSubject(trx, tenantId, ['document_id = any($2::uuid[])', 'case_id = any($2::uuid[])'], uuids);
  if (known || foreign.length === 0) return known;
  const given = 'exists (select 1 from jsonb_array_elements($2::jsonb) one where outside_ids @> jsonb_build_array(one))';
  return firstSubject(trx, tenantId, [given, given], JSON.stringify(foreign));
}
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

async function firstSubject(
  trx: Transaction,
  tenantId: number,
  [ofDocument = '', ofFile = '']: readonly string[],
  value: unknown,
): Promise<RecordsSubject | undefined> {
  const [row] = await ask<{ case_id: string; document_id: string | null }>(trx, {
    text: `select case_id, document_id from (
             select case_id, document_id, 1 as rank from records_document where tenant_id = $1 and ${ofDocument}
             union all select case_id, null, 2 from records_file where tenant_id = $1 and ${ofFile}
           ) found order by rank limit 1`,
    values: [tenantId, value],
  });
  return row && { caseId: row.case_id, documentId: row.document_id };
}

export interface NewRecordsEvent {
  /** Of the inbox row: kept once. */
  readonly id: string;
  readonly caseId: string | null;
  readonly documentId: string | null;
  readonly name: string;
  readonly text: string;
}
export async function insertRecordsEvent(trx: Transaction, tenantId: number, event: NewRecordsEvent, at: string): Promise<void> {
  await ask(trx, {
    text: `insert into records_event (tenant_id, id, case_id, document_id, name, text, at) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    values: [tenantId, event.id, event.caseId, event.documentId, event.name, event.text, at],
  });
}

/** False when it was seen before or is not there. */
export async function seeRecordsEvent(
  trx: Transaction,
  tenantId: number,
  id: string,
  seen: { officerId: string; at: string },
): Promise<boolean> {
  const rows = await ask(trx, {
    text: 'update records_event set seen_at = $4, seen_by = $3 where tenant_id = $1 and id = $2 and seen_at is null returning id',
    values: [tenantId, id, seen.officerId, seen.at],
  });
  return rows.length === 1;
}

export interface AskedDocument {
  readonly documentId: string;
  readonly caseId: string;
  readonly title: string;
  readonly registeredAt: string;
  readonly number: string | null;
  readonly mark: string;
  readonly settledAt: string | null;
  readonly parts: readonly string[];
}
/** A registered document, for the eSSL that asks about it. Only what the eSSL keeps: others are none of its business. */
export async function askedDocument(trx: Transaction, tenantId: number, documentId: string): Promise<AskedDocument | undefined> {
  const [row] = await ask<{ [column: string]: unknown }>(trx, {
    text: `select r.document_id, r.case_id, r.title, r.registered_at, r.number, c.mark, r.settled_at, r.parts
             from records_document r join cases c on c.tenant_id = r.tenant_id and c.id = r.case_id
            where r.tenant_id = $1 and r.document_id::text = $2 and r.service = 'essl'`,
    values: [tenantId, documentId],
  });
  return row && fromRow<AskedDocument>(row);
}
/** The registered document that a file's document belongs to: itself, or the one it came with. */
export async function isOfRecords(trx: Transaction, tenantId: number, documentId: string): Promise<boolean> {
  const rows = await ask(trx, {
    text: `select 1 from records_document r where r.tenant_id = $1 and r.service = 'essl' and (r.document_id::text = $2 or r.case_id = (select case_id from document where tenant_id = $1 and id::text = $2) and r.parts ? $2) limit 1`,
    values: [tenantId, documentId],
  });
  return rows.length > 0;
}
