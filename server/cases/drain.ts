// Driving a recovered engine: telling it, and answering local acts in the same transaction until it rests.
import { StimulusRefused, type Run } from '../engine/index.ts';
import type { EffectWait, Stimulus, Variables } from '../engine/types.ts';
import { Problem } from '../domain/problem.ts';
import type { Transaction } from '../store/database.ts';
import { keptEvents } from '../store/money-events.ts';
import { acts } from './acts/index.ts';
import { constantsFor } from './constants.ts';
import type { ActScene } from './acts/act.ts';
import type { Change } from './changes.ts';
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
export const nothingActed = (file: CaseFile): Acted => ({ changes: [], booked: 0, documentNumber: file.row.documentNumber, documents: [] });

const actedBy = ({ changes, booked, documentNumber, documents }: ActScene): Acted => ({ changes, booked, documentNumber, documents });

/** Local acts are answered in the same transaction, until the engine rests. */
export async function drain(
  trx: Transaction,
  file: CaseFile,
  run: Run,
  before: { readonly documents?: ActScene['documents']; readonly told?: readonly Change[] } = {},
): Promise<Acted> {
  const { documents = [], told = [] } = before;
  const scene: ActScene = { trx, file, changes: [], booked: 0, documentNumber: file.row.documentNumber, documents: [...documents] };
  for (let count = 0; count < MAX_ACTS; count++) {
    const wait = run.waits().find((open): open is EffectWait => open.kind === 'effect' && open.effect in acts);
    if (!wait && (await deliverKeptPayment(scene, run, told))) continue;
    if (!wait && settleDeadlines(scene, run)) continue;
    if (!wait) return actedBy(scene);
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

/** Money may come before the process gets to waiting for it (a fast payer, a slow letter): what the books keep for it is told at once when it does. */
async function deliverKeptPayment(scene: ActScene, run: Run, told: readonly Change[]): Promise<boolean> {
  const waits = run.waits().filter((open) => open.kind === 'message' && open.message === PAYMENT_MESSAGE);
  if (waits.length === 0 || scene.file.row.revision === 0) return false;
  const taken = [...told, ...scene.changes].flatMap((change) => (change.kind === 'finish-message' ? [change.id] : []));
  const { trx, file } = scene;
  for (const kept of await keptEvents(trx, file.tenantId, { caseId: file.row.id, name: PAYMENT_MESSAGE, taken })) {
    const wait = waits.find((open) => open.kind === 'message' && (open.key === undefined || open.key === kept.payload.prescriptionId));
    if (!wait) continue;
    apply(run, { kind: 'message', message: PAYMENT_MESSAGE, payload: kept.payload, executionId: wait.executionId });
    scene.changes.push({ kind: 'finish-message', id: kept.id, result: 'delivered' });
    return true;
  }
  return false;
}
