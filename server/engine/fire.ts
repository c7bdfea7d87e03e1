// A message came or a time is up: what that means for the place where the event listens.
import { fireBoundary, pass, startEventSubProcess } from './errors.ts';
import type { Happened } from './errors.ts';
import { complete } from './enter.ts';
import { assign } from './expressions.ts';
import { nodeAt, note, putItem, scopeOf } from './live-case.ts';
import type { Item, LiveCase } from './live-case.ts';
import type { ProcessNode } from './process-model.ts';
import { nextAfter } from './timer-text.ts';
import type { Json } from './types.ts';

/** `payload` goes to the event's `spis:result`. */
export function fire(live: LiveCase, item: Item, payload?: Json): void {
  const node = nodeAt(live, item);
  const host = item.h === undefined ? undefined : live.items.get(item.h);
  if (!host) {
    if (node.result !== undefined && payload !== undefined) assign(live, node.result, payload);
    complete(live, node, item);
    return;
  }
  if (host.k === 'gate') {
    passGate(live, host, item, node, payload);
    return;
  }
  const listensOn = keepListening(live, item, node);
  const happened: Happened = { ...(payload === undefined ? {} : { payload }), ...(listensOn ? {} : { x: item.x }) };
  if (node.kind === 'boundaryEvent') fireBoundary(live, host, node, happened);
  else startEventSubProcess(live, host, node, happened);
}

/** The first event wins, the others listen no more (BPMN 2.0.2, 13.4.5). */
function passGate(live: LiveCase, gate: Item, arm: Item, node: ProcessNode, payload: Json | undefined): void {
  live.items.delete(gate.x);
  for (const other of [...live.items.values()]) if (other.h === gate.x) live.items.delete(other.x);
  note(live, 'completed', gate.e, gate.x);
  for (const flow of node.incoming) live.trace.push({ kind: 'flow', elementId: flow, at: live.context.now });
  pass(live, node, scopeOf(arm), { x: arm.x, ...(payload === undefined ? {} : { payload }) });
}

/** A message without interruption may come again; a repeating timer is set anew; everything else has had its turn. */
function keepListening(live: LiveCase, item: Item, node: ProcessNode): boolean {
  if (!node.isInterrupting && item.k === 'message') return true;
  live.items.delete(item.x);
  if (item.due === undefined || item.every === undefined) return false;
  const next = nextAfter(item.due, item.every, item.left, live.context.now);
  if (!next) return false;
  const { left: _before, ...rest } = item;
  putItem(live, { ...rest, due: next.at, ...(next.left === undefined ? {} : { left: next.left }) });
  return true;
}
