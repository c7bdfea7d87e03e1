// Steps 3 to 6 of the corridor: recover the engine, fire what is overdue, apply the stimulus, drain local acts. Steps 7 and 8 are write-step.ts.
import { openRun, StimulusRefused, type Run } from '../engine/index.ts';
import type { EffectWait, Stimulus } from '../engine/types.ts';
import { Problem } from '../domain/problem.ts';
import type { Actor } from '../domain/permission.ts';
import type { Transaction } from '../store/database.ts';
import { prescriptionsOf } from '../store/money.ts';
import { acts } from './acts/index.ts';
import type { ActScene } from './acts/act.ts';
import { constantsFor, stepContext } from './constants.ts';
import type { Acceptance, CaseFile } from './corridor.ts';
import { write, writeQuietly, type Acted } from './write-step.ts';

/** The message that tells a process that its prescription is paid in full. */
export const PAYMENT_MESSAGE = 'platba';
/** More acts than this in one command is a loop in the diagram. */
const MAX_ACTS = 100;

/** Carries out an accepted command on an existing case. */
export async function carryOut(trx: Transaction, file: CaseFile, name: string, actor: Actor, acceptance: Acceptance): Promise<void> {
  if (!acceptance.stimulus) return writeQuietly(trx, file, name, actor, acceptance);
  if (file.row.endedAt !== null) {
    if (!acceptance.lateIsFine) throw new Problem('conflict', 'case-ended');
    return writeQuietly(trx, file, name, actor, acceptance);
  }
  const context = stepContext(file.situation, file.now, constantsFor(file.row, file.applicant, file.town, file.now));
  const run = await openRun(file.situation.model, file.situation.decisions, file.row.engineState as never, context);
  const before = run.waits();
  apply(run, { kind: 'wake' });
  tell(run, acceptance.stimulus, acceptance.lateIsFine === true);
  const acted = await drain(trx, file, run);
  await write(trx, file, { name, actor, acceptance, before, result: run.result(), acted });
}

function tell(run: Run, stimulus: Stimulus, lateIsFine: boolean): void {
  if (stimulus.kind === 'wake') return; // done already, and it may have ended the case
  if (lateIsFine) applyIfAwaited(run, stimulus);
  else apply(run, stimulus);
}

/** The engine's refusal of a stimulus is a conflict that a person reads about. */
export function apply(run: Run, stimulus: Stimulus): void {
  try {
    run.apply(stimulus);
  } catch (error) {
    if (!(error instanceof StimulusRefused)) throw error;
    throw new Problem(
      'conflict',
      error.code === 'already-ended' ? 'case-ended' : 'no-longer-waiting',
      { reason: error.code },
      { cause: error },
    );
  }
}

function applyIfAwaited(run: Run, stimulus: Stimulus): void {
  try {
    run.apply(stimulus);
  } catch (error) {
    if (!(error instanceof StimulusRefused)) throw error;
  }
}

/** Local acts are answered in the same transaction, until the engine rests. */
export async function drain(trx: Transaction, file: CaseFile, run: Run, documents: ActScene['documents'] = []): Promise<Acted> {
  const scene: ActScene = { trx, file, changes: [], documentNumber: file.row.documentNumber, documents: [...documents] };
  for (let count = 0; count < MAX_ACTS; count++) {
    const wait = run.waits().find((open): open is EffectWait => open.kind === 'effect' && open.effect in acts);
    if (!wait && (await deliverHeldPayment(scene, run))) continue;
    if (!wait) return { changes: scene.changes, documentNumber: scene.documentNumber, documents: scene.documents };
    const act = acts[wait.effect as keyof typeof acts];
    const answer = await act(wait, scene, run.result());
    apply(run, { kind: 'answer-effect', executionId: wait.executionId, answer });
  }
  throw new Error(`more than ${MAX_ACTS} acts in one command`);
}

/** Money may come before the process gets to waiting for it (a fast payer, a slow letter): then it is told at once when it does. */
async function deliverHeldPayment(scene: ActScene, run: Run): Promise<boolean> {
  const wait = run.waits().find((open) => open.kind === 'message' && open.message === PAYMENT_MESSAGE);
  if (!wait || scene.file.row.revision === 0) return false;
  const held = (await prescriptionsOf(scene.trx, scene.file.tenantId, scene.file.row.id)).filter((p) => p.cancelledAt === null);
  const newest = held.at(-1);
  const isPrescribedNow = scene.changes.some((change) => change.kind === 'add-prescription');
  if (!newest || isPrescribedNow || newest.paid < newest.amount) return false;
  apply(run, {
    kind: 'message',
    message: PAYMENT_MESSAGE,
    payload: { amount: newest.amount, prescriptionId: newest.id },
    executionId: wait.executionId,
  });
  return true;
}
