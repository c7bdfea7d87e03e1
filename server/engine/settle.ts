// When no token moves: inclusive joins that nothing more can reach, scopes that are finished, joins that wait in vain.
import { complete, consumeJoin } from './enter.ts';
import { fail, livingIn, newExecution, nodeAt, ROOT } from './live-case.ts';
import type { Item, Join, LiveCase } from './live-case.ts';
import { nodeOf } from './process-model.ts';

/** True when something moved and there is work again. */
export function settle(live: LiveCase): boolean {
  return passInclusiveJoin(live) || finishScope(live);
}

function passInclusiveJoin(live: LiveCase): boolean {
  for (const [key, join] of live.joins) {
    if (nodeOf(live.model, join.node).kind !== 'inclusiveGateway' || !isReady(live, join)) continue;
    consumeJoin(live, key);
    live.queue.push({ node: join.node, scope: join.scope });
    return true;
  }
  return false;
}

/** No token elsewhere can reach an empty incoming flow, except one that can reach a filled flow too (BPMN 2.0.2, Table 13.3). */
function isReady(live: LiveCase, join: Join): boolean {
  const reach = live.model.joinReach.get(join.node);
  if (!reach) return true;
  const comesBy = (node: string, filled: boolean): boolean =>
    [...reach].some(([flow, from]) => join.tokens.has(flow) === filled && from.has(node));
  return positions(live, join).every((node) => !comesBy(node, false) || comesBy(node, true));
}

function positions(live: LiveCase, join: Join): readonly string[] {
  const resting = livingIn(live, join.scope).filter((item) => live.model.nodes.get(item.e)?.kind !== 'boundaryEvent');
  const joins = [...live.joins.values()].filter((other) => other.scope === join.scope && other.node !== join.node);
  return [...resting.map((item) => item.e), ...joins.map((other) => other.node)];
}

function finishScope(live: LiveCase): boolean {
  const scopes = [...live.items.values()].filter((item) => item.k === 'scope').reverse();
  for (const scope of scopes) {
    if (livingIn(live, scope.x).length > 0) continue;
    if (reportVainJoin(live, scope)) continue;
    if (scope.x === ROOT) {
      live.items.clear();
      live.ended = true;
      return false;
    }
    complete(live, nodeAt(live, scope), scope);
    return true;
  }
  return false;
}

/** A parallel join that lacks a token nobody can bring waits for ever by the specification; we say so. A retry lets it through. */
function reportVainJoin(live: LiveCase, scope: Item): boolean {
  const found = [...live.joins].find(([, join]) => join.scope === scope.x);
  if (!found) return false;
  const [key, join] = found;
  live.joins.delete(key);
  fail(
    live,
    { x: newExecution(live, join.node), e: join.node, s: scope.x },
    { code: 'join-incomplete', reason: 'Na spojení větví čeká případ marně: některá větev už nemůže přijít.' },
    'enter',
  );
  return true;
}
