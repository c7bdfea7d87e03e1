// Standard loops and multi-instance activities: the activity itself is a body, each run or instance lies inside it (BPMN 2.0.2, 13.3.6, 13.3.7).
import { cancelInside } from '../cancel.ts';
import { collected, complete } from '../complete.ts';
import { assign, evaluate, holds, lookUp, outside } from '../expressions.ts';
import { fail } from '../live-case.ts';
import type { Item, LiveCase } from '../live-case.ts';
import type { LoopRule } from '../process-model.ts';
import type { Json, Variables } from '../types.ts';

type MultiRule = Extract<LoopRule, { kind: 'multi' }>;
const MAX_INSTANCES = 1_000;

/** A new body decides about its first round. */
export function openBody(live: LiveCase, body: Item): void {
  const loop = body.node?.loop;
  if (!loop) return;
  body.k = loop.kind === 'multi' ? 'multi' : 'loop';
  if (loop.kind === 'standard') nextRound(live, body);
  else openInstances(live, body, loop);
}

/** A body whose rounds rest: another one, or the activity is done. */
export function advanceBody(live: LiveCase, body: Item): void {
  const loop = body.node?.loop;
  const { rounds } = body;
  if (!loop || !rounds) return;
  if (loop.kind === 'standard') nextRound(live, body);
  else if (!rounds.isEnough && rounds.started < (rounds.total ?? 0)) startInstance(live, body);
  else finishInstances(live, body, loop);
}

function nextRound(live: LiveCase, body: Item): void {
  const { node, rounds } = body;
  if (!rounds || node?.loop?.kind !== 'standard') return;
  const { testBefore, maximum, condition } = node.loop;
  const mayGoOn = maximum === undefined || rounds.completed < maximum;
  const asks = condition !== undefined && (testBefore || rounds.completed > 0);
  const wants = mayGoOn && asks ? holds(live, body, condition, { loopCounter: rounds.completed }) : { value: mayGoOn };
  if ('failure' in wants) fail(live, body, { ...wants.failure, reason: `Podmínka opakování: ${wants.failure.reason}` }, 'round');
  else if (wants.value) startInstance(live, body);
  else complete(live, body);
}

function startInstance(live: LiveCase, body: Item): void {
  const { rounds, node } = body;
  if (!rounds || !node) return;
  rounds.started += 1;
  live.queue.push({ node: node.id, scope: body, index: rounds.started });
}

function openInstances(live: LiveCase, body: Item, loop: MultiRule): void {
  const { rounds } = body;
  if (!rounds) return;
  const list = loop.collection === undefined ? undefined : lookUp(live, body, loop.collection);
  if (loop.collection !== undefined && !Array.isArray(list)) {
    fail(live, body, { code: 'cardinality', reason: `Kolekce „${loop.collection[0] ?? ''}“ není seznam.` }, 'enter');
    return;
  }
  const items = Array.isArray(list) ? (list as readonly Json[]) : undefined;
  const count = loop.cardinality === undefined ? { value: items?.length ?? 0 } : evaluate(live, body, loop.cardinality);
  if ('failure' in count) {
    fail(live, body, { ...count.failure, reason: `Počet instancí: ${count.failure.reason}` }, 'enter');
    return;
  }
  if (typeof count.value !== 'number' || !Number.isInteger(count.value) || count.value < 0 || count.value > MAX_INSTANCES) {
    fail(live, body, { code: 'cardinality', reason: `Počet instancí má být celé číslo od 0 do ${MAX_INSTANCES}.` }, 'enter');
    return;
  }
  rounds.total = count.value;
  if (items) rounds.list = items;
  if (count.value === 0) finishInstances(live, body, loop);
  else if (loop.isSequential) startInstance(live, body);
  else for (let index = 0; index < count.value; index += 1) startInstance(live, body);
}

/** Its number and its item of the collection are an instance's own. */
export function instanceVariables(body: Item, index: number): Variables {
  const loop = body.node?.loop;
  const item = loop?.kind === 'multi' && loop.item !== undefined ? { [loop.item]: body.rounds?.list?.[index - 1] ?? null } : {};
  return { loopCounter: index, ...item };
}

function finishInstances(live: LiveCase, body: Item, loop: MultiRule): void {
  for (const [name, values] of Object.entries(collected(body, loop))) assign(live, outside(body), name, values);
  complete(live, body);
}

/** An officer ends the whole activity. */
export function endBody(live: LiveCase, body: Item): void {
  cancelInside(live, body);
  const loop = body.node?.loop;
  if (loop?.kind === 'multi') finishInstances(live, body, loop);
  else complete(live, body);
}
