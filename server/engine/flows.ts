// Leaving an element: which flows a token takes (BPMN 2.0.2, 13.3.1 and 13.4).
import { holds } from './expressions.ts';
import type { Outcome } from './expressions.ts';
import { fail } from './live-case.ts';
import type { Item, LiveCase } from './live-case.ts';
import type { ProcessFlow, ProcessNode } from './process-model.ts';

type Leaving = Pick<Item, 'x' | 'e' | 's' | 'h'>;

/** Sends tokens along; without a flow to take the token stays as an incident. An element without outgoing flows ends its token. */
export function leave(live: LiveCase, node: ProcessNode, from: Leaving): boolean {
  const chosen = choose(live, node);
  if ('failure' in chosen) {
    fail(live, { x: from.x, e: from.e, ...(from.s === undefined ? {} : { s: from.s }) }, chosen.failure, 'leave');
    return false;
  }
  for (const flow of chosen.value) take(live, flow, from.s ?? '');
  return true;
}

export function take(live: LiveCase, flow: ProcessFlow, scope: string): void {
  live.trace.push({ kind: 'flow', elementId: flow.id, at: live.context.now });
  live.queue.push({ node: flow.target, scope, flow: flow.id });
}

function choose(live: LiveCase, node: ProcessNode): Outcome<readonly ProcessFlow[]> {
  const flows = node.outgoing.flatMap((id) => live.model.flows.get(id) ?? []);
  if (node.kind === 'parallelGateway' || flows.length === 0) return { value: flows };
  const standard = flows.find((flow) => flow.id === node.defaultFlow);
  const others = flows.filter((flow) => flow !== standard);
  // Only one flow of an exclusive gateway is taken, the first in drawn order that holds (BPMN 2.0.2, 13.4.2).
  const onlyFirst = node.kind === 'exclusiveGateway';
  const taken: ProcessFlow[] = [];
  let conditional = 0;
  for (const flow of others) {
    const outcome = flow.condition === undefined ? { value: true } : holds(live, flow.condition);
    if ('failure' in outcome)
      return { failure: { ...outcome.failure, reason: `Podmínka toku „${flow.name || flow.id}“: ${outcome.failure.reason}` } };
    if (!outcome.value) continue;
    taken.push(flow);
    if (flow.condition !== undefined) conditional += 1;
    if (onlyFirst) break;
  }
  const isGateway = node.kind === 'exclusiveGateway' || node.kind === 'inclusiveGateway';
  if (standard && (isGateway ? taken.length === 0 : conditional === 0)) taken.push(standard);
  if (taken.length === 0) return { failure: { code: 'no-flow-taken', reason: 'Žádná podmínka neplatí a výchozí tok chybí.' } };
  return { value: taken };
}
