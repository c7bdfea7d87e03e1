// Asking a second person about a run: may it start, may it be taken back. The answer is decided.ts.
import { askApproval } from '../../books/index.ts';
import { permitRunMove, type RunState } from '../../domain/money/run-life.ts';
import { Problem } from '../../domain/problem.ts';
import type { Json } from '../../engine/types.ts';
import type { Transaction } from '../../store/database.ts';
import { staleCount } from '../../store/fee-run-items.ts';
import { planTotals, type PlanTotals } from '../../store/fee-run-sums.ts';
import { moveRun, updateRun, type RunRow } from '../../store/fee-runs.ts';
import type { Corridor } from '../corridor.ts';
import type { Asked, Question } from './asked.ts';
import { foundRun } from './decided.ts';
import { ordered } from './ordered.ts';

/**
 * Asks a second person to let the run start, or to take it back. Refuses `run-not-so-far`, `run-out-of-date` (count of duties that changed since the
 * preview: prepare it anew), `run-empty`. Returns the approval's id.
 */
export function askForRun(
  corridor: Corridor,
  tenantId: number,
  asked: Asked & { readonly runId: string; readonly question: Question; readonly reason: string },
): Promise<string> {
  const { runId, question, reason } = asked;
  return ordered(corridor, tenantId, asked, ['ask-for-run', runId, question, reason], async (trx, at) => {
    const run = await foundRun(trx, tenantId, runId);
    const to: RunState = question === 'start' ? 'asked' : 'undo-asked';
    permitRunMove(run.state, to);
    const totals = question === 'start' ? await freshTotals(trx, tenantId, run) : (run.totals as unknown as PlanTotals);
    const approvalId = await askApproval(trx, tenantId, {
      kind: 'run',
      subject: runId,
      amount: totals.amount,
      what: { runId, question, items: totals.planned, amount: totals.amount, title: run.title },
      reason,
      officerId: asked.actor.id,
      now: at,
    });
    await updateRun(trx, tenantId, runId, { approvalId, totals: totals as unknown as Json });
    await moveRun(trx, tenantId, run, to, { actor: `officer:${asked.actor.id}`, reason, at }, false);
    return approvalId;
  });
}

async function freshTotals(trx: Transaction, tenantId: number, run: RunRow): Promise<PlanTotals> {
  const stale = await staleCount(trx, tenantId, run.id);
  if (stale > 0) throw new Problem('conflict', 'run-out-of-date', { count: stale });
  const totals = await planTotals(trx, tenantId, run.id);
  if (totals.planned === 0) throw new Problem('conflict', 'run-empty');
  return totals;
}
