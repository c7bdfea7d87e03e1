// Drafts of citizens: what was written, on which version of the form.
import type { Draft, DraftCard, FileCard } from '../contract/portal.ts';
import { Problem } from '../domain/problem.ts';
import type { Transaction } from '../store/database.ts';
import { filesOf } from '../store/documents.ts';
import { draftById, openDrafts, type DraftRow } from '../store/drafts.ts';
import { inLang, inTurn, situationOf, type Lang, type Reader } from './reader.ts';

/** Unsent drafts are kept for 30 days after the last change. */
export const DRAFT_DAYS = 30;

export function listDrafts(reader: Reader, tenantId: number, personId: string, lang: Lang): Promise<readonly DraftCard[]> {
  return reader.db.withTenant(tenantId, async (trx) =>
    inTurn(await openDrafts(trx, tenantId, personId), (row) => draftCard(reader, trx, tenantId, row, lang)),
  );
}

export function readDraft(reader: Reader, tenantId: number, personId: string, id: string, lang: Lang): Promise<Draft> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const row = await draftById(trx, tenantId, personId, id);
    if (!row) throw new Problem('not-found', 'draft-not-found');
    if (row.submittedCase !== null) throw new Problem('gone', 'draft-already-submitted', { caseId: row.submittedCase });
    return draftView(reader, trx, tenantId, row, lang);
  });
}

export async function draftView(reader: Reader, trx: Transaction, tenantId: number, row: DraftRow, lang: Lang): Promise<Draft> {
  const situation = await situationOf(reader, trx, tenantId, row.versionId);
  const start = [...situation.model.nodes.values()].find((node) => node.kind === 'startEvent' && node.scope === situation.model.processId);
  const json = situation.files[`forms/${start?.form ?? ''}.form.json`];
  if (json === undefined) throw new Problem('unavailable', 'form-missing');
  const files = await filesOf(trx, tenantId, 'draft', row.id);
  return {
    ...(await draftCard(reader, trx, tenantId, row, lang)),
    form: JSON.parse(json),
    values: row.values,
    sources: row.sources,
    revision: row.revision,
    files: files.map(fileCard),
  };
}

async function draftCard(reader: Reader, trx: Transaction, tenantId: number, row: DraftRow, lang: Lang): Promise<DraftCard> {
  const situation = await situationOf(reader, trx, tenantId, row.versionId);
  const expires = new Date(Date.parse(row.savedAt) + DRAFT_DAYS * 86_400_000).toISOString();
  return {
    id: row.id,
    service: row.situation,
    title: inLang(situation.sheet.title, lang),
    savedAt: row.savedAt,
    page: row.page,
    expiresAt: expires,
  };
}

export const fileCard = (file: { id: string; field: string; name: string; mime: string; size: number }): FileCard => ({
  id: file.id,
  key: file.field,
  name: file.name,
  mime: file.mime,
  size: file.size,
});
