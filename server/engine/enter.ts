// A token arrives at an element: what each kind of element does (BPMN 2.0.2, chapter 13).
import { arm, armBoundaries, armEventSubProcesses } from './arm.ts';
import { cancelInside, dropHosted } from './cancel.ts';
import { decide } from './decide.ts';
import { DecisionError } from './decision-model.ts';
import { catcherOf } from './errors.ts';
import { assign, evaluate, inputOf, scopeVariables } from './expressions.ts';
import { leave } from './flows.ts';
import { fail, hostedBy, newExecution, note, putItem } from './live-case.ts';
import type { Arrival, Item, LiveCase } from './live-case.ts';
import { nodeOf } from './process-model.ts';
import type { ProcessNode } from './process-model.ts';
import { dayOf } from './timer-text.ts';

/** Where a token stands while its element is worked on. */
interface Place {
  readonly x: string;
  readonly e: string;
  readonly s: string;
}

export function enter(live: LiveCase, arrival: Arrival): void {
  const node = nodeOf(live.model, arrival.node);
  if (waitsAtJoin(live, node, arrival)) return;
  const place: Place = { x: newExecution(live, node.id), e: node.id, s: arrival.scope };
  note(live, 'entered', node.id, place.x);
  if (arrival.again !== undefined) rehost(live, arrival.again, place.x);
  switch (node.kind) {
    case 'startEvent':
    case 'throwEvent':
    case 'exclusiveGateway':
    case 'parallelGateway':
    case 'inclusiveGateway':
      complete(live, node, place);
      return;
    case 'eventBasedGateway':
      openGate(live, node, place);
      return;
    case 'catchEvent':
      arm(live, node, place);
      return;
    case 'endEvent':
      end(live, node, place);
      return;
    case 'subProcess':
      openScope(live, node, place, arrival.again === undefined);
      return;
    case 'userTask':
    case 'manualTask':
    case 'serviceTask':
    case 'sendTask':
    case 'receiveTask':
    case 'businessRuleTask':
    case 'scriptTask':
      if (arrival.again === undefined) armBoundaries(live, node, place.x, place.s);
      work(live, node, place);
      return;
    case 'boundaryEvent':
    case 'eventSubProcess':
      throw new Error(`a token cannot arrive at ${node.kind} ${node.id}`);
  }
}

/** The element is done: its boundary events go, its token goes on. */
export function complete(live: LiveCase, node: ProcessNode, place: Pick<Item, 'x' | 'e' | 's'>): void {
  live.items.delete(place.x);
  dropHosted(live, place.x);
  note(live, 'completed', node.id, place.x);
  leave(live, node, place);
}

/** Opens the root scope and the process's start. */
export function openProcess(live: LiveCase): void {
  putItem(live, { x: '', e: live.model.processId, k: 'scope', at: live.context.now });
  armEventSubProcesses(live, live.model.processId, '');
}

/** One token on every incoming flow lets one token through a parallel join (BPMN 2.0.2, 13.4.1). */
function waitsAtJoin(live: LiveCase, node: ProcessNode, arrival: Arrival): boolean {
  const joins = (node.kind === 'parallelGateway' || node.kind === 'inclusiveGateway') && node.incoming.length > 1;
  if (!joins || arrival.flow === undefined) return false;
  const key = `${arrival.scope} ${node.id}`;
  const join = live.joins.get(key) ?? { node: node.id, scope: arrival.scope, tokens: new Map<string, number>() };
  join.tokens.set(arrival.flow, (join.tokens.get(arrival.flow) ?? 0) + 1);
  live.joins.set(key, join);
  // An inclusive join is asked when everything rests, see settle.ts.
  if (node.kind === 'inclusiveGateway' || join.tokens.size < node.incoming.length) return true;
  consumeJoin(live, key);
  return false;
}

/** Takes one token from each incoming flow that has one. */
export function consumeJoin(live: LiveCase, key: string): void {
  const tokens = live.joins.get(key)?.tokens;
  if (!tokens) return;
  for (const [flow, count] of [...tokens]) {
    if (count > 1) tokens.set(flow, count - 1);
    else tokens.delete(flow);
  }
  if (tokens.size === 0) live.joins.delete(key);
}

