// Steps 3 to 6 of the corridor: recover the engine, fire what is overdue, apply the stimulus, drain local acts. Steps 7 and 8 are write-step.ts.
import { openRun, type Run } from '../engine/index.ts';
import type { Stimulus } from '../engine/types.ts';
import { Problem } from '../domain/problem.ts';
import type { Actor } from '../domain/permission.ts';
import type { Transaction } from '../store/database.ts';
import { constantsFor, stepContext } from './constants.ts';
import type { Acceptance, CaseFile, Carried } from './corridor.ts';
import { withWord } from './deadlines/desk.ts';
import { apply, applyIfAwaited, drain, nothingActed } from './drain.ts';
import { replaceState } from './replace-state.ts';
import { write, writeQuietly } from './write-step.ts';

export { apply, drain, PAYMENT_MESSAGE } from './drain.ts';

/** Carries out an accepted command on an existing case. */
export async function carryOut(
  trx: Transaction,
  found: CaseFile,
  name: string,
  actor: Actor,
  acceptance: Acceptance,
): Promise<Carried | undefined> {
  const file = withWord(found, acceptance.deadline);
  if (acceptance.replace) return replaceState(trx, file, { name, actor, acceptance }, acceptance.replace);
  if (!acceptance.stimulus) return quietly(trx, file, name, actor, acceptance);
  if (file.row.endedAt !== null) {
    if (!acceptance.lateIsFine) throw new Problem('conflict', 'case-ended');
    return quietly(trx, file, name, actor, acceptance);
  }
  const context = stepContext(file.now, constantsFor(file.row, file.applicant, file.town, file.now), file.deadlines);
  const run = await openRun(file.situation.model, file.situation.decisions, file.row.engineState as never, context);
  const before = run.waits();
  if (file.row.suspendedAt === null) apply(run, { kind: 'wake' });
  tell(run, acceptance.stimulus, acceptance.lateIsFine === true);
  for (const next of acceptance.mustFollow ?? []) apply(run, next);
  for (const next of acceptance.mayFollow ?? []) applyIfAwaited(run, next);
  const acted = staysStopped(file, acceptance.stimulus) ? nothingActed(file) : await drain(trx, file, run, { told: acceptance.changes });
  const result = run.result();
  await write(trx, file, { name, actor, acceptance, before, result, acted });
  return {
    before,
    after: result.waits,
    ended: result.ended ? (acceptance.endsAs ?? result.ended.outcome) : null,
    acts: acted.changes.length + acted.booked,
  };
}

async function quietly(trx: Transaction, file: CaseFile, name: string, actor: Actor, acceptance: Acceptance): Promise<undefined> {
  await writeQuietly(trx, file, name, actor, acceptance);
  return undefined;
}

/** A stopped case answers no acts either; what came meanwhile waits for its resumption. */
const staysStopped = (file: CaseFile, stimulus: Stimulus): boolean =>
  stimulus.kind === 'suspend' || (file.row.suspendedAt !== null && stimulus.kind !== 'resume');

function tell(run: Run, stimulus: Stimulus, lateIsFine: boolean): void {
  if (stimulus.kind === 'wake') return; // done already, and it may have ended the case
  if (lateIsFine) applyIfAwaited(run, stimulus);
  else apply(run, stimulus);
}
