// Event-based gateways: the events behind it are waited for, the first one or all of them (BPMN 2.0.2, 10.6.6, 13.4.5).
import { listenBeside } from '../listen.ts';
import { insideOf } from '../live-case.ts';
import type { Item, LiveCase } from '../live-case.ts';
import { nodeOf } from '../process-model.ts';
import type { ProcessNode } from '../process-model.ts';

export function openGate(live: LiveCase, item: Item, node: ProcessNode): void {
  item.k = 'gate';
  for (const target of armsOf(item, node)) listenBeside(live, target, item);
}

/** The events behind a gateway, in drawn order. */
export function armsOf(item: Item, node: ProcessNode): readonly ProcessNode[] {
  const model = item.parent ? insideOf(item.parent) : item.model;
  return node.outgoing.map((flow) => nodeOf(model, model.flows.get(flow)?.target ?? ''));
}
