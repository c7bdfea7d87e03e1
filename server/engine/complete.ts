// An element is done: what listens beside it goes, what can be compensated is remembered, the token goes on.
import { cancelInside } from './cancel.ts';
import { holds, localVariables, variablesAt } from './expressions.ts';
import { choose, take } from './flows.ts';
import { dropHosted, fail, insideOf, isInstance, newItem, note, remove, scopeRow } from './live-case.ts';
import type { Item, LiveCase } from './live-case.ts';
import { triggersOf } from './process-model.ts';
import type { LoopRule, ProcessNode } from './process-model.ts';
import type { Json, Variables } from './types.ts';

export function complete(live: LiveCase, item: Item): void {
  const { node, parent } = item;
  if (!node || !parent) throw new Error(`${item.e} cannot be completed`);
  dropHosted(live, item);
  if (isInstance(item)) {
    noteDone(live, item);
    remove(live, item);
    countInstance(live, parent, item);
    return;
  }
  const chosen = choose(live, node, parent);
  if ('failure' in chosen) {
    fail(live, item, chosen.failure, 'leave');
    return;
  }
  noteDone(live, item);
  remove(live, item);
  for (const flow of chosen.value) take(live, flow, parent, node.completionQuantity);
  if (parent.node?.adHoc) checkAdHoc(live, parent);
}

/** Once: an event that throws is done before what it throws is caught. */
export function noteDone(live: LiveCase, item: Item): void {
  if (item.isNoted) return;
  item.isNoted = true;
  noteCompleted(live, item);
  rememberDone(item);
}

/** Deadline events of the diagram read variables, and those of sub-processes are gone when the step is over. */
function noteCompleted(live: LiveCase, item: Item): void {
  const locals = item.node?.deadlineEvents ? localVariables(live, item) : {};
  note(live, 'completed', item, Object.keys(locals).length > 0 ? { locals } : {});
}

/** Only what has a handler, or could have one inside it, is remembered (BPMN 2.0.2, 13.5.5). */
function rememberDone(item: Item): void {
  const { node, parent } = item;
  if (!node || !parent || parent.k === 'undo') return;
  const inner = item.done ?? [];
  const isWorthIt = inner.length > 0 || hasHandler(item.model.nodes, node) || compensationStart(item) !== undefined;
  if (!isWorthIt) return;
  parent.done ??= [];
  if (item.rounds) {
    parent.done.push(...inner);
    return;
  }
  const vars = item.calls ? { ...item.vars } : item.vars && { ...item.vars };
  parent.done.push({
    e: node.id,
    ...(vars ? { vars } : {}),
    ...(item.k === 'scope' ? { done: inner } : {}),
  });
}

function hasHandler(nodes: ReadonlyMap<string, ProcessNode>, node: ProcessNode): boolean {
  return node.isForCompensation !== true && node.boundaries.some((id) => nodes.get(id)?.handler !== undefined);
}

/** The start of the compensation event sub-process inside a scope. */
export function compensationStart(scope: Item): ProcessNode | undefined {
  const model = insideOf(scope);
  for (const id of scopeRow(scope)?.eventSubProcesses ?? []) {
    const [start] = model.scopes.get(id)?.starts ?? [];
    const node = start === undefined ? undefined : model.nodes.get(start);
    if (node && triggersOf(node).some(({ kind }) => kind === 'compensation')) return node;
  }
  return undefined;
}

/** One run or instance more; whether another one follows is decided when everything rests. */
function countInstance(live: LiveCase, body: Item, item: Item): void {
  const { rounds, node } = body;
  if (!rounds || !node) return;
  rounds.completed += 1;
  const { loop } = node;
  if (loop?.kind !== 'multi') return;
  if (loop.outputItem !== undefined) {
    const value = item.given ?? item.vars?.[loop.outputItem] ?? variablesAt(live, body)[loop.outputItem];
    if (value !== undefined) (rounds.out ??= []).push([item.index ?? 0, value]);
  }
  throwBehaviour(live, body, loop, item);
  if (loop.completion === undefined) return;
  const enough = holds(live, body, loop.completion, { ...item.vars, ...counts(body), ...collected(body, loop) });
  if ('failure' in enough) {
    cancelInside(live, body);
    fail(live, body, { ...enough.failure, reason: `Podmínka dokončení: ${enough.failure.reason}` }, 'round');
    return;
  }
  if (!enough.value) return;
  rounds.isEnough = true;
  for (const inner of [...body.inside]) if (inner.k !== 'throw') cancelOne(live, inner);
  live.queue.splice(0, live.queue.length, ...live.queue.filter((arrival) => arrival.scope !== body));
}

function cancelOne(live: LiveCase, inner: Item): void {
  cancelInside(live, inner);
  remove(live, inner);
  note(live, 'cancelled', inner);
}

/** Runtime attributes of a multi-instance activity (BPMN 2.0.2, Table 10.31). */
export function counts(body: Item): Variables {
  const { total = 0, completed = 0, started = 0 } = body.rounds ?? {};
  const active = [...body.inside].filter((inner) => inner.k !== 'throw').length;
  return {
    numberOfInstances: total,
    numberOfActiveInstances: active,
    numberOfCompletedInstances: completed,
    numberOfTerminatedInstances: Math.max(0, started - completed - active),
  };
}

/** The output collection so far, in the order of the instances. */
export function collected(body: Item, loop: Extract<LoopRule, { kind: 'multi' }>): Variables {
  if (loop.outputCollection === undefined) return {};
  const values: readonly Json[] = [...(body.rounds?.out ?? [])].sort(([a], [b]) => a - b).map(([, value]) => value);
  return { [loop.outputCollection]: values };
}

/** Instances throw what the activity's boundary events may catch (BPMN 2.0.2, 10.3.8, Table 10.30). */
function throwBehaviour(live: LiveCase, body: Item, loop: Extract<LoopRule, { kind: 'multi' }>, item: Item): void {
  if (loop.behavior === 'all' || !body.node) return;
  if (loop.behavior === 'one' && body.rounds?.completed !== 1) return;
  for (const { condition, trigger } of loop.throws) {
    const outcome = condition === undefined ? { value: true } : holds(live, body, condition, { ...item.vars, ...counts(body) });
    if ('failure' in outcome || !outcome.value) continue;
    const thrower = newItem(live, body.node, 'throw', { parent: body });
    thrower.throws = [trigger];
    live.throws.push(thrower);
  }
}

/** After each activity of an ad-hoc sub-process (BPMN 2.0.2, 13.3.5). */
function checkAdHoc(live: LiveCase, scope: Item): void {
  const rule = scope.node?.adHoc;
  if (!rule || rule.completion === undefined || scope.isEnough || scope.isGone) return;
  const outcome = holds(live, scope, rule.completion);
  if ('failure' in outcome || !outcome.value) return;
  scope.isEnough = true;
  delete scope.queued;
  if (rule.cancelsRemaining) cancelInside(live, scope);
}
