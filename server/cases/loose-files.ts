// Files and half-written answers that belong to a draft or an open task and are not yet part of a case.
import type { Form, Values } from '../../forms/index.ts';
import { helpingGroup } from '../catalog/index.ts';
import { mayWorkOn, type Actor } from '../domain/permission.ts';
import { Problem } from '../domain/problem.ts';
import { newId } from '../platform/ids.ts';
import { reach } from '../platform/crash-point.ts';
import { openTasks } from '../store/cases.ts';
import type { Transaction } from '../store/database.ts';
import { deleteLooseFile, filesOf, insertFile, type FileRow } from '../store/documents.ts';
import { versionFiles } from '../store/situations.ts';
import { saveTaskDraft } from '../store/waits.ts';
import { taskFilesOwner } from './commands/index.ts';
import type { Corridor } from './corridor.ts';
import { ownDraft, startForm } from './drafts.ts';

/** Files of one form at most, whatever its fields say. */
const MAX_FILES = 20;
const MAX_TOTAL_BYTES = 200_000_000;

export interface Upload {
  readonly field: string;
  readonly name: string;
  readonly mime: string;
  readonly content: Uint8Array;
}
export type LooseOwner =
  { readonly kind: 'draft'; readonly draftId: string } | { readonly kind: 'task'; readonly caseId: string; readonly executionId: string };

/** Adds a checked upload to a draft or a task that the actor may work on. Refuses `too-many-files` and `files-too-large`. */
export async function keepUpload(corridor: Corridor, tenantId: number, actor: Actor, owner: LooseOwner, upload: Upload): Promise<FileRow> {
  const kept = await corridor.db.withTenant(tenantId, async (trx) => {
    const place = await looseOwner(corridor, trx, tenantId, actor, owner);
    const present = await filesOf(trx, tenantId, place.kind, place.id);
    if (present.length >= MAX_FILES) throw new Problem('invalid', 'too-many-files', { max: MAX_FILES });
    if (present.reduce((sum, file) => sum + file.size, upload.content.byteLength) > MAX_TOTAL_BYTES)
      throw new Problem('invalid', 'files-too-large', { maxBytes: MAX_TOTAL_BYTES });
    const at = corridor.clock.now();
    const file = await insertFile(trx, tenantId, {
      ...upload,
      id: newId(at),
      ownerKind: place.kind,
      ownerId: place.id,
      caseId: null,
      createdAt: at.toISOString(),
    });
    reach('before-commit:keep-upload');
    return file;
  });
  reach('after-commit:keep-upload');
  return kept;
}

export function dropUpload(corridor: Corridor, tenantId: number, actor: Actor, owner: LooseOwner, fileId: string): Promise<void> {
  return corridor.db.withTenant(tenantId, async (trx) => {
    const place = await looseOwner(corridor, trx, tenantId, actor, owner);
    if (!(await deleteLooseFile(trx, tenantId, place.kind, place.id, fileId))) throw new Problem('not-found', 'file-not-found');
  });
}

async function looseOwner(
  corridor: Corridor,
  trx: Transaction,
  tenantId: number,
  actor: Actor,
  owner: LooseOwner,
): Promise<{ readonly kind: 'draft' | 'task'; readonly id: string }> {
  if (owner.kind === 'draft') {
    if (actor.kind !== 'citizen') throw new Problem('not-found', 'draft-not-found');
    return { kind: 'draft', id: (await ownDraft(trx, tenantId, actor.id, owner.draftId)).id };
  }
  await workableTask(corridor, trx, tenantId, actor, owner);
  return { kind: 'task', id: taskFilesOwner(owner.caseId, owner.executionId) };
}

async function workableTask(
  corridor: Corridor,
  trx: Transaction,
  tenantId: number,
  actor: Actor,
  task: { readonly caseId: string; readonly executionId: string },
): Promise<void> {
  const row = await trx('cases').where({ tenant_id: tenantId, id: task.caseId }).first('applicant_id', 'version_id');
  const open = (await openTasks(trx, tenantId, task.caseId)).find((candidate) => candidate.executionId === task.executionId);
  if (!row || !open) throw new Problem('not-found', 'task-not-found');
  const situation = await corridor.shelf.get(row.version_id, () => versionFiles(trx, tenantId, row.version_id));
  const helpers = helpingGroup(situation, open.elementId);
  if (!mayWorkOn(actor, { ...open, helpers }, row.applicant_id)) throw new Problem('not-found', 'task-not-found');
}

/** Half-written answers of a task; kept until it is completed. */
export function keepTaskDraft(
  corridor: Corridor,
  tenantId: number,
  actor: Actor,
  task: { readonly caseId: string; readonly executionId: string },
  values: Values,
): Promise<void> {
  return corridor.db.withTenant(tenantId, async (trx) => {
    await workableTask(corridor, trx, tenantId, actor, task);
    await saveTaskDraft(trx, tenantId, task.caseId, task.executionId, values as never);
  });
}

/** The form of a draft or task, so that the door can check an upload against its field before it stores anything. */
export function formOfOwner(corridor: Corridor, tenantId: number, actor: Actor, owner: LooseOwner): Promise<Form> {
  return corridor.db.withTenant(tenantId, async (trx) => {
    await looseOwner(corridor, trx, tenantId, actor, owner);
    const found =
      owner.kind === 'draft'
        ? await trx('draft').where({ tenant_id: tenantId, id: owner.draftId }).first('version_id')
        : await trx('task as t')
            .join('cases as c', (on) => on.on('c.tenant_id', 't.tenant_id').andOn('c.id', 't.case_id'))
            .where({ 't.tenant_id': tenantId, 't.case_id': owner.caseId, 't.execution_id': owner.executionId })
            .first('c.version_id', 't.form');
    const compiled = await corridor.shelf.get(found.version_id, () => versionFiles(trx, tenantId, found.version_id));
    const form = owner.kind === 'draft' ? startForm(compiled) : compiled.forms[found.form];
    if (!form) throw new Problem('unavailable', 'form-missing');
    return form;
  });
}
