// Steps 7 and 8 of the corridor: from the engine's result to rows, all in the transaction that the command began.
import type { Json, StepResult, Stimulus, Wait } from '../engine/types.ts';
import type { Actor } from '../domain/permission.ts';
import { insertCase, updateCase, type CaseProgress } from '../store/cases.ts';
import type { Transaction } from '../store/database.ts';
import { appendJournal, stateHash } from '../store/journal.ts';
import { dropEffects, insertEffects } from '../store/outbox.ts';
import { writeWaits } from '../store/waits.ts';
import type { ActScene } from './acts/act.ts';
import { writeChanges, type Change } from './changes.ts';
import type { Acceptance, CaseFile } from './corridor.ts';
import { notifications } from './notify.ts';
import { journalDetail, project } from './project.ts';

export interface Acted {
  readonly changes: readonly Change[];
  readonly documentNumber: string | null;
  /** Documents that acts of this very step have issued; effects of the same step may name them. */
  readonly documents: ActScene['documents'];
}

/** A command that tells the engine nothing: a claim, a note. The journal counts it all the same. */
export async function writeQuietly(trx: Transaction, file: CaseFile, name: string, actor: Actor, acceptance: Acceptance): Promise<void> {
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

function completedBy(stimulus: Stimulus | undefined, actor: Actor): { executionId: string; by: string } | undefined {
  if (stimulus?.kind !== 'complete-task') return undefined;
  return { executionId: stimulus.executionId, by: actor.kind === 'officer' ? actor.id : actor.kind };
}
