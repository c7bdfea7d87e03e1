// The register of documents and files (spisová služba): one row a document with its číslo jednací, one row a file.
import type { Transaction } from './database.ts';
import type { Json } from './json.ts';
import { ask, writeLast } from './lane.ts';
import { fromRow } from './row.ts';

export type RecordsService = 'builtin' | 'essl';
/** An identifier and the code of the system that gave it. */
export interface OutsideId {
  readonly value: string;
  readonly source: string;
}

export interface RecordsFile {
  readonly caseId: string;
  readonly service: RecordsService;
  readonly state: 'open' | 'settled' | 'closed';
  readonly outsideMark: string | null;
}
export interface NewRecordsFile {
  readonly caseId: string;
  readonly service: RecordsService;
  readonly title: string;
  readonly groupCode: string | null;
  readonly retentionCode: string;
  readonly retentionYears: number;
  readonly at: string;
}

export async function recordsFile(trx: Transaction, tenantId: number, caseId: string): Promise<RecordsFile | undefined> {
  const [row] = await ask<{ [column: string]: unknown }>(trx, {
    text: 'select case_id, service, state, outside_mark from records_file where tenant_id = $1 and case_id = $2',
    values: [tenantId, caseId],
  });
  return row && fromRow<RecordsFile>(row);
}

/** A statement of its own: documents of the same step refer to it. */
export async function openRecordsFile(trx: Transaction, tenantId: number, file: NewRecordsFile): Promise<void> {
  await ask(trx, {
    text: `insert into records_file (tenant_id, case_id, service, title, group_code, retention_code, retention_years, opened_at, state)
           values ($1, $2, $3, $4, $5, $6, $7, $8, 'open') on conflict (tenant_id, case_id) do nothing`,
    values: [tenantId, file.caseId, file.service, file.title, file.groupCode, file.retentionCode, file.retentionYears, file.at],
  });
}

/** `settled` and `closed` keep their first moment since the file was last opened. */
export function moveFile(trx: Transaction, tenantId: number, caseId: string, state: RecordsFile['state'], at: string): void {
  const sets = {
    open: 'settled_at = null, closed_at = null, reopened_at = $4',
    settled: 'settled_at = coalesce(settled_at, $4)',
    closed: 'settled_at = coalesce(settled_at, $4), closed_at = coalesce(closed_at, $4)',
  } as const;
  writeLast(trx, [
    {
      text: `update records_file set state = $3, ${sets[state]} where tenant_id = $1 and case_id = $2`,
      values: [tenantId, caseId, state, at],
    },
  ]);
}

/** The mark and the identifiers of the eSSL: kept beside ours, the first mark stays. */
export async function noteOutsideFile(
  trx: Transaction,
  tenantId: number,
  caseId: string,
  given: { readonly mark?: string | null; readonly ids?: readonly OutsideId[] },
): Promise<void> {
  await ask(trx, {
    text: `update records_file set outside_mark = coalesce(outside_mark, $3), outside_ids = (${MERGED}) where tenant_id = $1 and case_id = $2`,
    values: [tenantId, caseId, given.mark ?? null, JSON.stringify(given.ids ?? [])],
  });
}
const MERGED = `select coalesce(jsonb_agg(distinct one), '[]') from jsonb_array_elements(outside_ids || $4::jsonb) one`;

export interface NewRecordsDocument {
  readonly documentId: string;
  readonly caseId: string;
  readonly service: RecordsService;
  readonly direction: 'in' | 'out';
  readonly title: string;
  /** Who sent it, or whom it goes to. */
  readonly correspondent: string;
  /** `portal`, `data-box`, `email`, `paper`, `office`. */
  readonly way: string;
  readonly year: number;
  readonly number: string | null;
  readonly parts: readonly string[];
  readonly at: string;
}

/** A document is registered once; what was registered before stays. */
export async function insertRecordsDocument(trx: Transaction, tenantId: number, one: NewRecordsDocument): Promise<boolean> {
  const rows = await ask(trx, {
    text: `insert into records_document (tenant_id, document_id, case_id, service, direction, title, correspondent, way, year, registered_at, number, numbered_at, parts)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::text, case when $11::text is null then null else $10::timestamptz end, $12)
           on conflict (tenant_id, document_id) do nothing returning document_id`,
    values: [
      tenantId,
      one.documentId,
      one.caseId,
      one.service,
      one.direction,
      one.title,
      one.correspondent,
      one.way,
      one.year,
      one.at,
      one.number,
      JSON.stringify(one.parts),
    ],
  });
  return rows.length === 1;
}

