// When no token moves: joins that nothing more can reach, scopes and bodies that are finished, then one throw.
import { advanceBody } from './activities/rounds.ts';
import { finishSubProcess } from './activities/scopes.ts';
import { fireBoundary } from './events/catch.ts';
import { finishThrow, throwNow } from './events/throw.ts';
import { undoNext } from './events/undo.ts';
import { passRestingJoins } from './gateways/joins.ts';
import { cancelInside } from './cancel.ts';
import { fail, isInstance, remove } from './live-case.ts';
import type { Item, LiveCase } from './live-case.ts';
import { triggersOf } from './process-model.ts';

/** True when something moved and there may be work again. */
export function settle(live: LiveCase): boolean {
  return passRestingJoins(live) || finishTouched(live) || throwNext(live);
}

function finishTouched(live: LiveCase): boolean {
  for (const item of [...live.touched].reverse()) {
    live.touched.delete(item);
    if (item.isGone || item.inside.size > 0 || !finish(live, item)) continue;
    return true;
  }
  return false;
}

function finish(live: LiveCase, item: Item): boolean {
  if (item === live.root) {
    live.ended = true;
    live.items.clear();
    return false;
  }
  switch (item.k) {
    case 'scope':
      finishSubProcess(live, item);
      return true;
    case 'loop':
    case 'multi':
      advanceBody(live, item);
      return true;
    case 'undo':
      if (!undoNext(live, item)) finishUndo(live, item);
      return true;
    default:
      return false;
  }
}

function throwNext(live: LiveCase): boolean {
  for (let item = live.throws.shift(); item; item = live.throws.shift()) {
    if (item.isGone || item.k !== 'throw') continue;
    live.visits += 1;
    throwNow(live, item);
    return true;
  }
  return false;
}

function finishUndo(live: LiveCase, item: Item): void {
  const scope = item.parent;
  if (item.resumes) {
    finishThrow(live, item);
    return;
  }
  remove(live, item);
  if (scope && scope.k === 'scope' && item.node?.isTransaction && item.node === scope.node) leaveCancelled(live, scope);
}

/** A cancelled transaction goes on by its cancel boundary event (BPMN 2.0.2, 13.5.2). */
function leaveCancelled(live: LiveCase, transaction: Item): void {
  const host = isInstance(transaction) && transaction.parent ? transaction.parent : transaction;
  const boundary = (host.node?.boundaries ?? [])
    .flatMap((id) => host.model.nodes.get(id) ?? [])
    .find((node) => triggersOf(node).some(({ kind }) => kind === 'cancel'));
  if (boundary) {
    fireBoundary(live, host, { ...boundary, isInterrupting: true });
    return;
  }
  cancelInside(live, transaction);
  fail(live, transaction, { code: 'uncaught-cancel', reason: 'Zrušení transakce v diagramu nic nezachytí.' }, 'enter');
}
