// What follows from the second person's word about a run: it starts, it is taken back, or it stays as it was.
import { decideApproval, type ApprovedAct } from '../../books/index.ts';
import { permitMoney } from '../../domain/permission.ts';
import { permitRunMove, type RunState } from '../../domain/money/run-life.ts';
import { Problem } from '../../domain/problem.ts';
import { lockApproval } from '../../store/approvals.ts';
import { earlierAnswer, rememberAnswer, requestHash, withCommandId } from '../../store/commands.ts';
import type { Transaction } from '../../store/database.ts';
import { lockRun, moveRun, runsWithWord, type RunRow } from '../../store/fee-runs.ts';
import type { Corridor } from '../corridor.ts';
import type { Asked, Question } from './asked.ts';

/** The act of approvals of kind `run`, for whoever lets people decide about approvals. */
export const startApprovedRun: ApprovedAct = async (trx, tenantId, { what, approval, now }) => {
  const { runId, question } = what as { readonly runId: string; readonly question: Question };
  const run = await foundRun(trx, tenantId, runId);
  if (run.approvalId !== approval) throw new Problem('conflict', 'approval-does-not-fit');
  const to: RunState = question === 'start' ? 'prescribing' : 'undoing';
  permitRunMove(run.state, to);
  const decidedBy = (await lockApproval(trx, tenantId, approval))?.decidedBy ?? null;
  await moveRun(trx, tenantId, run, to, { actor: `officer:${decidedBy ?? ''}`, reason: '', at: now });
  return { runId };
};

/** Refuses `run-not-found`, `run-not-asked`, and what decideApproval refuses (`same-person` above all). */
export async function decideRun(
  corridor: Corridor,
  tenantId: number,
  asked: Asked & { readonly runId: string; readonly verdict: 'approved' | 'refused' | 'taken-back'; readonly reason: string },
): Promise<void> {
  permitMoney(asked.actor);
  const { actor, commandId, runId, verdict, reason } = asked;
  const hash = requestHash('decide-run', [actor.id, runId, verdict, reason]);
  const deciding = corridor.db.withTenant(tenantId, async (trx) => {
    if (await earlierAnswer(trx, tenantId, commandId, hash)) return;
    const now = corridor.clock.now().toISOString();
    const run = await foundRun(trx, tenantId, runId);
    if ((run.state !== 'asked' && run.state !== 'undo-asked') || run.approvalId === null) throw new Problem('conflict', 'run-not-asked');
    const acts = { run: startApprovedRun };
    await decideApproval(trx, tenantId, { approvalId: run.approvalId, verdict, reason, officerId: actor.id, now, acts });
    if (verdict !== 'approved') await goBack(trx, tenantId, run, { actor: `officer:${actor.id}`, reason, at: now });
    rememberAnswer(trx, tenantId, { id: commandId, name: 'decide-run', caseId: null, requestHash: hash, at: now }, null);
  });
  await withCommandId(deciding);
  corridor.poke();
}

/** A word that was said elsewhere (at the list of approvals) and was no: the run goes back. Returns how many did. */
export function settleRefused(corridor: Corridor, tenantId: number): Promise<number> {
  return corridor.db.withTenant(tenantId, async (trx) => {
    const refused = await runsWithWord(trx, tenantId);
    for (const { id, decidedBy, reason } of refused) {
      const run = await foundRun(trx, tenantId, id);
      if (run.state === 'asked' || run.state === 'undo-asked')
        await goBack(trx, tenantId, run, { actor: `officer:${decidedBy}`, reason, at: corridor.clock.now().toISOString() });
    }
    return refused.length;
  });
}

async function goBack(
  trx: Transaction,
  tenantId: number,
  run: RunRow,
  moved: { readonly actor: string; readonly reason: string; readonly at: string },
): Promise<void> {
  await moveRun(trx, tenantId, run, backFrom(run), moved, false);
}

/** A storno may be asked for in the middle of prescribing; without a proof the run has not come to its end yet. */
function backFrom(run: RunRow): RunState {
  if (run.state === 'asked') return 'planned';
  return run.proof === null ? 'prescribing-paused' : 'prescribed';
}

export async function foundRun(trx: Transaction, tenantId: number, id: string): Promise<RunRow> {
  const run = await lockRun(trx, tenantId, id);
  if (!run) throw new Problem('not-found', 'run-not-found');
  return run;
}
