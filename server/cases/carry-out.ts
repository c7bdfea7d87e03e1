// Steps 3 to 8 of the corridor: recover the engine, fire what is overdue, apply the stimulus, drain local acts, project the waits, write.
import { openRun, StimulusRefused, type Run } from '../engine/index.ts';
import type { EffectWait, Json, StepResult, Stimulus, Wait } from '../engine/types.ts';
import { Problem } from '../domain/problem.ts';
import type { Actor } from '../domain/permission.ts';
import { insertCase, updateCase, type CaseProgress } from '../store/cases.ts';
import type { Transaction } from '../store/database.ts';
import { prescriptionsOf } from '../store/money.ts';
import { appendJournal, stateHash } from '../store/journal.ts';
import { dropEffects, insertEffects } from '../store/outbox.ts';
import { writeWaits } from '../store/waits.ts';
import { acts } from './acts/index.ts';
import type { ActScene } from './acts/act.ts';
import { writeChanges, type Change } from './changes.ts';
import { constantsFor, stepContext } from './constants.ts';
import type { Acceptance, CaseFile } from './corridor.ts';
import { notifications } from './notify.ts';
import { journalDetail, project } from './project.ts';

/** The message that tells a process that its prescription is paid in full. */
export const PAYMENT_MESSAGE = 'platba';
/** More acts than this in one command is a loop in the diagram. */
const MAX_ACTS = 100;

/** Carries out an accepted command on an existing case. */
export async function carryOut(trx: Transaction, file: CaseFile, name: string, actor: Actor, acceptance: Acceptance): Promise<void> {
  if (!acceptance.stimulus) return writeQuietly(trx, file, name, actor, acceptance);
  const context = stepContext(file.situation, file.now, constantsFor(file.row, file.applicant, file.town, file.now));
  const run = await openRun(file.situation.model, file.situation.decisions, file.row.engineState as never, context);
  const before = run.result().waits;
  apply(run, { kind: 'wake' });
  if (acceptance.lateIsFine) applyIfAwaited(run, acceptance.stimulus);
  else apply(run, acceptance.stimulus);
  const acted = await drain(trx, file, run);
  await write(trx, file, { name, actor, acceptance, before, result: run.result(), acted });
}

/** A command that tells the engine nothing: a claim, a note. The journal counts it all the same. */
async function writeQuietly(trx: Transaction, file: CaseFile, name: string, actor: Actor, acceptance: Acceptance): Promise<void> {
  await writeChanges(trx, file.tenantId, file.row.id, acceptance.changes, file.now);
  const progress = progressOf(file, file.row.engineState, file.row.documentNumber, file.row.outcome === null ? null : { outcome: file.row.outcome });
  await updateCase(trx, file.tenantId, file.row.id, file.row.endedAt === null ? progress : { ...progress, at: file.now });
  await journal(trx, file, name, actor, acceptance.detail, file.row.engineState);
}

interface Written { readonly name: string; readonly actor: Actor; readonly acceptance: Acceptance; readonly before: readonly Wait[]; readonly result: StepResult; readonly acted: Acted }

/** Writes all that came of a step. `before` is empty for a new case, whose row is inserted first. */
export async function write(trx: Transaction, file: CaseFile, written: Written, isNew = false): Promise<void> {
  const { result, acted, acceptance, actor } = written;
  const caseId = file.row.id;
  const projected = project(file, written.before, result, acted.documents);
  const progress = progressOf(file, result.state, acted.documentNumber, result.ended ? { outcome: result.ended.outcome } : null);
  if (isNew) await insertCase(trx, file.tenantId, { ...file.row, filedAt: file.now }, progress);
  else await updateCase(trx, file.tenantId, caseId, progress);
  await journal(trx, file, written.name, actor, journalDetail(acceptance.detail, result), result.state);
  await writeChanges(trx, file.tenantId, caseId, [...acceptance.changes, ...acted.changes], file.now);
  await writeWaits(trx, file.tenantId, caseId, projected.waits, file.now, completedBy(acceptance.stimulus, actor));
  await dropEffects(trx, file.tenantId, caseId, projected.droppedEffects, file.now);
  await insertEffects(trx, file.tenantId, [...projected.effects, ...notifications(file, written.before, result)]);
}

function progressOf(file: CaseFile, engineState: Json, documentNumber: string | null, ended: CaseProgress['ended']): CaseProgress {
  return { engineState, revision: file.row.revision + 1, at: file.now, documentNumber, ended };
}

async function journal(trx: Transaction, file: CaseFile, kind: string, actor: Actor, detail: Readonly<Record<string, Json>>, state: Json): Promise<void> {
  const entry = {
    caseId: file.row.id, seq: file.row.revision + 1, at: file.now, actorKind: actor.kind, actorId: 'id' in actor ? actor.id : null, kind, detail, stateHash: stateHash(state),
  };
  await appendJournal(trx, file.tenantId, entry, file.row.headHash);
}

/** The engine's refusal of a stimulus is a conflict that a person reads about. */
export function apply(run: Run, stimulus: Stimulus): void {
  try {
    run.apply(stimulus);
  } catch (error) {
    if (!(error instanceof StimulusRefused)) throw error;
    throw new Problem('conflict', error.code === 'already-ended' ? 'case-ended' : 'no-longer-waiting', { reason: error.code }, { cause: error });
  }
}

function applyIfAwaited(run: Run, stimulus: Stimulus): void {
  try {
    run.apply(stimulus);
  } catch (error) {
    if (!(error instanceof StimulusRefused)) throw error;
  }
}

export interface Acted {
  readonly changes: readonly Change[];
  readonly documentNumber: string | null;
  /** Documents that acts of this very step have issued; effects of the same step may name them. */
  readonly documents: ActScene['documents'];
}

/** Local acts are answered in the same transaction, until the engine rests. */
export async function drain(trx: Transaction, file: CaseFile, run: Run, documents: ActScene['documents'] = []): Promise<Acted> {
  const scene: ActScene = { trx, file, changes: [], documentNumber: file.row.documentNumber, documents: [...documents] };
  for (let count = 0; count < MAX_ACTS; count++) {
    const wait = run.result().waits.find((open): open is EffectWait => open.kind === 'effect' && open.effect in acts);
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
  const wait = run.result().waits.find((open) => open.kind === 'message' && open.message === PAYMENT_MESSAGE);
  if (!wait || scene.file.row.revision === 0) return false;
  const held = (await prescriptionsOf(scene.trx, scene.file.tenantId, scene.file.row.id)).filter((p) => p.cancelledAt === null);
  const newest = held.at(-1);
  const isPrescribedNow = scene.changes.some((change) => change.kind === 'add-prescription');
  if (!newest || isPrescribedNow || newest.paid < newest.amount) return false;
  apply(run, { kind: 'message', message: PAYMENT_MESSAGE, payload: { amount: newest.amount, prescriptionId: newest.id }, executionId: wait.executionId });
  return true;
}

function completedBy(stimulus: Stimulus | undefined, actor: Actor): { executionId: string; by: string } | undefined {
  if (stimulus?.kind !== 'complete-task') return undefined;
  return { executionId: stimulus.executionId, by: actor.kind === 'officer' ? actor.id : actor.kind };
}
