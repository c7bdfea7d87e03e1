// What rests in the flow goes over to its target: tasks, effects, catch events, gateways, scopes, incidents.
import { ROOT } from '../live-case.ts';
import type { Item } from '../live-case.ts';
import { nodeOf } from '../process-model.ts';
import { isEnterable, misfit } from './fits.ts';
import { flowTarget } from './move-joins.ts';
import { refuse, scopeElement, type Move } from './move.ts';
import { targetOf, type Target } from './plan.ts';

/** Outer scopes come before what lies in them: an item is made after the scope it lies in. */
export function moveItems(move: Move): void {
  const inFlow = [...move.old.items.values()].filter((item) => item.h === undefined);
  for (const item of inFlow.sort((a, b) => depth(move, a) - depth(move, b))) {
    if (item.x === ROOT) move.items.set(ROOT, { ...item, e: move.to.processId });
    else if (move.gone.has(item.s ?? ROOT)) move.gone.add(item.x);
    else moveItem(move, item);
  }
}

function depth(move: Move, item: Item): number {
  if (item.s === undefined) return 0;
  const scope = move.old.items.get(item.s);
  return scope === undefined ? 1 : 1 + depth(move, scope);
}

function moveItem(move: Move, item: Item): void {
  const target = targetOf(move.from, move.to, move.plan, item.e);
  if (target === undefined) return refuse(move, 'no-target', item.e);
  const fresh = move.to.nodes.get(target.to);
  if (fresh === undefined) return refuse(move, 'target-unknown', item.e);
  const scope = scopeElement(move, item.s ?? ROOT);
  // The scope itself was refused: one reason is enough.
  if (scope === undefined) return;
  if (fresh.scope !== scope) return refuse(move, 'scope-differs', item.e);
  if (target.how === 'restart') return restart(move, item, target);
  const why = misfit(nodeOf(move.from, item.e), fresh);
  if (why !== undefined) return refuse(move, why, item.e);
  const flow = item.f === undefined ? undefined : flowTarget(move, item.f);
  const { f: _flow, ...rest } = item;
  move.items.set(item.x, { ...rest, e: fresh.id, ...(flow === undefined ? {} : { f: flow }) });
  move.changes.push({ kind: fresh.id === item.e ? 'kept' : 'moved', from: item.e, to: fresh.id });
}

function restart(move: Move, item: Item, target: Target): void {
  if (!isEnterable(nodeOf(move.to, target.to))) return refuse(move, 'kind-differs', item.e);
  if (isStopped(move.old)) return refuse(move, 'restart-suspended', item.e);
  move.gone.add(item.x);
  move.moves.push({ op: 'start', elementId: target.to, scope: item.s ?? ROOT });
  move.changes.push({ kind: 'restarted', from: item.e, to: target.to });
}

/** A stopped case can go over, but no new token moves in it. */
const isStopped = (live: object): boolean => 'suspended' in live && live.suspended !== undefined && live.suspended !== false;