/** The eSSL has registered it: its number goes to the document too, once. False when it has a number already. */
export async function numberRecordsDocument(
  trx: Transaction,
  tenantId: number,
  documentId: string,
  given: { readonly number: string; readonly ids: readonly OutsideId[]; readonly at: string },
): Promise<boolean> {
  const rows = await ask(trx, {
    text: `update records_document set number = coalesce(number, $3), numbered_at = coalesce(numbered_at, $5), outside_ids = (${MERGED})
            where tenant_id = $1 and document_id = $2 returning number = $3 as is_ours`,
    values: [tenantId, documentId, given.number, JSON.stringify(given.ids), given.at],
  });
  await ask(trx, {
    text: 'update document set number = $3 where tenant_id = $1 and id = $2 and number is null',
    values: [tenantId, documentId, given.number],
  });
  return rows[0]?.['is_ours'] === true;
}

export function noteDispatch(
  trx: Transaction,
  tenantId: number,
  documentId: string,
  sent: { readonly at: string; readonly by: string; readonly reference: string | null },
): void {
  writeLast(trx, [
    {
      text: `update records_document set dispatched_at = coalesce(dispatched_at, $3), dispatched_by = coalesce(dispatched_by, $4), dispatch_reference = coalesce(dispatch_reference, $5)
              where tenant_id = $1 and document_id = $2`,
      values: [tenantId, documentId, sent.at, sent.by, sent.reference],
    },
  ]);
}

export function noteDelivered(
  trx: Transaction,
  tenantId: number,
  documentId: string,
  delivered: { readonly at: string; readonly how: string },
): void {
  writeLast(trx, [
    {
      text: `update records_document set delivered_at = coalesce(delivered_at, $3), delivered_how = coalesce(delivered_how, $4)
              where tenant_id = $1 and document_id = $2`,
      values: [tenantId, documentId, delivered.at, delivered.how],
    },
  ]);
}

export interface RecordsDocument {
  readonly documentId: string;
  readonly caseId: string;
  readonly service: RecordsService;
  readonly direction: 'in' | 'out';
  readonly title: string;
  readonly number: string | null;
  readonly dispatchedAt: string | null;
  readonly deliveredAt: string | null;
  readonly settledAt: string | null;
  readonly parts: Json;
}

export async function recordsDocuments(trx: Transaction, tenantId: number, caseId: string): Promise<readonly RecordsDocument[]> {
  const rows = await ask<{ [column: string]: unknown }>(trx, {
    text: `select document_id, case_id, service, direction, title, number, dispatched_at, delivered_at, settled_at, parts
             from records_document where tenant_id = $1 and case_id = $2 order by registered_at, document_id`,
    values: [tenantId, caseId],
  });
  return rows.map((row) => fromRow<RecordsDocument>(row));
}

/** Letters whose delivery is not known yet; for the officer's word that one was delivered. */
export async function undelivered(trx: Transaction, tenantId: number, caseId: string): Promise<readonly string[]> {
  const rows = await ask<{ document_id: string }>(trx, {
    text: `select document_id from records_document where tenant_id = $1 and case_id = $2 and dispatched_at is not null and delivered_at is null order by dispatched_at`,
    values: [tenantId, caseId],
  });
  return rows.map((row) => row.document_id);
}

export async function settleDocument(trx: Transaction, tenantId: number, documentId: string, at: string): Promise<void> {
  await ask(trx, {
    text: 'update records_document set settled_at = coalesce(settled_at, $3) where tenant_id = $1 and document_id = $2',
    values: [tenantId, documentId, at],
  });
}

/** The document that has this číslo jednací. */
export async function numberHolder(trx: Transaction, tenantId: number, number: string): Promise<string | undefined> {
  const [row] = await ask<{ id: string }>(trx, {
    text: 'select id from document where tenant_id = $1 and number = $2',
    values: [tenantId, number],
  });
  return row?.id;
}
