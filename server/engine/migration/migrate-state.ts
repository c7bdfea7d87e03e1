// The saved state of a case under one version becomes its state under another, by a plan. Pure: the caller stores what comes of it.
// Execution ids, due times and variables stay; only elements' ids change. Events that the new version adds beside the flow listen from now on
// (their timers count from the migration), those that it has no more stop listening.
import type { LiveCase } from '../live-case.ts';
import type { DecisionModel } from '../decision-model.ts';
import { loadCase, readState, saveState } from '../saved-state.ts';
import type { SavedItem, SavedState } from '../saved-shape.ts';
import type { ProcessModel } from '../process-model.ts';
import type { EngineState, StepContext } from '../types.ts';
import { armNew } from './arm-new.ts';
import { moveHosted } from './move-hosted.ts';
import { compensationFits, moveItems } from './move-items.ts';
import type { Move, Moved } from './move.ts';
import { targetOf, type MigrationPlan, type MigrationVerdict } from './plan.ts';

export interface Versions {
  readonly from: ProcessModel;
  readonly to: ProcessModel;
  readonly decisions: DecisionModel;
}

export function migrateState(
  { from, to, decisions }: Versions,
  state: EngineState,
  plan: MigrationPlan,
  context: StepContext,
): MigrationVerdict {
  const old = loadCase(from, decisions, state, context);
  const move: Move = { from, to, plan, old, items: new Map(), gone: new Set(), reasons: [], changes: [], moves: [] };
  if (old.ended) return { verdict: 'impossible', reasons: [{ code: 'already-ended', elementId: from.processId, name: from.name }] };
  moveItems(move);
  compensationFits(move, old.root);
  moveHosted(move);
  if (move.reasons.length > 0) return { verdict: 'impossible', reasons: move.reasons };
  const live = loadCase(to, decisions, movedState(move, readState(state)), context);
  moveEnd(move, live);
  armNew(move, live);
  return { verdict: 'ok', state: saveState(live), changes: move.changes, moves: move.moves };
}

/** In the order of the old case: which of several waits is the oldest must not change. */
function movedState({ old, items }: Move, saved: SavedState): EngineState {
  const byNumber = new Map([...old.items.values()].map((item) => [item.n, item]));
  const rows = saved.i.flatMap((row): SavedItem[] => {
    const item = byNumber.get(row.n);
    const moved = item && items.get(item);
    return moved ? [movedRow(row, item.x, moved)] : [];
  });
  return { ...saved, i: rows } as unknown as EngineState;
}

function movedRow(row: SavedItem, executionId: string, moved: Moved): SavedItem {
  const { f: _first, ...rest } = row;
  const incident = row.x && { x: { ...row.x, ...(moved.flow === undefined ? {} : { flow: moved.flow }) } };
  return {
    ...rest,
    e: moved.e,
    id: executionId,
    ...incident,
    ...(moved.tokens ? { j: moved.tokens } : {}),
    ...(moved.first ? { f: moved.first } : {}),
  };
}

/** The end event that names the result so far; one of the same outcome stands in for one that is gone. */
function moveEnd({ from, to, plan }: Move, live: LiveCase): void {
  if (live.end === undefined) return;
  const before = from.nodes.get(live.end);
  const target = to.nodes.get(targetOf(from, to, plan, live.end)?.to ?? '');
  const fresh =
    target?.kind === 'endEvent'
      ? target
      : [...to.nodes.values()].find((node) => node.kind === 'endEvent' && node.outcome === before?.outcome);
  if (fresh === undefined) delete live.end;
  else live.end = fresh.id;
}
