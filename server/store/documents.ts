// Files, documents and numbers of a case.
import { createHash } from 'node:crypto';
import type { Json } from './json.ts';
import type { Transaction } from './database.ts';
import { fromRow } from './row.ts';

export interface FileRow {
  readonly id: string;
  readonly ownerKind: 'draft' | 'task' | 'case' | 'inbox' | 'outgoing';
  readonly ownerId: string;
  readonly caseId: string | null;
  readonly field: string;
  readonly name: string;
  readonly mime: string;
  readonly size: number;
  readonly sha256: string;
  readonly createdAt: string;
}
export type NewFile = Omit<FileRow, 'size' | 'sha256'> & { readonly content: Uint8Array };

/** Stores the row and its bytes in one transaction, so neither is ever without the other. */
export async function insertFile(trx: Transaction, tenantId: number, file: NewFile): Promise<FileRow> {
  const sha256 = createHash('sha256').update(file.content).digest('hex');
  const row = {
    id: file.id,
    ownerKind: file.ownerKind,
    ownerId: file.ownerId,
    caseId: file.caseId,
    field: file.field,
    name: file.name,
    mime: file.mime,
    size: file.content.byteLength,
    sha256,
    createdAt: file.createdAt,
  };
  await trx('file').insert({
    tenant_id: tenantId,
    id: row.id,
    owner_kind: row.ownerKind,
    owner_id: row.ownerId,
    case_id: row.caseId,
    field: row.field,
    name: row.name,
    mime: row.mime,
    size: row.size,
    sha256,
    created_at: row.createdAt,
  });
  await trx('file_content').insert({ tenant_id: tenantId, file_id: file.id, content: Buffer.from(file.content) });
  return row;
}

export async function filesOf(
  trx: Transaction,
  tenantId: number,
  ownerKind: FileRow['ownerKind'],
  ownerId: string,
): Promise<readonly FileRow[]> {
  return (await trx('file').where({ tenant_id: tenantId, owner_kind: ownerKind, owner_id: ownerId }).orderBy('created_at')).map(fileRow);
}
export async function fileById(trx: Transaction, tenantId: number, id: string): Promise<FileRow | undefined> {
  const row = await trx('file').where({ tenant_id: tenantId, id }).first();
  return row && fileRow(row);
}
export async function fileContent(trx: Transaction, tenantId: number, id: string): Promise<Uint8Array | undefined> {
  const row = await trx('file_content').where({ tenant_id: tenantId, file_id: id }).first('content');
  return row?.content;
}
/** Removes a file that is not yet part of a case. */
export async function deleteLooseFile(
  trx: Transaction,
  tenantId: number,
  ownerKind: 'draft' | 'task',
  ownerId: string,
  id: string,
): Promise<boolean> {
  return (await trx('file').where({ tenant_id: tenantId, id, owner_kind: ownerKind, owner_id: ownerId }).delete()) === 1;
}
/** Files of a draft or a task become part of the case. */
export async function adoptFiles(trx: Transaction, tenantId: number, caseId: string, ids: readonly string[]): Promise<void> {
  if (ids.length > 0)
    await trx('file')
      .where({ tenant_id: tenantId })
      .whereIn('id', [...ids])
      .update({ owner_kind: 'case', owner_id: caseId, case_id: caseId });
}
/** What a person uploaded and then did not use. */
export async function deleteUnusedFiles(trx: Transaction, tenantId: number, ownerKind: 'draft' | 'task', ownerId: string): Promise<void> {
  await trx('file').where({ tenant_id: tenantId, owner_kind: ownerKind, owner_id: ownerId }).delete();
}

const fileRow = (row: object): FileRow => fromRow<FileRow>(row);

export interface DocumentRow {
  readonly id: string;
  readonly caseId: string;
  /** `submission`, `attachment`, `letter`, `supplement`, `received` (what the applicant sent by data box), `message` (for officers only). */
  readonly kind: string;
  readonly title: string;
  readonly number: string | null;
  readonly direction: 'in' | 'out';
  /** What the PDF is made from; null when the file came from outside. */
  readonly content: Json;
  readonly fileId: string | null;
  readonly createdAt: string;
}
export async function insertDocuments(trx: Transaction, tenantId: number, documents: readonly DocumentRow[]): Promise<void> {
  if (documents.length === 0) return;
  await trx('document').insert(
    documents.map((d) => ({
      tenant_id: tenantId,
      id: d.id,
      case_id: d.caseId,
      kind: d.kind,
      title: d.title,
      number: d.number,
      direction: d.direction,
      content: d.content === null ? null : JSON.stringify(d.content),
      file_id: d.fileId,
      created_at: d.createdAt,
    })),
  );
}
export async function documentsOf(trx: Transaction, tenantId: number, caseId: string): Promise<readonly DocumentRow[]> {
  return (await trx('document').where({ tenant_id: tenantId, case_id: caseId }).orderBy('created_at').orderBy('id')).map(documentRow);
}
export async function documentById(trx: Transaction, tenantId: number, id: string): Promise<DocumentRow | undefined> {
  const row = await trx('document').where({ tenant_id: tenantId, id }).first();
  return row && documentRow(row);
}
/** Ties the rendered PDF to its document; false when somebody else did it first (their file counts). */
export async function setDocumentFile(trx: Transaction, tenantId: number, documentId: string, fileId: string): Promise<boolean> {
  return (await trx('document').where({ tenant_id: tenantId, id: documentId }).whereNull('file_id').update({ file_id: fileId })) === 1;
}
/** A document gets its číslo jednací once. */
export async function numberDocument(trx: Transaction, tenantId: number, documentId: string, number: string): Promise<void> {
  await trx('document').where({ tenant_id: tenantId, id: documentId }).whereNull('number').update({ number });
}
const documentRow = (row: object): DocumentRow => fromRow<DocumentRow>(row);

/** The next number of a series in a year; gap-free because it is taken in the transaction that uses it. */
export async function nextNumber(trx: Transaction, tenantId: number, series: string, year: number): Promise<number> {
  const { rows } = await trx.raw<{ rows: { last: number }[] }>(
    `insert into number_series (tenant_id, series, year, last) values (?, ?, ?, 1)
     on conflict (tenant_id, series, year) do update set last = number_series.last + 1 returning last`,
    [tenantId, series, year],
  );
  const last = rows[0]?.last;
  if (last === undefined) throw new Error(`number series ${series} gave no number`);
  return last;
}
