// What rests in the flow goes over to its target: tasks, effects, catch events, gateways, joins, scopes, incidents.
import { isInstance } from '../live-case.ts';
import type { Item } from '../live-case.ts';
import { nodeOf } from '../process-model.ts';
import type { ProcessNode } from '../process-model.ts';
import { isEnterable, misfit } from './fits.ts';
import { flowTarget, moveJoin } from './move-joins.ts';
import { isCalled, refuse, type Move } from './move.ts';
import { targetOf, type Target } from './plan.ts';

/** Outer scopes come before what lies in them: an item is made after the scope it lies in. */
export function moveItems(move: Move): void {
  move.items.set(move.old.root, { e: move.to.processId });
  moveInside(move, move.old.root);
}

function moveInside(move: Move, scope: Item): void {
  for (const item of scope.inside) {
    if (move.gone.has(scope)) move.gone.add(item);
    else if (isCalled(move, item)) moveCalled(move, item);
    else if (isInstance(item)) moveInstance(move, item, scope);
    else moveItem(move, item, scope);
    moveInside(move, item);
  }
}

/** An instance goes where its activity goes. */
function moveInstance(move: Move, item: Item, body: Item): void {
  const moved = move.items.get(body);
  if (moved) move.items.set(item, { e: moved.e });
}

function moveCalled(move: Move, item: Item): void {
  const isThere = move.to.library.get(item.model.processId)?.nodes.has(item.e) === true;
  if (isThere) move.items.set(item, { e: item.e });
  else refuse(move, 'no-target', item.e);
}

function moveItem(move: Move, item: Item, scope: Item): void {
  const target = targetOf(move.from, move.to, move.plan, item.e);
  if (target === undefined) return refuse(move, 'no-target', item.e);
  const fresh = move.to.nodes.get(target.to);
  if (fresh === undefined) return refuse(move, 'target-unknown', item.e);
  const around = move.items.get(scope);
  // The scope itself was refused: one reason is enough.
  if (around === undefined) return;
  if (fresh.scope !== around.e && scope.k !== 'undo') return refuse(move, 'scope-differs', item.e);
  if (target.how === 'restart') return item.k === 'join' ? refuse(move, 'kind-differs', item.e) : restart(move, item, scope, target);
  const why = misfit(nodeOf(move.from, item.e), fresh);
  if (why !== undefined) return refuse(move, why, item.e);
  keep(move, item, fresh);
}

function keep(move: Move, item: Item, fresh: ProcessNode): void {
  if (!compensationFits(move, item)) return;
  const flow = item.incident?.flow === undefined ? undefined : flowTarget(move, item.incident.flow);
  const moved = item.tokens ? moveJoin(move, item, fresh) : { e: fresh.id, ...(flow === undefined ? {} : { flow }) };
  if (!moved) return;
  move.items.set(item, moved);
  move.changes.push({ kind: fresh.id === item.e ? 'kept' : 'moved', from: item.e, to: fresh.id });
}

/** What has completed must be undone by the same elements: a handler that is gone cannot be replaced. */
export function compensationFits(move: Move, item: Item): boolean {
  const missing = [...(item.done ?? []), ...(item.toUndo ?? [])].find((done) => !move.to.nodes.has(done.e));
  if (missing) refuse(move, 'compensation-missing', missing.e);
  return missing === undefined;
}

function restart(move: Move, item: Item, scope: Item, target: Target): void {
  if (!isEnterable(nodeOf(move.to, target.to))) return refuse(move, 'kind-differs', item.e);
  // A stopped case can go over, but no new token moves in it.
  if (move.old.suspendedAt !== undefined) return refuse(move, 'restart-suspended', item.e);
  move.gone.add(item);
  move.moves.push({ op: 'start', elementId: target.to, scope: scope.x });
  move.changes.push({ kind: 'restarted', from: item.e, to: target.to });
}
