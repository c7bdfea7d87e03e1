// Which level of assurance a life situation demands for what a citizen is about to file: `login` of its sheet, in the version that holds for it.
import type { SituationSheet } from '../catalog/types.ts';
import { draftById } from '../store/drafts.ts';
import { casesIn } from '../store/models.ts';
import { situationOf, type Reader } from './reader.ts';

export type NeededLevel = SituationSheet['login'];

/** Undefined when there is no such draft of this person; whoever reads it says so. */
export function levelForDraft(reader: Reader, tenantId: number, personId: string, draftId: string): Promise<NeededLevel | undefined> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const draft = await draftById(trx, tenantId, personId, draftId);
    return draft && (await situationOf(reader, trx, tenantId, draft.versionId)).sheet.login;
  });
}

/** Undefined when there is no such case of this person. */
export function levelForCase(reader: Reader, tenantId: number, personId: string, caseId: string): Promise<NeededLevel | undefined> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const row = await casesIn(trx, tenantId).findOne({ id: caseId, applicant_id: personId });
    return row && (await situationOf(reader, trx, tenantId, row.versionId)).sheet.login;
  });
}
