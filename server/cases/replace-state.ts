// A case goes over to another version: its state is replaced as a whole, and the rows of its waits follow. Nothing is told to the engine before,
// so that what is overdue fires afterwards, by the new diagram.
import { openRun } from '../engine/index.ts';
import type { StepResult, Wait } from '../engine/types.ts';
import { Problem } from '../domain/problem.ts';
import type { Actor } from '../domain/permission.ts';
import type { Transaction } from '../store/database.ts';
import { constantsFor, stepContext } from './constants.ts';
import type { Acceptance, CaseFile, Carried, Replacement } from './corridor.ts';
import { deskOver } from './deadlines/desk.ts';
import { apply, drain, nothingActed } from './drain.ts';
import { renewal } from './renewal.ts';
import { write } from './write-step.ts';

interface Ordered {
  readonly name: string;
  readonly actor: Actor;
  readonly acceptance: Acceptance;
}

export async function replaceState(trx: Transaction, file: CaseFile, ordered: Ordered, replacement: Replacement): Promise<Carried> {
  if (file.row.endedAt !== null) throw new Problem('conflict', 'case-ended');
  const before = await waitsBefore(file);
  const { situation, versionId } = replacement;
  const moved: CaseFile = {
    ...file,
    situation,
    row: { ...file.row, versionId },
    deadlines: deskOver(situation, file.deadlines.rows),
  };
  const { state, moves, changes: differences } = replacement.derive(contextOf(moved));
  const run = await openRun(situation.model, situation.decisions, state, contextOf(moved));
  if (moves.length > 0) apply(run, { kind: 'modify', operations: moves });
  const acted = moves.length > 0 ? await drain(trx, moved, run) : nothingActed(file);
  // Without moves the state is kept as it was given, to the byte.
  const result: StepResult = moves.length > 0 ? run.result() : { ...run.result(), state };
  const sealed = replacement.seal({ state: result.state, acts: acted.changes.length + acted.booked, differences });
  const changes = [{ kind: 'set-version' as const, versionId }, renewal(moved, before, result.waits), ...acted.changes, ...sealed];
  await write(trx, moved, {
    ...ordered,
    before: asTheyAreNow(before, result.waits),
    result,
    acted: { ...acted, changes },
  });
  return { before, after: result.waits, ended: result.ended?.outcome ?? null, acts: acted.changes.length + acted.booked, differences };
}

async function waitsBefore(file: CaseFile): Promise<readonly Wait[]> {
  const { model, decisions } = file.situation;
  return (await openRun(model, decisions, file.row.engineState as never, contextOf(file))).waits();
}

/** What expressions and deadlines of a step read. */
export const contextOf = (file: CaseFile): ReturnType<typeof stepContext> =>
  stepContext(file.now, constantsFor(file.row, file.applicant, file.town, file.now), file.deadlines);

/** A wait that only has another element now is no news to the citizen. */
function asTheyAreNow(before: readonly Wait[], after: readonly Wait[]): readonly Wait[] {
  const now = new Map(after.map((wait) => [wait.executionId, wait.elementId]));
  return before.map((wait) => ({ ...wait, elementId: now.get(wait.executionId) ?? wait.elementId }));
}
