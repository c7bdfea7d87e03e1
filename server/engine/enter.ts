// A token arrives at an element: which behaviour each kind of element has (BPMN 2.0.2, chapter 13).
import { instanceVariables, openBody } from './activities/rounds.ts';
import { openCall, openSubProcess } from './activities/scopes.ts';
import { performTask } from './activities/tasks.ts';
import { complete } from './complete.ts';
import { pass } from './events/catch.ts';
import { finishEnd, throwLater } from './events/throw.ts';
import { openGate } from './gateways/event-gate.ts';
import { waitsAtJoin } from './gateways/joins.ts';
import { listen, listenAtBoundaries } from './listen.ts';
import { insideOf, newItem, note, remove } from './live-case.ts';
import type { Arrival, Item, LiveCase } from './live-case.ts';
import { nodeOf, triggersOf } from './process-model.ts';
import type { NodeKind, ProcessNode } from './process-model.ts';

type Behaviour = (live: LiveCase, item: Item, node: ProcessNode) => void;

export function enter(live: LiveCase, arrival: Arrival): void {
  const { scope } = arrival;
  if (scope.isGone) return;
  const node = nodeOf(insideOf(scope), arrival.node);
  if (waitsForTurn(scope, arrival) || waitsAtJoin(live, node, arrival)) return;
  const item = newItem(live, node, 'busy', { parent: scope });
  if (arrival.index !== undefined) beInstance(scope, item, arrival.index);
  else if (node.loop) item.rounds = { started: 0, completed: 0 };
  if (BEHAVIOURS[node.kind] === happen) return happen(live, item);
  note(live, 'entered', item);
  if (arrival.again) rehost(live, arrival.again, item);
  else if (arrival.index === undefined && node.boundaries.length > 0) listenAtBoundaries(live, item);
  if (item.rounds) openBody(live, item);
  else BEHAVIOURS[node.kind](live, item, node);
}

/** An event a token is put before counts as happened. */
const happen = (live: LiveCase, item: Item): void => pass(live, item);

const refuse: Behaviour = (_live, _item, node) => {
  throw new Error(`a token cannot arrive at ${node.kind} ${node.id}`);
};
const goOn: Behaviour = (live, item) => complete(live, item);

const catchEvent: Behaviour = (live, item, node) => {
  if (node.event?.kind === 'link' || node.event?.kind === 'none') complete(live, item);
  else listen(live, item, 'enter');
};

const throwEvent: Behaviour = (live, item, node) => {
  if (node.linkTarget !== undefined) {
    note(live, 'completed', item);
    remove(live, item);
    if (item.parent) live.queue.push({ node: node.linkTarget, scope: item.parent });
    return;
  }
  const triggers = triggersOf(node);
  if (triggers.length === 0) complete(live, item);
  else throwLater(live, item, triggers);
};

const endEvent: Behaviour = (live, item, node) => {
  const triggers = triggersOf(node);
  if (triggers.length === 0) finishEnd(live, item);
  else throwLater(live, item, triggers);
};

const BEHAVIOURS: Readonly<Record<NodeKind, Behaviour>> = {
  startEvent: goOn,
  endEvent,
  catchEvent,
  throwEvent,
  boundaryEvent: happen,
  task: performTask,
  userTask: performTask,
  manualTask: performTask,
  serviceTask: performTask,
  sendTask: performTask,
  receiveTask: performTask,
  businessRuleTask: performTask,
  scriptTask: performTask,
  exclusiveGateway: goOn,
  parallelGateway: goOn,
  inclusiveGateway: goOn,
  complexGateway: goOn,
  eventBasedGateway: openGate,
  callActivity: openCall,
  subProcess: openSubProcess,
  eventSubProcess: refuse,
};

function beInstance(body: Item, item: Item, index: number): void {
  item.index = index;
  if (body.node?.loop?.kind === 'multi' || item.node?.kind !== 'callActivity') item.vars = { ...instanceVariables(body, index) };
}

/** In a sequential ad-hoc sub-process one thing is done at a time (BPMN 2.0.2, 10.3.5). */
function waitsForTurn(scope: Item, arrival: Arrival): boolean {
  if (scope.k !== 'scope' || scope.node?.adHoc?.isSequential !== true || scope.inside.size === 0 || arrival.again) return false;
  (scope.queued ??= []).push(arrival.node);
  return true;
}

/** Boundary events of an activity tried again keep running: a retry must not prolong a deadline. */
function rehost(live: LiveCase, from: Item, to: Item): void {
  for (const hosted of [...from.hosted]) {
    from.hosted.delete(hosted);
    hosted.host = to;
    to.hosted.add(hosted);
  }
  remove(live, from);
}
