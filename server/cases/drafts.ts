// Writing on a citizen's drafts. No case is touched; one small transaction each. Files of drafts are loose-files.ts.
import { prefill, type Form, type Values } from '../../forms/index.ts';
import type { CompiledSituation } from '../catalog/index.ts';
import { Problem } from '../domain/problem.ts';
import type { Json } from '../engine/types.ts';
import { newId } from '../platform/ids.ts';
import type { Transaction } from '../store/database.ts';
import { deleteDraft, draftById, insertDraft, moveDraft, openDrafts, saveDraft, type DraftRow } from '../store/drafts.ts';
import { newestVersion, versionFiles } from '../store/situations.ts';
import type { Corridor } from './corridor.ts';
import { startNodeOf } from './checked-form.ts';

/** Opens the person's draft of a service: the one already begun, carried over to the newest version, else a new one prefilled from the identity. */
export function openDraft(
  corridor: Corridor,
  tenantId: number,
  person: { readonly id: string; readonly identity: Readonly<Record<string, string>> },
  situation: string,
): Promise<{ readonly draftId: string; readonly dropped: readonly string[] }> {
  return corridor.db.withTenant(tenantId, async (trx) => {
    const newest = await newestVersion(trx, tenantId, situation);
    if (!newest) throw new Problem('not-found', 'service-not-found');
    const compiled = await corridor.shelf.get(newest.id, () => versionFiles(trx, tenantId, newest.id));
    const form = startForm(compiled);
    const begun = (await openDrafts(trx, tenantId, person.id)).find((draft) => draft.situation === situation);
    if (begun) return { draftId: begun.id, dropped: await carryOver(trx, tenantId, begun, newest.id, form) };
    const { values, sources } = prefill(form, { identity: person.identity });
    const at = corridor.clock.now();
    const draft: DraftRow = {
      id: newId(at),
      personId: person.id,
      situation,
      versionId: newest.id,
      values: values as Record<string, Json>,
      sources,
      page: null,
      revision: 1,
      savedAt: at.toISOString(),
      submittedCase: null,
    };
    await insertDraft(trx, tenantId, draft);
    return { draftId: draft.id, dropped: [] };
  });
}

export function startForm(situation: CompiledSituation): Form {
  const form = situation.forms[startNodeOf(situation.model).form];
  if (!form) throw new Problem('unavailable', 'form-missing');
  return form;
}

/** What was written stays; answers to questions that the new version does not ask are named. */
async function carryOver(trx: Transaction, tenantId: number, draft: DraftRow, versionId: string, form: Form): Promise<readonly string[]> {
  if (draft.versionId === versionId) return [];
  const known = new Set(Object.keys(prefill(form, {}).values));
  const dropped = Object.keys(draft.values).filter((key) => !known.has(key));
  const kept = Object.fromEntries(Object.entries(draft.values).filter(([key]) => known.has(key)));
  await moveDraft(trx, tenantId, draft.id, versionId, { ...prefill(form, {}).values, ...kept } as Json);
  return dropped;
}

export interface DraftSave {
  readonly values: Values;
  readonly page: string | null;
  readonly revision: number;
}

/** Anything may be saved, also half-written answers; only filing checks them. Refuses `draft-changed-elsewhere` and `draft-not-found`. */
export function keepDraft(
  corridor: Corridor,
  tenantId: number,
  personId: string,
  id: string,
  save: DraftSave,
): Promise<{ readonly revision: number; readonly savedAt: string }> {
  return corridor.db.withTenant(tenantId, async (trx) => {
    const at = corridor.clock.now().toISOString();
    const draft = await ownDraft(trx, tenantId, personId, id);
    if (!(await saveDraft(trx, tenantId, id, save.revision, { values: save.values as Json, page: save.page, at }))) {
      throw new Problem('conflict', 'draft-changed-elsewhere', { revision: draft.revision, values: draft.values });
    }
    return { revision: save.revision + 1, savedAt: at };
  });
}

export function dropDraft(corridor: Corridor, tenantId: number, personId: string, id: string): Promise<void> {
  return corridor.db.withTenant(tenantId, async (trx) => {
    await ownDraft(trx, tenantId, personId, id);
    await deleteDraft(trx, tenantId, personId, id);
  });
}

/** Refuses `draft-not-found`, and `draft-already-submitted` with its case. */
export async function ownDraft(trx: Transaction, tenantId: number, personId: string, id: string): Promise<DraftRow> {
  const draft = await draftById(trx, tenantId, personId, id);
  if (!draft) throw new Problem('not-found', 'draft-not-found');
  if (draft.submittedCase !== null) throw new Problem('gone', 'draft-already-submitted', { caseId: draft.submittedCase });
  return draft;
}
