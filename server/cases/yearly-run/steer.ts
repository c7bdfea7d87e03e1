// A run is stopped, goes on, is thrown away or sends its letters. Jobs do the work.
import { permitRunMove, type RunState } from '../../domain/money/run-life.ts';
import { Problem } from '../../domain/problem.ts';
import { moveRun } from '../../store/fee-runs.ts';
import type { Corridor } from '../corridor.ts';
import type { Asked } from './asked.ts';
import { foundRun } from './decided.ts';
import { ordered } from './ordered.ts';

const steps = {
  pause: { prescribing: 'prescribing-paused', undoing: 'undoing-paused', sending: 'sending-paused' },
  resume: { 'prescribing-paused': 'prescribing', 'undoing-paused': 'undoing', 'sending-paused': 'sending' },
  send: { prescribed: 'sending' },
  discard: { planning: 'discarded', planned: 'discarded' },
} as const satisfies Record<string, Partial<Record<RunState, RunState>>>;
export type Step = keyof typeof steps;

/** Refuses `run-not-found` and `run-not-so-far`. */
export function steerRun(
  corridor: Corridor,
  tenantId: number,
  asked: Asked & { readonly runId: string; readonly step: Step; readonly reason: string },
): Promise<string> {
  const { runId, step, reason } = asked;
  return ordered(corridor, tenantId, asked, ['steer-run', runId, step], async (trx, at) => {
    const run = await foundRun(trx, tenantId, runId);
    const to = (steps[step] as Partial<Record<RunState, RunState>>)[run.state];
    if (to === undefined) throw new Problem('conflict', 'run-not-so-far', { from: run.state, to: step });
    permitRunMove(run.state, to);
    const isNewPhase = step === 'send' || step === 'discard';
    await moveRun(trx, tenantId, run, to, { actor: `officer:${asked.actor.id}`, reason, at }, isNewPhase);
    return runId;
  });
}
