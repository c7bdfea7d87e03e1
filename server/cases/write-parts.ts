// Step 7 of the corridor: what a step changes beside the case's own row: its changes, its waits and effects, messages to others, the records.
import type { StepResult, Stimulus } from '../engine/types.ts';
import type { Actor } from '../domain/permission.ts';
import type { Transaction } from '../store/database.ts';
import { writeLast } from '../store/lane.ts';
import { dropParts, effectParts } from '../store/outbox.ts';
import { waitParts } from '../store/waits.ts';
import { writeChanges, type Change } from './changes.ts';
import type { Acceptance, CaseFile } from './corridor.ts';
import type { Projection } from './project.ts';
import { keepRecords } from './records/keep-records.ts';
import { tellOthers } from './thrown.ts';

interface Parts {
  readonly actor: Actor;
  readonly acceptance: Acceptance;
  readonly result: StepResult;
  readonly acted: { readonly changes: readonly Change[]; readonly documentNumber: string | null };
}

/** Changes first: an effect's own answer must be written before effects that nobody waits for are dropped. */
export async function writeParts(
  trx: Transaction,
  file: CaseFile,
  { acceptance, acted, actor, result }: Parts,
  projected: Projection,
): Promise<void> {
  const caseId = file.row.id;
  const changes = [...acceptance.changes, ...acted.changes];
  await writeChanges(trx, file.tenantId, caseId, changes, file.now);
  await tellOthers(trx, file, result, projected.waits.subscriptions);
  const key = { tenantId: file.tenantId, caseId, at: file.now };
  writeLast(trx, [
    ...waitParts(key, projected.waits, completedBy(acceptance.stimulus, actor)),
    ...dropParts(file.tenantId, caseId, projected.droppedEffects, file.now),
    ...effectParts(file.tenantId, projected.effects),
  ]);
  const { documentNumber } = acted;
  await keepRecords(trx, file, { stimulus: acceptance.stimulus, changes, ended: Boolean(result.ended), documentNumber });
}

function completedBy(stimulus: Stimulus | undefined, actor: Actor): { executionId: string; by: string } | undefined {
  if (stimulus?.kind !== 'complete-task') return undefined;
  return { executionId: stimulus.executionId, by: actor.kind === 'officer' ? actor.id : actor.kind };
}