/** Boundary events of an activity tried again keep running: a retry must not prolong a deadline. */
function rehost(live: LiveCase, from: string, to: string): void {
  for (const item of hostedBy(live, from)) putItem(live, { ...item, h: to });
}

function openGate(live: LiveCase, node: ProcessNode, place: Place): void {
  putItem(live, { ...place, k: 'gate', at: live.context.now });
  for (const id of node.outgoing) {
    const target = nodeOf(live.model, live.model.flows.get(id)?.target ?? '');
    arm(live, target, { x: newExecution(live, target.id), e: target.id, s: place.s, h: place.x });
  }
}

function openScope(live: LiveCase, node: ProcessNode, place: Place, isNew: boolean): void {
  if (isNew) armBoundaries(live, node, place.x, place.s);
  putItem(live, { ...place, k: 'scope', at: live.context.now });
  armEventSubProcesses(live, node.id, place.x);
  for (const start of live.model.scopes.get(node.id)?.starts ?? []) live.queue.push({ node: start, scope: place.x });
}

function work(live: LiveCase, node: ProcessNode, place: Place): void {
  const input = inputOf(live, node);
  if ('failure' in input) {
    fail(live, place, input.failure, 'enter');
    return;
  }
  const given = Object.keys(input.value).length > 0 ? { input: input.value } : {};
  if (node.kind === 'scriptTask') compute(live, node, place);
  else if (node.kind === 'businessRuleTask' && node.decision !== undefined) makeDecision(live, node, place);
  else if (node.kind === 'receiveTask') putItem(live, { ...place, k: 'message', at: live.context.now });
  else if (node.kind === 'userTask' || node.kind === 'manualTask') putItem(live, { ...place, k: 'task', at: live.context.now, ...given });
  else putItem(live, { ...place, k: 'effect', at: live.context.now, ...given });
}

function compute(live: LiveCase, node: ProcessNode, place: Place): void {
  const outcome = evaluate(live, node.script ?? '');
  if ('failure' in outcome) {
    fail(live, place, outcome.failure, 'enter');
    return;
  }
  assign(live, node.result ?? node.id, outcome.value);
  complete(live, node, place);
}

function makeDecision(live: LiveCase, node: ProcessNode, place: Place): void {
  try {
    const input = inputOf(live, node);
    const mapped = 'value' in input ? input.value : {};
    const result = decide(live.decisions, node.decision ?? '', { ...scopeVariables(live), ...mapped }, { today: dayOf(live.context.now) });
    for (const decision of result.trace) live.trace.push({ kind: 'decision', elementId: node.id, at: live.context.now, decision });
    assign(live, node.result ?? node.id, result.output);
  } catch (error) {
    if (!(error instanceof DecisionError)) throw error;
    fail(live, place, { code: 'decision-failed', reason: error.message }, 'enter');
    return;
  }
  complete(live, node, place);
}

function end(live: LiveCase, node: ProcessNode, place: Place): void {
  if (node.event?.kind === 'error') {
    endByError(live, node, place, node.event.code ?? '');
    return;
  }
  note(live, 'completed', node.id, place.x);
  rememberEnd(live, node);
  if (node.event?.kind === 'terminate') cancelInside(live, place.s);
}

function endByError(live: LiveCase, node: ProcessNode, place: Place, code: string): void {
  const thrower: Item = { ...place, k: 'incident', at: live.context.now };
  const caught = catcherOf(live, thrower, { code, reason: node.name });
  if (!caught) {
    fail(live, place, { code: 'uncaught-error', reason: `Chybu „${code}“ v diagramu nic nezachytí.` }, 'enter');
    return;
  }
  note(live, 'completed', node.id, place.x);
  caught();
}

/** The last end with an outcome names the result; one without an outcome only as long as there is none. */
function rememberEnd(live: LiveCase, node: ProcessNode): void {
  const before = live.end === undefined ? undefined : live.model.nodes.get(live.end);
  if (node.outcome !== undefined || before?.outcome === undefined) live.end = node.id;
}
