// Driving a recovered engine: telling it, and answering local acts in the same transaction until it rests.
import { StimulusRefused, type Run } from '../engine/index.ts';
import type { EffectWait, Stimulus, Variables } from '../engine/types.ts';
import { Problem } from '../domain/problem.ts';
import type { Transaction } from '../store/database.ts';
import { prescriptionsOf } from '../store/money.ts';
import { acts } from './acts/index.ts';
import { constantsFor } from './constants.ts';
import type { ActScene } from './acts/act.ts';
import type { CaseFile } from './corridor.ts';
import type { Acted } from './write-step.ts';

/** The message that tells a process that its prescription is paid in full. */
export const PAYMENT_MESSAGE = 'platba';
/** More acts than this in one command is a loop in the diagram. */
const MAX_ACTS = 100;

/** The engine's refusal of a stimulus is a conflict that a person reads about. */
export function apply(run: Run, stimulus: Stimulus): void {
  try {
    run.apply(stimulus);
  } catch (error) {
    if (!(error instanceof StimulusRefused)) throw error;
    throw new Problem('conflict', codeOf(error), { reason: error.code }, { cause: error });
  }
}

function codeOf(refused: StimulusRefused): string {
  if (refused.code === 'already-ended') return 'case-ended';
  // A suspended case refuses everything but its resumption.
  return refused.code === 'suspended' ? 'case-suspended' : 'no-longer-waiting';
}

/** A stimulus that finds no wait is passed over. */
export function applyIfAwaited(run: Run, stimulus: Stimulus): void {
  try {
    run.apply(stimulus);
  } catch (error) {
    if (!(error instanceof StimulusRefused)) throw error;
  }
}

/** What there is when no act was asked for. */
export const nothingActed = (file: CaseFile): Acted => ({ changes: [], documentNumber: file.row.documentNumber, documents: [] });

/** Local acts are answered in the same transaction, until the engine rests. */
export async function drain(trx: Transaction, file: CaseFile, run: Run, documents: ActScene['documents'] = []): Promise<Acted> {
  const scene: ActScene = { trx, file, changes: [], documentNumber: file.row.documentNumber, documents: [...documents] };
  for (let count = 0; count < MAX_ACTS; count++) {
    const wait = run.waits().find((open): open is EffectWait => open.kind === 'effect' && open.effect in acts);
    if (!wait && (await deliverHeldPayment(scene, run))) continue;
    if (!wait && settleDeadlines(scene, run)) continue;
    if (!wait) return { changes: scene.changes, documentNumber: scene.documentNumber, documents: scene.documents };
    const act = acts[wait.effect as keyof typeof acts];
    const answer = await act(wait, scene, run.result());
    apply(run, { kind: 'answer-effect', executionId: wait.executionId, answer });
  }
  throw new Error(`more than ${MAX_ACTS} acts in one command`);
}

/** Timers of deadlines follow what was recorded; true when one of them fired by that and there may be more to do. */
function settleDeadlines({ file, documentNumber }: ActScene, run: Run): boolean {
  const constants = (): Variables => constantsFor({ ...file.row, documentNumber }, file.applicant, file.town, file.now);
  return file.deadlines.keeper.settle(run, file.now, constants);
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
