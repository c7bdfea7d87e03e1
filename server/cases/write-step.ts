// Steps 7 and 8 of the corridor: from the engine's result to rows, all in the transaction that the command began.
import type { Json, StepResult, Wait } from '../engine/types.ts';
import type { Actor, Representing } from '../domain/permission.ts';
import { caseUpdate, insertCase, type CaseProgress } from '../store/cases.ts';
import type { Transaction } from '../store/database.ts';
import { chained, journalPart, stateHash, type ChainedEntry } from '../store/journal.ts';
import { writeLast } from '../store/lane.ts';
import type { ActScene } from './acts/act.ts';
import { writeChanges, type Change } from './changes.ts';
import type { Acceptance, CaseFile } from './corridor.ts';
import { deadlineTrace, writeDesk } from './deadlines/desk.ts';
import { journalDetail, project } from './project.ts';
import { keepRecords } from './records/keep-records.ts';
import { writeParts } from './write-parts.ts';

export interface Acted {
  readonly changes: readonly Change[];
  readonly documentNumber: string | null;
  /** How many things acts have booked beside `changes`. */
  readonly booked: number;
  /** Documents that acts of this very step have issued; effects of the same step may name them. */
  readonly documents: ActScene['documents'];
}

/** A command that tells the engine nothing: a claim, a note. The journal counts it all the same. */
export async function writeQuietly(trx: Transaction, file: CaseFile, name: string, actor: Actor, acceptance: Acceptance): Promise<void> {
  const { changes } = acceptance;
  await writeChanges(trx, file.tenantId, file.row.id, changes, file.now);
  const { endedAt, outcome, engineState } = file.row;
  const documentNumber = acceptance.documentNumber ?? file.row.documentNumber;
  await keepRecords(trx, file, { stimulus: undefined, changes, ended: endedAt !== null, documentNumber });
  const entry = journalEntry(file, name, actor, acceptance.detail, engineState);
  const ended = endedAt === null ? null : { outcome: outcome ?? '', at: endedAt };
  const progress = progressOf(file, entry, { engineState, documentNumber, ended });
  writeLast(trx, [caseUpdate(file.tenantId, file.row.id, progress), journalPart(file.tenantId, entry)]);
}

interface Written {
  readonly name: string;
  readonly actor: Actor;
  readonly acceptance: Acceptance;
  readonly before: readonly Wait[];
  readonly result: StepResult;
  readonly acted: Acted;
}

/** Writes all that came of a step. `before` is empty for a new case, whose row is inserted first. */
export async function write(trx: Transaction, file: CaseFile, written: Written, isNew = false): Promise<void> {
  const { result, acted, acceptance, actor } = written;
  const caseId = file.row.id;
  const projected = project(file, written.before, result, acted.documents);
  const entry = journalEntry(
    file,
    written.name,
    actor,
    { ...journalDetail(acceptance.detail, result), ...deadlineTrace(file.deadlines, acceptance.deadline) },
    result.state,
  );
  const ended = result.ended ? { outcome: acceptance.endsAs ?? result.ended.outcome, at: file.now } : null;
  const progress = progressOf(file, entry, { engineState: result.state, documentNumber: acted.documentNumber, ended });
  if (isNew) await insertCase(trx, file.tenantId, { ...file.row, filedAt: file.now }, progress);
  await writeParts(trx, file, written, projected);
  writeLast(trx, [...(isNew ? [] : [caseUpdate(file.tenantId, caseId, progress)]), journalPart(file.tenantId, entry)]);
  await writeDesk(trx, file.deadlines, {
    tenantId: file.tenantId,
    caseId,
    now: file.now,
    actor,
    result,
    isAnew: isNew || acceptance.replace !== undefined,
    ...(acceptance.deadline ? { word: acceptance.deadline } : {}),
  });
}

function progressOf(
  file: CaseFile,
  entry: ChainedEntry,
  what: Pick<CaseProgress, 'engineState' | 'documentNumber' | 'ended'>,
): CaseProgress {
  return { ...what, revision: entry.seq, headHash: entry.hash, at: file.now };
}

/** Who acted for the applicant, and by what right. */
const representedBy = ({ personId, representationId }: Representing): Readonly<Record<string, Json>> => ({
  by: personId,
  representation: representationId,
});

function journalEntry(file: CaseFile, kind: string, actor: Actor, detail: Readonly<Record<string, Json>>, state: Json): ChainedEntry {
  const entry = {
    caseId: file.row.id,
    seq: file.row.revision + 1,
    at: file.now,
    actorKind: actor.kind,
    actorId: 'id' in actor ? actor.id : null,
    kind,
    detail: actor.kind === 'citizen' && actor.by ? { ...detail, ...representedBy(actor.by) } : detail,
    stateHash: stateHash(state),
  };
  return chained(file.tenantId, entry, file.row.headHash);
}
