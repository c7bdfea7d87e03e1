// Leaving an element: which flows a token takes (BPMN 2.0.2, 13.3.1 and 13.4).
import { holds } from './expressions.ts';
import type { Outcome } from './expressions.ts';
import { fail, insideOf } from './live-case.ts';
import type { Item, LiveCase } from './live-case.ts';
import type { ProcessFlow, ProcessNode } from './process-model.ts';
import type { Variables } from './types.ts';

/** Sends tokens along; without a flow to take the item stays as an incident. An element without outgoing flows ends its token. */
export function leave(live: LiveCase, node: ProcessNode, item: Item): boolean {
  const scope = item.parent;
  if (!scope) return true;
  const chosen = choose(live, node, scope);
  if ('failure' in chosen) {
    fail(live, item, chosen.failure, 'leave');
    return false;
  }
  for (const flow of chosen.value) take(live, flow, scope, node.completionQuantity);
  return true;
}

export function take(live: LiveCase, flow: ProcessFlow, scope: Item, tokens = 1): void {
  for (let token = 0; token < tokens; token += 1) {
    live.trace.push({ kind: 'flow', elementId: flow.id, at: live.context.now });
    live.queue.push({ node: flow.target, scope, flow: flow.id });
  }
}

export function choose(live: LiveCase, node: ProcessNode, scope: Item, extra?: Variables): Outcome<readonly ProcessFlow[]> {
  const { flows } = insideOf(scope);
  const outgoing = node.outgoing.flatMap((id) => flows.get(id) ?? []);
  // Conditions on flows out of a parallel gateway count for nothing (BPMN 2.0.2, 13.4.1).
  if (node.kind === 'parallelGateway' || outgoing.length === 0) return { value: outgoing };
  const standard = outgoing.find((flow) => flow.id === node.defaultFlow);
  // Only one flow of an exclusive gateway is taken, the first in drawn order that holds (BPMN 2.0.2, 13.4.2).
  const onlyFirst = node.kind === 'exclusiveGateway';
  const taken: ProcessFlow[] = [];
  let conditional = 0;
  for (const flow of outgoing) {
    if (flow === standard) continue;
    const outcome = flow.condition === undefined ? { value: true } : holds(live, scope, flow.condition, extra);
    if ('failure' in outcome)
      return { failure: { ...outcome.failure, reason: `Podmínka toku „${flow.name || flow.id}“: ${outcome.failure.reason}` } };
    if (!outcome.value) continue;
    taken.push(flow);
    if (flow.condition !== undefined) conditional += 1;
    if (onlyFirst) break;
  }
  if (standard && (node.kind.endsWith('Gateway') ? taken.length === 0 : conditional === 0)) taken.push(standard);
  if (taken.length === 0) return { failure: { code: 'no-flow-taken', reason: 'Žádná podmínka neplatí a výchozí tok chybí.' } };
  return { value: taken };
}
