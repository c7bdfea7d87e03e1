// Tokens that wait for others: parallel, inclusive and complex joins, activities that need several tokens (BPMN 2.0.2, 13.3.2, 13.4).
import { holds } from '../expressions.ts';
import { choose, take } from '../flows.ts';
import { fail, insideOf, newItem, note, remove } from '../live-case.ts';
import type { Arrival, Item, LiveCase } from '../live-case.ts';
import type { ProcessNode } from '../process-model.ts';
import type { Variables } from '../types.ts';
import { reachOf } from '../join-reach.ts';

/** True when the token stays and waits. */
export function waitsAtJoin(live: LiveCase, node: ProcessNode, arrival: Arrival): boolean {
  if (arrival.flow === undefined || arrival.index !== undefined) return false;
  const isGateway = node.kind === 'parallelGateway' || node.kind === 'inclusiveGateway' || node.kind === 'complexGateway';
  const joins = isGateway ? node.incoming.length > 1 : node.startQuantity !== undefined;
  if (!joins) return false;
  const join = joinAt(live, node, arrival.scope);
  const tokens = (join.tokens ??= new Map<string, number>());
  tokens.set(arrival.flow, (tokens.get(arrival.flow) ?? 0) + 1);
  if (node.kind === 'complexGateway') {
    activateComplex(live, join, node);
    return true;
  }
  // An inclusive join is asked when everything rests.
  if (node.kind === 'inclusiveGateway') return true;
  if (isGateway ? tokens.size < node.incoming.length : arrived(join) < (node.startQuantity ?? 1)) return true;
  if (isGateway) consume(live, join);
  else consumeSome(live, join, node.startQuantity ?? 1);
  return false;
}

function joinAt(live: LiveCase, node: ProcessNode, scope: Item): Item {
  const known = scope.joins?.get(node.id);
  if (known) return known;
  const join = newItem(live, node, 'join', { parent: scope });
  (scope.joins ??= new Map()).set(node.id, join);
  if (node.kind === 'inclusiveGateway' || node.kind === 'complexGateway') live.joins.add(join);
  return join;
}

export function arrived(join: Item): number {
  return [...(join.tokens?.values() ?? [])].reduce((sum, count) => sum + count, 0);
}

/** Takes one token from each incoming flow that has one. */
export function consume(live: LiveCase, join: Item, flows: Iterable<string> = [...(join.tokens?.keys() ?? [])]): void {
  for (const flow of [...flows]) takeToken(join, flow, 1);
  if (join.tokens?.size === 0 && !join.first) remove(live, join);
}

function consumeSome(live: LiveCase, join: Item, wanted: number): void {
  let left = wanted;
  for (const [flow, count] of [...(join.tokens ?? [])]) {
    const taken = Math.min(left, count);
    takeToken(join, flow, taken);
    left -= taken;
  }
  if (join.tokens?.size === 0) remove(live, join);
}

function takeToken(join: Item, flow: string, count: number): void {
  const left = (join.tokens?.get(flow) ?? 0) - count;
  if (left > 0) join.tokens?.set(flow, left);
  else join.tokens?.delete(flow);
}

/** An inclusive join that nothing more can reach, a complex one whose second phase is over; true when a token moves. */
export function passRestingJoins(live: LiveCase): boolean {
  for (const join of live.joins) {
    if (join.isGone || !join.node || !join.parent) continue;
    if (join.node.kind === 'complexGateway') {
      if (settleComplex(live, join, join.node)) return true;
      continue;
    }
    if (isAwaited(join, join.tokens ?? new Map())) continue;
    consume(live, join);
    live.queue.push({ node: join.e, scope: join.parent });
    return true;
  }
  return false;
}

/** A token elsewhere can reach an empty incoming flow, and cannot reach a filled one (BPMN 2.0.2, Table 13.3). */
export function isAwaited(join: Item, filled: ReadonlyMap<string, unknown>): boolean {
  const { parent } = join;
  if (!parent) return false;
  const reach = reachOf(insideOf(parent), join.e);
  const comesBy = (node: string, isFilled: boolean): boolean =>
    [...reach].some(([flow, from]) => filled.has(flow) === isFilled && from.has(node));
  return [...parent.inside].some((item) => item !== join && comesBy(item.e, false) && !comesBy(item.e, true));
}

/** First phase: the activation condition over `activationCount`; without one all that can still come is waited for (BPMN 2.0.2, 13.4.6). */
function activateComplex(live: LiveCase, join: Item, node: ProcessNode): void {
  if (join.first || node.activation === undefined || !join.parent) return;
  const outcome = holds(live, join.parent, node.activation, complexVariables(join, true));
  if ('failure' in outcome) failJoin(live, join, outcome.failure);
  else if (outcome.value) sendComplex(live, join, node);
}

function sendComplex(live: LiveCase, join: Item, node: ProcessNode): void {
  const { parent } = join;
  if (!parent) return;
  const chosen = choose(live, node, parent, complexVariables(join, true));
  if ('failure' in chosen) {
    failJoin(live, join, chosen.failure);
    return;
  }
  join.first = [...(join.tokens?.keys() ?? [])];
  consume(live, join);
  note(live, 'entered', join);
  note(live, 'completed', join);
  for (const flow of chosen.value) take(live, flow, parent);
}

function failJoin(live: LiveCase, join: Item, failure: { readonly code: string; readonly reason: string }): void {
  const { node, parent } = join;
  if (!node || !parent) return;
  consume(live, join);
  fail(live, newItem(live, node, 'busy', { parent }), failure, 'enter');
}

/** Second phase: when no more tokens are expected the gateway is reset; a flow whose condition asks for it gets a token then. */
function settleComplex(live: LiveCase, join: Item, node: ProcessNode): boolean {
  const { first, parent } = join;
  const tokens = join.tokens ?? new Map<string, number>();
  if (!parent) return false;
  if (!first) {
    if (node.activation !== undefined || isAwaited(join, tokens)) return false;
    sendComplex(live, join, node);
    return true;
  }
  const come = new Map([...tokens.keys(), ...first].map((flow) => [flow, true]));
  if (come.size < node.incoming.length && isAwaited(join, come)) return false;
  const { flows } = insideOf(parent);
  const asking = node.outgoing
    .flatMap((id) => flows.get(id) ?? [])
    .filter(({ condition }) => condition?.includes('waitingForStart') === true);
  const extra = complexVariables(join, false);
  delete join.first;
  consume(
    live,
    join,
    [...tokens.keys()].filter((flow) => !first.includes(flow)),
  );
  for (const flow of asking) {
    const outcome = holds(live, parent, flow.condition ?? '', extra);
    if ('value' in outcome && outcome.value) take(live, flow, parent);
  }
  if (!join.isGone && arrived(join) > 0) activateComplex(live, join, node);
  return true;
}

const complexVariables = (join: Item, waitingForStart: boolean): Variables => ({ activationCount: arrived(join), waitingForStart });
