// Published versions of life situations and analysts' drafts.
import type { Transaction } from './database.ts';
import { iso } from './cases.ts';
import { fromRow } from './row.ts';

type Files = Readonly<Record<string, string>>;
export interface VersionRow {
  readonly id: string;
  readonly situation: string;
  readonly number: number;
  readonly contentHash: string;
  readonly note: string;
  readonly publishedAt: string;
  readonly publishedBy: string;
}
const CARD = ['id', 'situation', 'number', 'content_hash', 'note', 'published_at', 'published_by'] as const;

export async function versionFiles(trx: Transaction, tenantId: number, versionId: string): Promise<Files | undefined> {
  const row = await trx('situation_version').where({ tenant_id: tenantId, id: versionId }).first('files');
  return row?.files;
}
export async function newestVersion(trx: Transaction, tenantId: number, situation: string): Promise<VersionRow | undefined> {
  const row = await trx('situation_version')
    .where({ tenant_id: tenantId, situation })
    .orderBy('number', 'desc')
    .first(...CARD);
  return row && versionRow(row);
}
/** The newest version of every situation of the town. */
export async function newestVersions(trx: Transaction, tenantId: number): Promise<readonly VersionRow[]> {
  const { rows } = await trx.raw<{ rows: object[] }>(
    `select distinct on (situation) ${CARD.join(', ')} from situation_version where tenant_id = ? order by situation, number desc`,
    [tenantId],
  );
  return rows.map(versionRow);
}
export async function versionsOf(trx: Transaction, tenantId: number, situation: string): Promise<readonly VersionRow[]> {
  return (
    await trx('situation_version')
      .where({ tenant_id: tenantId, situation })
      .orderBy('number', 'desc')
      .select(...CARD)
  ).map(versionRow);
}
export async function versionById(trx: Transaction, tenantId: number, id: string): Promise<VersionRow | undefined> {
  const row = await trx('situation_version')
    .where({ tenant_id: tenantId, id })
    .first(...CARD);
  return row && versionRow(row);
}
/** Publications of one situation wait for each other here, so that numbers have no gaps and no twins. */
export async function lockSituation(trx: Transaction, tenantId: number, situation: string): Promise<void> {
  await trx.raw('select pg_advisory_xact_lock(?, hashtext(?))', [tenantId, situation]);
}
export async function insertVersion(trx: Transaction, tenantId: number, version: VersionRow, files: Files): Promise<void> {
  await trx('situation_version').insert({
    tenant_id: tenantId,
    id: version.id,
    situation: version.situation,
    number: version.number,
    content_hash: version.contentHash,
    files: JSON.stringify(files),
    note: version.note,
    published_at: version.publishedAt,
    published_by: version.publishedBy,
  });
}
const versionRow = (row: object): VersionRow => fromRow<VersionRow>(row);

export interface SituationDraftRow {
  readonly situation: string;
  readonly files: Files;
  readonly revision: number;
  readonly basedOn: number;
  readonly savedAt: string;
  readonly savedBy: string;
}
export async function situationDraft(trx: Transaction, tenantId: number, situation: string): Promise<SituationDraftRow | undefined> {
  const r = await trx('situation_draft').where({ tenant_id: tenantId, situation }).first();
  return r && { situation, files: r.files, revision: r.revision, basedOn: r.based_on, savedAt: iso(r.saved_at), savedBy: r.saved_by };
}
/** Saves over revision `expected` (0 = there was none). False when somebody saved meanwhile. */
export async function saveSituationDraft(
  trx: Transaction,
  tenantId: number,
  draft: Omit<SituationDraftRow, 'revision'>,
  expected: number,
): Promise<boolean> {
  const columns = { files: JSON.stringify(draft.files), saved_at: draft.savedAt, saved_by: draft.savedBy, revision: expected + 1 };
  if (expected === 0) {
    const rows = await trx('situation_draft')
      .insert({ tenant_id: tenantId, situation: draft.situation, based_on: draft.basedOn, ...columns })
      .onConflict(['tenant_id', 'situation'])
      .ignore()
      .returning('situation');
    return rows.length === 1;
  }
  return (
    (await trx('situation_draft').where({ tenant_id: tenantId, situation: draft.situation, revision: expected }).update(columns)) === 1
  );
}
export async function deleteSituationDraft(trx: Transaction, tenantId: number, situation: string): Promise<void> {
  await trx('situation_draft').where({ tenant_id: tenantId, situation }).delete();
}
