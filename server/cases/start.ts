// The first command of every case: a citizen's draft becomes a case. It is its own walk through the corridor, because there is no row to lock yet;
// the draft's row is locked instead.
import { openRun } from '../engine/index.ts';
import type { Json } from '../engine/types.ts';
import { Problem } from '../domain/problem.ts';
import type { Actor } from '../domain/permission.ts';
import { fileIdsIn } from '../../forms/index.ts';
import { reach } from '../platform/crash-point.ts';
import { earlierAnswer, rememberAnswer, requestHash } from '../store/commands.ts';
import type { Transaction } from '../store/database.ts';
import { versionFiles } from '../store/situations.ts';
import { filesOf } from '../store/documents.ts';
import { draftById, type DraftRow } from '../store/drafts.ts';
import { apply, drain } from './carry-out.ts';
import { checkedValues, startNodeOf } from './checked-form.ts';
import { constantsFor, stepContext } from './constants.ts';
import type { Acceptance, Corridor } from './corridor.ts';
import { newFile, submissionDocuments } from './new-case.ts';
import { write } from './write-step.ts';

export interface StartRequest {
  readonly commandId: string;
  readonly actor: Extract<Actor, { kind: 'citizen' }>;
  readonly draftId: string;
  readonly revision: number;
  readonly values: unknown;
  /** Verified identity: locked fields must say the same. */ readonly identity: Readonly<Record<string, string>>;
}
export interface Started {
  readonly caseId: string;
  readonly mark: string;
}

/**
 * Files a draft. Refuses `draft-not-found`, `draft-changed-elsewhere`, `form-invalid` (with issues); the draft stays as it was then.
 * A draft that was filed already answers with its case, whatever the command id: one draft is one case.
 */
export async function startCase(corridor: Corridor, tenantId: number, request: StartRequest): Promise<Started> {
  const started = await corridor.db.withTenant(tenantId, async (trx) => {
    const draft = await draftById(trx, tenantId, request.actor.id, request.draftId, true);
    if (!draft) throw new Problem('not-found', 'draft-not-found');
    if (draft.submittedCase !== null) return markOf(trx, tenantId, draft.submittedCase);
    const hash = requestHash('start-case', [request.draftId, request.values as Json]);
    const earlier = await earlierAnswer(trx, tenantId, request.commandId, hash);
    if (earlier) return earlier.result as unknown as Started;
    if (draft.revision !== request.revision) throw new Problem('conflict', 'draft-changed-elsewhere', { revision: draft.revision });
    const result = await fileDraft(corridor, trx, tenantId, request, draft);
    await rememberAnswer(
      trx,
      tenantId,
      { id: request.commandId, name: 'start-case', caseId: result.caseId, requestHash: hash, at: corridor.clock.now().toISOString() },
      { ...result },
    );
    reach('before-commit:start-case');
    return result;
  });
  reach('after-commit:start-case');
  corridor.poke();
  return started;
}

async function markOf(trx: Transaction, tenantId: number, caseId: string): Promise<Started> {
  const row = await trx('cases').where({ tenant_id: tenantId, id: caseId }).first('mark');
  return { caseId, mark: row.mark };
}

async function fileDraft(corridor: Corridor, trx: Transaction, tenantId: number, request: StartRequest, draft: DraftRow): Promise<Started> {
  const now = corridor.clock.now().toISOString();
  const situation = await corridor.shelf.get(draft.versionId, () => versionFiles(trx, tenantId, draft.versionId));
  const start = startNodeOf(situation.model);
  const form = situation.forms[start.form];
  if (!form) throw new Error(`form ${start.form} is missing in ${situation.sheet.id}`);
  const uploaded = await filesOf(trx, tenantId, 'draft', draft.id);
  const values = checkedValues(form, request.values, uploaded, now, request.identity);
  const file = await newFile(corridor, trx, tenantId, { draft, situation, now });
  const used = uploaded.filter((f) => fileIdsIn(form, values).includes(f.id));
  const documents = submissionDocuments(file, { id: start.form, form, values }, used);
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
    stepContext(situation, now, constantsFor(file.row, file.applicant, file.town, now)),
  );
  if (acceptance.stimulus) apply(run, acceptance.stimulus);
  const acted = await drain(trx, file, run, documents);
  const withDocuments = { ...acted, changes: [{ kind: 'add-documents' as const, documents }, ...acted.changes] };
  await write(
    trx,
    file,
    { name: 'start-case', actor: request.actor, acceptance, before: [], result: run.result(), acted: withDocuments },
    true,
  );
  return { caseId: file.row.id, mark: file.row.mark };
}
