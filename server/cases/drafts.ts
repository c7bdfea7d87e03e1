// Writing on a citizen's drafts and on the loose files of drafts and tasks. No case is touched; one small transaction each.
import { prefill, type Form, type Values } from '../../forms/index.ts';
import type { CompiledSituation } from '../catalog/index.ts';
import { mayWorkOn, type Actor } from '../domain/permission.ts';
import { Problem } from '../domain/problem.ts';
import type { Json } from '../engine/types.ts';
import { newId } from '../platform/ids.ts';
import { openTasks } from '../store/cases.ts';
import type { Transaction } from '../store/database.ts';
import { deleteLooseFile, filesOf, insertFile, type FileRow } from '../store/documents.ts';
import { deleteDraft, draftById, insertDraft, moveDraft, openDrafts, saveDraft, type DraftRow } from '../store/drafts.ts';
import { newestVersion, versionFiles } from '../store/situations.ts';
import { saveTaskDraft } from '../store/waits.ts';
import { taskFilesOwner } from './commands/index.ts';
import type { Corridor } from './corridor.ts';
import { startNodeOf } from './start.ts';

/** Files of one form at most, whatever its fields say. */
const MAX_FILES = 20;
const MAX_TOTAL_BYTES = 200_000_000;

/** Opens the person's draft of a service: the one already begun, carried over to the newest version, else a new one prefilled from the identity. */
export function openDraft(corridor: Corridor, tenantId: number, person: { readonly id: string; readonly identity: Readonly<Record<string, string>> }, situation: string): Promise<{ readonly draftId: string; readonly dropped: readonly string[] }> {
  return corridor.db.withTenant(tenantId, async (trx) => {
    const newest = await newestVersion(trx, tenantId, situation);
    if (!newest) throw new Problem('not-found', 'service-not-found');
    const compiled = await corridor.shelf.get(newest.id, () => versionFiles(trx, tenantId, newest.id));
    const form = startForm(compiled);
    const begun = (await openDrafts(trx, tenantId, person.id)).find((draft) => draft.situation === situation);
    if (begun) return { draftId: begun.id, dropped: await carryOver(trx, tenantId, begun, newest.id, form) };
    const { values, sources } = prefill(form, { identity: person.identity });
    const at = corridor.clock.now();
    const draft: DraftRow = { id: newId(at), personId: person.id, situation, versionId: newest.id, values: values as Record<string, Json>, sources, page: null, revision: 1, savedAt: at.toISOString(), submittedCase: null };
    await insertDraft(trx, tenantId, draft);
    return { draftId: draft.id, dropped: [] };
  });
}

