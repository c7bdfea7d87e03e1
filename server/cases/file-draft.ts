// A locked draft becomes a case: its answers checked, its number taken, the process started, everything written.
import { openRun } from '../engine/index.ts';
import type { Json } from '../engine/types.ts';
import type { Actor } from '../domain/permission.ts';
import { fileIdsIn } from '../../forms/index.ts';
import type { Transaction } from '../store/database.ts';
import { versionFiles } from '../store/situations.ts';
import { filesOf } from '../store/documents.ts';
import type { DraftRow } from '../store/drafts.ts';
import { apply, drain } from './carry-out.ts';
import { checkedValues, contactEmailIn, registeredValues, startNodeOf } from './checked-form.ts';
import { constantsFor, stepContext } from './constants.ts';
import type { Acceptance, Corridor } from './corridor.ts';
import { newFile, representativeOf, submissionDocuments } from './new-case.ts';
import { write } from './write-step.ts';

export interface StartRequest {
  readonly commandId: string;
  readonly actor: Extract<Actor, { kind: 'citizen' }>;
  readonly draftId: string;
  readonly revision: number;
  readonly values: unknown;
  /** Verified identity: locked fields must say the same. */
  readonly identity: Readonly<Record<string, string>>;
}
export interface Started {
  readonly caseId: string;
  readonly mark: string;
}

/** Refuses `form-invalid` (with issues); nothing is written then. */
export async function fileDraft(
  corridor: Corridor,
  trx: Transaction,
  tenantId: number,
  request: StartRequest,
  draft: DraftRow,
): Promise<Started> {
  const now = corridor.clock.now().toISOString();
  const situation = await corridor.shelf.get(draft.versionId, () => versionFiles(trx, tenantId, draft.versionId));
  const start = startNodeOf(situation.model);
  const form = situation.forms[start.form];
  if (!form) throw new Error(`form ${start.form} is missing in ${situation.sheet.id}`);
  const uploaded = await filesOf(trx, tenantId, 'draft', draft.id);
  const given = await registeredValues(trx, form, request.values);
  const values = checkedValues(form, given, uploaded, now, request.identity);
  const file = await newFile(corridor, trx, tenantId, {
    draft,
    situation,
    now,
    contactEmail: contactEmailIn(form, values),
    by: request.actor.by,
  });
  const used = uploaded.filter((f) => fileIdsIn(form, values).includes(f.id));
  const representative = await representativeOf(trx, tenantId, request.actor.by);
  const documents = submissionDocuments(file, { id: start.form, form, values, representative }, used);
  const acceptance: Acceptance = {
    stimulus: { kind: 'start', variables: { [start.result]: values as Json } },
    changes: [
      { kind: 'adopt-files', ids: used.map((f) => f.id), unused: { ownerKind: 'draft', ownerId: draft.id } },
      { kind: 'submit-draft', draftId: draft.id },
    ],
    detail: { draftId: draft.id, versionId: draft.versionId },
    result: null,
  };
  const run = await openRun(
    situation.model,
    situation.decisions,
    undefined,
    stepContext(now, constantsFor(file.row, file.applicant, file.town, now), file.deadlines),
  );
  if (acceptance.stimulus) apply(run, acceptance.stimulus);
  const acted = await drain(trx, file, run, { documents });
  const withDocuments = { ...acted, changes: [{ kind: 'add-documents' as const, documents }, ...acted.changes] };
  await write(
    trx,
    file,
    { name: 'start-case', actor: request.actor, acceptance, before: [], result: run.result(), acted: withDocuments },
    true,
  );
  return { caseId: file.row.id, mark: file.row.mark };
}
