// What citizens have written and not sent yet.
import type { Json } from './json.ts';
import type { Transaction } from './database.ts';
import { fromRow } from './row.ts';

export interface DraftRow {
  readonly id: string;
  readonly personId: string;
  readonly situation: string;
  readonly versionId: string;
  readonly values: Readonly<Record<string, Json>>;
  readonly sources: Readonly<Record<string, 'identity'>>;
  readonly page: string | null;
  readonly revision: number;
  readonly savedAt: string;
  readonly submittedCase: string | null;
}

export async function insertDraft(trx: Transaction, tenantId: number, d: DraftRow): Promise<void> {
  await trx('draft').insert({
    tenant_id: tenantId,
    id: d.id,
    person_id: d.personId,
    situation: d.situation,
    version_id: d.versionId,
    values: JSON.stringify(d.values),
    sources: JSON.stringify(d.sources),
    page: d.page,
    revision: d.revision,
    created_at: d.savedAt,
    saved_at: d.savedAt,
  });
}
/** The person's own draft; with `lock` until the end of the transaction. */
export async function draftById(
  trx: Transaction,
  tenantId: number,
  personId: string,
  id: string,
  lock = false,
): Promise<DraftRow | undefined> {
  const query = trx('draft').where({ tenant_id: tenantId, person_id: personId, id }).first();
  const row = await (lock ? query.forUpdate() : query);
  return row && draftRow(row);
}
export async function openDrafts(trx: Transaction, tenantId: number, personId: string): Promise<readonly DraftRow[]> {
  return (
    await trx('draft').where({ tenant_id: tenantId, person_id: personId }).whereNull('submitted_case').orderBy('saved_at', 'desc')
  ).map(draftRow);
}
/** Saves over revision `expected`; false when another window saved meanwhile or the draft was sent. */
export async function saveDraft(
  trx: Transaction,
  tenantId: number,
  id: string,
  expected: number,
  change: { readonly values: Json; readonly page: string | null; readonly at: string },
): Promise<boolean> {
  const count = await trx('draft')
    .where({ tenant_id: tenantId, id, revision: expected })
    .whereNull('submitted_case')
    .update({ values: JSON.stringify(change.values), page: change.page, saved_at: change.at, revision: expected + 1 });
  return count === 1;
}
/** Carries a draft over to a newer version of the situation. */
export async function moveDraft(trx: Transaction, tenantId: number, id: string, versionId: string, values: Json): Promise<void> {
  await trx('draft')
    .where({ tenant_id: tenantId, id })
    .whereNull('submitted_case')
    .update({ version_id: versionId, values: JSON.stringify(values) });
}
export async function markDraftSubmitted(trx: Transaction, tenantId: number, id: string, caseId: string): Promise<void> {
  await trx('draft').where({ tenant_id: tenantId, id }).update({ submitted_case: caseId });
}
export async function deleteDraft(trx: Transaction, tenantId: number, personId: string, id: string): Promise<boolean> {
  await trx('file').where({ tenant_id: tenantId, owner_kind: 'draft', owner_id: id }).delete();
  return (await trx('draft').where({ tenant_id: tenantId, person_id: personId, id }).whereNull('submitted_case').delete()) === 1;
}
const draftRow = (row: object): DraftRow => fromRow<DraftRow>(row);
