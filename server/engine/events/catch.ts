// An event has happened: what that means where it is caught, beside an activity, beside a scope, or in the flow (BPMN 2.0.2, 13.5).
import { cancel, cancelInside } from '../cancel.ts';
import { complete, noteDone } from '../complete.ts';
import { hasOutput, takeOutput } from '../data/mappings.ts';
import { leave } from '../flows.ts';
import { listen, listenInScope } from '../listen.ts';
import { fail, insideOf, moveInto, newItem, note, remove, scopeRow } from '../live-case.ts';
import type { Item, LiveCase } from '../live-case.ts';
import { nodeOf, triggersOf } from '../process-model.ts';
import type { ProcessNode } from '../process-model.ts';
import { nextAfter } from '../timer-text.ts';
import type { Json } from '../types.ts';

/** A listener has got what it listens for. `payload` goes to the event's result. */
export function fire(live: LiveCase, item: Item, payload?: Json): void {
  const { node, host } = item;
  if (!node) return;
  if (host?.k === 'any') firePart(live, host, item, payload);
  else if (host?.k === 'gate') passGate(live, host, item, payload);
  else if (host) fireBeside(live, host, node, item, payload);
  else catchInFlow(live, item, payload);
}

function catchInFlow(live: LiveCase, item: Item, payload: Json | undefined): void {
  if (!absorb(live, item, payload)) return;
  const next =
    item.due !== undefined && item.every !== undefined ? nextAfter(item.due, item.every, item.left, live.context.now) : undefined;
  if (!next || !item.node) {
    complete(live, item);
    return;
  }
  // A cycle in the flow gives a token for each of its repeats.
  note(live, 'completed', item);
  if (!leave(live, item.node, item)) return;
  note(live, 'entered', item);
  wind(item, next);
}

function wind(item: Item, next: { readonly at: string; readonly left?: number }): void {
  item.due = next.at;
  if (next.left === undefined) delete item.left;
  else item.left = next.left;
}

/** One part of a multiple event: enough, or one of all that are needed (BPMN 2.0.2, 10.5.5). */
function firePart(live: LiveCase, whole: Item, part: Item, payload: Json | undefined): void {
  const event = whole.node?.event;
  if (event?.kind !== 'multiple') return;
  if (!event.parallel) {
    if (!isRepeating(whole)) remove(live, part);
    else if (!keepsListening(live, part)) remove(live, part);
    fire(live, whole, payload);
    return;
  }
  (whole.came ??= []).push(part.trigger ?? 0);
  remove(live, part);
  if (!absorb(live, whole, payload)) return;
  if (whole.hosted.size === 0) fire(live, whole);
}

const isRepeating = (item: Item): boolean => item.host !== undefined && item.host.k !== 'gate' && item.node?.isInterrupting === false;

/** The first event wins, the others listen no more; a gateway for all of them waits until each has come (BPMN 2.0.2, 13.4.5). */
export function passGate(live: LiveCase, gate: Item, arm: Item, payload: Json | undefined): void {
  const scope = gate.parent;
  if (!scope || !arm.node) return;
  moveInto(live, arm, scope);
  arm.k = 'busy';
  if (gate.node?.waitsFor !== 'all' || gate.hosted.size === 0) {
    remove(live, gate);
    noteDone(live, gate);
  }
  for (const flow of arm.node.incoming) live.trace.push({ kind: 'flow', elementId: flow, at: live.context.now });
  pass(live, arm, payload);
}

function fireBeside(live: LiveCase, host: Item, node: ProcessNode, item: Item, payload: Json | undefined): void {
  const listensOn = isRepeating(item) && keepsListening(live, item);
  const token = listensOn ? undefined : item;
  if (node.kind === 'boundaryEvent') fireBoundary(live, host, node, payload, token);
  else startEventSubProcess(live, host, node, payload, token);
}

/** Without interruption an event may come again; a repeating timer is set anew; a multiple one as long as a part listens. */
function keepsListening(live: LiveCase, item: Item): boolean {
  if (item.k === 'any') {
    if (item.came) {
      delete item.came;
      listen(live, item, 'arm');
    }
    return item.hosted.size > 0;
  }
  if (item.due === undefined) return true;
  const next = item.every === undefined ? undefined : nextAfter(item.due, item.every, item.left, live.context.now);
  if (!next) return false;
  wind(item, next);
  return true;
}

/** A boundary event fires: an interrupting one ends its activity. `listener`: what listened for it and does so no more. */
export function fireBoundary(live: LiveCase, host: Item, boundary: ProcessNode, payload?: Json, listener?: Item): void {
  const scope = host.parent;
  if (!scope) return;
  const token = tokenFor(live, boundary, scope, listener);
  if (boundary.isInterrupting) cancel(live, host);
  pass(live, token, payload);
}

/** Begins an event sub-process in `scope`; an interrupting one ends everything else there (BPMN 2.0.2, 13.5.4). */
export function startEventSubProcess(live: LiveCase, scope: Item, start: ProcessNode, payload?: Json, listener?: Item): void {
  if (start.isInterrupting) interrupt(live, scope, listener);
  const inner = newItem(live, nodeOf(insideOf(scope), start.scope), 'scope', { parent: scope });
  note(live, 'entered', inner);
  listenInScope(live, inner);
  pass(live, tokenFor(live, start, inner, listener), payload);
}

/** Everything in the scope ends, and its other event sub-processes listen no more. */
export function interrupt(live: LiveCase, scope: Item, spared?: Item): void {
  cancelInside(live, scope);
  for (const hosted of [...scope.hosted]) if (hosted.node?.kind === 'startEvent' && hosted !== spared) remove(live, hosted);
  if (scope.k === 'scope') scope.isInterrupted = true;
}

function tokenFor(live: LiveCase, node: ProcessNode, scope: Item, listener: Item | undefined): Item {
  if (!listener) return newItem(live, node, 'busy', { parent: scope });
  for (const part of [...listener.hosted]) remove(live, part);
  moveInto(live, listener, scope);
  listener.k = 'busy';
  return listener;
}

/** An event happened: it is entered and completed at once and its token goes on. */
export function pass(live: LiveCase, token: Item, payload?: Json): void {
  note(live, 'entered', token);
  if (absorb(live, token, payload)) complete(live, token);
}

function absorb(live: LiveCase, item: Item, payload: Json | undefined): boolean {
  // Code and reason of an error are no data of the process, unless it names a variable for them.
  const isData = item.node !== undefined && (item.model.bare !== true || hasOutput(item.node) || carriesData(item.node));
  if (payload === undefined || !isData) return true;
  const failure = takeOutput(live, item, payload, undefined);
  if (!failure) return true;
  fail(live, item, failure, 'leave');
  return false;
}

const carriesData = (node: ProcessNode): boolean =>
  node.kind === 'receiveTask' || triggersOf(node).some(({ kind }) => kind === 'message' || kind === 'signal');

/** Start events of the event sub-processes that listen in a scope. */
export function eventStarts(scope: Item): readonly ProcessNode[] {
  if (scope.isInterrupted || scope.k !== 'scope') return [];
  const model = insideOf(scope);
  return (scopeRow(scope)?.eventSubProcesses ?? []).flatMap((id) =>
    (model.scopes.get(id)?.starts ?? []).flatMap((start) => model.nodes.get(start) ?? []),
  );
}
