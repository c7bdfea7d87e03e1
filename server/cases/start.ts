// The first command of every case: a citizen's draft becomes a case. It is its own walk through the corridor, because there is no row to lock yet;
// the draft's row is locked instead.
import type { Json } from '../engine/types.ts';
import { Problem } from '../domain/problem.ts';
import { reach } from '../platform/crash-point.ts';
import { earlierAnswer, rememberAnswer, requestHash, withCommandId } from '../store/commands.ts';
import type { Transaction } from '../store/database.ts';
import { draftById } from '../store/drafts.ts';
import type { Corridor } from './corridor.ts';
import { permitRepresentative } from './permit-representative.ts';
import { fileDraft, type Started, type StartRequest } from './file-draft.ts';

export type { Started, StartRequest } from './file-draft.ts';

/**
 * Files a draft. Refuses `draft-not-found`, `draft-changed-elsewhere`, `form-invalid` (with issues); the draft stays as it was then.
 * A draft that was filed already answers with its case, whatever the command id: one draft is one case.
 */
export async function startCase(corridor: Corridor, tenantId: number, request: StartRequest): Promise<Started> {
  const transaction = corridor.db.withTenant(tenantId, async (trx) => {
    const draft = await draftById(trx, tenantId, request.actor.id, request.draftId, true);
    if (!draft) throw new Problem('not-found', 'draft-not-found');
    if (draft.submittedCase !== null) return markOf(trx, tenantId, draft.submittedCase);
    const hash = requestHash('start-case', [request.draftId, request.values as Json]);
    const earlier = await earlierAnswer(trx, tenantId, request.commandId, hash);
    if (earlier) return earlier.result as unknown as Started;
    await permitRepresentative(corridor, trx, tenantId, { actor: request.actor, situation: draft.situation });
    if (draft.revision !== request.revision) throw new Problem('conflict', 'draft-changed-elsewhere', { revision: draft.revision });
    const result = await fileDraft(corridor, trx, tenantId, request, draft);
    rememberAnswer(
      trx,
      tenantId,
      { id: request.commandId, name: 'start-case', caseId: result.caseId, requestHash: hash, at: corridor.clock.now().toISOString() },
      { ...result },
    );
    reach('before-commit:start-case');
    return result;
  });
  const started = await withCommandId(transaction);
  reach('after-commit:start-case');
  corridor.poke();
  return started;
}

async function markOf(trx: Transaction, tenantId: number, caseId: string): Promise<Started> {
  const row = await trx('cases').where({ tenant_id: tenantId, id: caseId }).first('mark');
  return { caseId, mark: row.mark };
}
