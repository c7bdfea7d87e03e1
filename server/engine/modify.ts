// An officer changes where the tokens of a case are: takes some away, skips a step, puts one before an element.
import { cancel } from './cancel.ts';
import { fire } from './events/catch.ts';
import { consume } from './gateways/joins.ts';
import { finishByHand } from './incident.ts';
import { listenAtBoundaries, listenInScope } from './listen.ts';
import { insideOf, newItem, note } from './live-case.ts';
import type { Item, LiveCase } from './live-case.ts';
import { nodeOf } from './process-model.ts';
import type { ProcessNode } from './process-model.ts';
import { StimulusRefused } from './types.ts';
import type { Json, ModifyOperation } from './types.ts';

/** All or nothing: throws `StimulusRefused` when one of the operations does not fit. What an earlier one took away a later one passes over. */
export function modify(live: LiveCase, operations: readonly ModifyOperation[]): void {
  const steps = operations.map((operation) => prepared(live, operation));
  for (const step of steps) step();
}

function prepared(live: LiveCase, operation: ModifyOperation): () => void {
  if (operation.op === 'start') return startAt(live, operation.elementId, operation.scope);
  const item = live.items.get(operation.executionId);
  if (!item || item === live.root) throw new StimulusRefused('no-such-wait', `nothing stands at ${operation.executionId}`);
  if (operation.op === 'cancel') return () => cancel(live, item);
  return () => skip(live, item, operation.output);
}

function skip(live: LiveCase, item: Item, output: Json | undefined): void {
  if (item.isGone) return;
  const { host, parent } = item;
  if (item.k === 'join' && parent) {
    consume(live, item);
    live.queue.push({ node: item.e, scope: parent });
  } else if (host) fire(live, item, output);
  else finishByHand(live, item, output);
}

function startAt(live: LiveCase, elementId: string, scopeId: string | undefined): () => void {
  const given = scopeId === undefined ? undefined : live.items.get(scopeId);
  if (scopeId !== undefined && (given?.k !== 'scope' || !insideOf(given).nodes.has(elementId)))
    throw new StimulusRefused('no-such-element', `there is no ${elementId} in scope ${scopeId}`);
  const model = given ? insideOf(given) : live.model;
  const node = model.nodes.get(elementId);
  if (!node || node.kind === 'eventSubProcess') throw new StimulusRefused('no-such-element', `a token cannot be put before ${elementId}`);
  return () => {
    const scope = given && !given.isGone && given.e === node.scope ? given : scopeFor(live, node, given);
    live.queue.push({ node: node.id, scope });
  };
}

/** The open scope an element lies in; sub-processes that are not open yet are entered without their start events. */
function scopeFor(live: LiveCase, node: ProcessNode, within: Item | undefined): Item {
  const base = within && !within.isGone ? within : live.root;
  const model = insideOf(base);
  if (node.scope === (base.calls ? base.calls.processId : base.e)) return base;
  for (const item of live.items.values()) {
    if (item.k === 'scope' && !item.calls && item.model === model && item.e === node.scope) return item;
  }
  const container = nodeOf(model, node.scope);
  const scope = newItem(live, container, 'scope', { parent: scopeFor(live, container, within) });
  note(live, 'entered', scope);
  if (container.kind === 'subProcess') listenAtBoundaries(live, scope);
  listenInScope(live, scope);
  return scope;
}
