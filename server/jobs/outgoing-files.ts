// Document ids in an effect's input become files: stored ones as they are, our own documents as PDF, made once and kept.
import { randomUUID } from 'node:crypto';
import { SUBMISSION } from '../cases/effects/prepare-effect.ts';
import type { OutgoingFile } from '../integrations/connector.ts';
import { reach } from '../platform/crash-point.ts';
import type { Transaction } from '../store/database.ts';
import { documentById, documentsOf, fileById, fileContent, insertFile, setDocumentFile, type DocumentRow } from '../store/documents.ts';
import type { ClaimedEffect } from '../store/outbox.ts';
import { withNumber } from './await-number.ts';
import type { Workshop } from './workshop.ts';

export async function filesFor(
  workshop: Workshop,
  tenantId: number,
  claimed: ClaimedEffect,
): Promise<{ readonly input: unknown; readonly files: readonly OutgoingFile[] }> {
  const { caseId } = claimed;
  const { notice } = claimed.input as { readonly notice?: string };
  if (notice !== undefined) return { input: claimed.input, files: [noticeFile(notice)] };
  if (caseId === null) return { input: claimed.input, files: await looseFiles(workshop, tenantId, claimed) };
  const input = claimed.input as { readonly documents?: readonly string[] };
  if (!input.documents || input.documents.length === 0) return { input, files: [] };
  const documents = await workshop.corridor.db.withTenant(tenantId, (trx) => named(trx, tenantId, caseId, input.documents ?? []));
  const files: OutgoingFile[] = [];
  for (const document of documents) files.push(await fileOf(workshop, tenantId, document));
  return { input: { ...input, documents: documents.map((document) => document.id) }, files };
}

/** A data message must carry a file (dmFiles); a notice to a data box carries its own words as one. */
const noticeFile = (text: string): OutgoingFile => ({ name: 'oznameni.txt', mime: 'text/plain', content: new TextEncoder().encode(text) });

/** Work without a case names stored files by id (`files: uuid[]`); each of them must be there. */
async function looseFiles(workshop: Workshop, tenantId: number, claimed: ClaimedEffect): Promise<readonly OutgoingFile[]> {
  const { files = [] } = claimed.input as { readonly files?: readonly string[] };
  const found: OutgoingFile[] = [];
  for (const id of files) found.push(await workshop.corridor.db.withTenant(tenantId, (trx) => storedFile(trx, tenantId, id)));
  return found;
}

async function named(trx: Transaction, tenantId: number, caseId: string, ids: readonly string[]): Promise<readonly DocumentRow[]> {
  const all = await documentsOf(trx, tenantId, caseId);
  return ids.flatMap((id) =>
    id === SUBMISSION
      ? all.filter((d) => d.kind === 'submission' || d.kind === 'attachment').sort((a, b) => rank(a) - rank(b))
      : all.filter((d) => d.id === id),
  );
}
const rank = (document: DocumentRow): number => (document.kind === 'submission' ? 0 : 1);

/** The file of a document; a PDF of ours is made outside any transaction and tied to the document in one of its own. */
export async function fileOf(
  workshop: Pick<Workshop, 'corridor' | 'renderDocument'>,
  tenantId: number,
  document: DocumentRow,
): Promise<OutgoingFile> {
  const { db, clock } = workshop.corridor;
  if (document.fileId === null) {
    const { document: numbered, isFinal } = await withNumber(workshop, tenantId, document);
    const content = await workshop.renderDocument(numbered);
    reach('rendered');
    if (!isFinal) return { name: fileName(document), mime: 'application/pdf', content };
    await db.withTenant(tenantId, async (trx) => {
      const fileId = randomUUID();
      if (((await documentById(trx, tenantId, document.id))?.fileId ?? null) !== null) return;
      await insertFile(trx, tenantId, {
        id: fileId,
        ownerKind: 'case',
        ownerId: document.caseId,
        caseId: document.caseId,
        field: 'document',
        name: fileName(document),
        mime: 'application/pdf',
        content,
        createdAt: clock.now().toISOString(),
      });
      if (!(await setDocumentFile(trx, tenantId, document.id, fileId))) throw new Error('document was rendered twice at once');
    });
    reach('document-kept');
  }
  return db.withTenant(tenantId, async (trx) => {
    const fileId = (await documentById(trx, tenantId, document.id))?.fileId;
    if (fileId === undefined || fileId === null) throw new Error(`document ${document.id} has no file`);
    return storedFile(trx, tenantId, fileId);
  });
}

async function storedFile(trx: Transaction, tenantId: number, id: string): Promise<OutgoingFile> {
  const file = await fileById(trx, tenantId, id);
  const content = file && (await fileContent(trx, tenantId, file.id));
  if (!file || !content) throw new Error(`file ${id} is gone`);
  return { name: file.name, mime: file.mime, content };
}

/** `potvrzeni-MULO-12-2026.pdf`: readable anywhere, no diacritics, no path. */
export function fileName(document: Pick<DocumentRow, 'title' | 'number'>): string {
  const plain = `${document.title} ${document.number ?? ''}`
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase();
  return `${plain.slice(0, 100) || 'dokument'}.pdf`;
}