function startForm(situation: CompiledSituation): Form {
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

export interface DraftSave { readonly values: Values; readonly page: string | null; readonly revision: number }

/** Anything may be saved, also half-written answers; only filing checks them. Refuses `draft-changed-elsewhere` and `draft-not-found`. */
export function keepDraft(corridor: Corridor, tenantId: number, personId: string, id: string, save: DraftSave): Promise<{ readonly revision: number; readonly savedAt: string }> {
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

async function ownDraft(trx: Transaction, tenantId: number, personId: string, id: string): Promise<DraftRow> {
  const draft = await draftById(trx, tenantId, personId, id);
  if (!draft) throw new Problem('not-found', 'draft-not-found');
  if (draft.submittedCase !== null) throw new Problem('gone', 'draft-already-submitted', { caseId: draft.submittedCase });
  return draft;
}

export interface Upload { readonly field: string; readonly name: string; readonly mime: string; readonly content: Uint8Array }
export type LooseOwner = { readonly kind: 'draft'; readonly draftId: string } | { readonly kind: 'task'; readonly caseId: string; readonly executionId: string };

/** Adds a checked upload to a draft or a task that the actor may work on. Refuses `too-many-files` and `files-too-large`. */
export function keepUpload(corridor: Corridor, tenantId: number, actor: Actor, owner: LooseOwner, upload: Upload): Promise<FileRow> {
  return corridor.db.withTenant(tenantId, async (trx) => {
    const place = await looseOwner(trx, tenantId, actor, owner);
    const present = await filesOf(trx, tenantId, place.kind, place.id);
    if (present.length >= MAX_FILES) throw new Problem('invalid', 'too-many-files', { max: MAX_FILES });
    if (present.reduce((sum, file) => sum + file.size, upload.content.byteLength) > MAX_TOTAL_BYTES) throw new Problem('invalid', 'files-too-large', { maxBytes: MAX_TOTAL_BYTES });
    const at = corridor.clock.now();
    return insertFile(trx, tenantId, { ...upload, id: newId(at), ownerKind: place.kind, ownerId: place.id, caseId: null, createdAt: at.toISOString() });
  });
}

export function dropUpload(corridor: Corridor, tenantId: number, actor: Actor, owner: LooseOwner, fileId: string): Promise<void> {
  return corridor.db.withTenant(tenantId, async (trx) => {
    const place = await looseOwner(trx, tenantId, actor, owner);
    if (!(await deleteLooseFile(trx, tenantId, place.kind, place.id, fileId))) throw new Problem('not-found', 'file-not-found');
  });
}

async function looseOwner(trx: Transaction, tenantId: number, actor: Actor, owner: LooseOwner): Promise<{ readonly kind: 'draft' | 'task'; readonly id: string }> {
  if (owner.kind === 'draft') {
    if (actor.kind !== 'citizen') throw new Problem('not-found', 'draft-not-found');
    return { kind: 'draft', id: (await ownDraft(trx, tenantId, actor.id, owner.draftId)).id };
  }
  await workableTask(trx, tenantId, actor, owner);
  return { kind: 'task', id: taskFilesOwner(owner.caseId, owner.executionId) };
}

async function workableTask(trx: Transaction, tenantId: number, actor: Actor, task: { readonly caseId: string; readonly executionId: string }): Promise<void> {
  const row = await trx('cases').where({ tenant_id: tenantId, id: task.caseId }).first('applicant_id');
  const open = (await openTasks(trx, tenantId, task.caseId)).find((candidate) => candidate.executionId === task.executionId);
  if (!row || !open || !mayWorkOn(actor, open, row.applicant_id)) throw new Problem('not-found', 'task-not-found');
}

/** Half-written answers of a task; kept until it is completed. */
export function keepTaskDraft(corridor: Corridor, tenantId: number, actor: Actor, task: { readonly caseId: string; readonly executionId: string }, values: Values): Promise<void> {
  return corridor.db.withTenant(tenantId, async (trx) => {
    await workableTask(trx, tenantId, actor, task);
    await saveTaskDraft(trx, tenantId, task.caseId, task.executionId, values as Json);
  });
}

/** The form of a draft or task, so that the door can check an upload against its field before it stores anything. */
export function formOfOwner(corridor: Corridor, tenantId: number, actor: Actor, owner: LooseOwner): Promise<Form> {
  return corridor.db.withTenant(tenantId, async (trx) => {
    await looseOwner(trx, tenantId, actor, owner);
    const found = owner.kind === 'draft'
      ? await trx('draft').where({ tenant_id: tenantId, id: owner.draftId }).first('version_id')
      : await trx('task as t').join('cases as c', (on) => on.on('c.tenant_id', 't.tenant_id').andOn('c.id', 't.case_id'))
        .where({ 't.tenant_id': tenantId, 't.case_id': owner.caseId, 't.execution_id': owner.executionId }).first('c.version_id', 't.form');
    const compiled = await corridor.shelf.get(found.version_id, () => versionFiles(trx, tenantId, found.version_id));
    const form = owner.kind === 'draft' ? startForm(compiled) : compiled.forms[found.form];
    if (!form) throw new Problem('unavailable', 'form-missing');
    return form;
  });
}
