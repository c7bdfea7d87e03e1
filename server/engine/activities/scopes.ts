// Activities with something inside: sub-processes of every kind and called processes (BPMN 2.0.2, 10.3.5, 10.3.6, 13.3.4, 13.3.5).
import { complete } from '../complete.ts';
import { hasInput, hasOutput, inputOf, mapOutputs, takeOutput } from '../data/mappings.ts';
import { assign, variablesAt, write } from '../expressions.ts';
import { listenInScope } from '../listen.ts';
import { fail, isInstance, newItem } from '../live-case.ts';
import type { Item, LiveCase } from '../live-case.ts';
import { nodeOf } from '../process-model.ts';
import type { ProcessModel, ProcessNode } from '../process-model.ts';

export function openSubProcess(live: LiveCase, item: Item, node: ProcessNode): void {
  const input = inputOf(live, item);
  if ('failure' in input) {
    fail(live, item, input.failure, 'enter');
    return;
  }
  item.k = 'scope';
  for (const [name, value] of Object.entries(input.value)) write(item, name, value);
  listenInScope(live, item);
  // An empty one is done at once.
  live.touched.add(item);
  for (const start of item.model.scopes.get(node.id)?.starts ?? []) live.queue.push({ node: start, scope: item });
}

/** Without any mapping the called process sees all variables and gives back what it has written; with one only what is mapped. */
export function openCall(live: LiveCase, item: Item, node: ProcessNode): void {
  const called = item.model.library.get(node.calls ?? '');
  const input = inputOf(live, item);
  if (!called || 'failure' in input) {
    const missing = { code: 'expression-failed', reason: `Volaný proces „${node.calls ?? ''}“ není znám.` };
    fail(live, item, 'failure' in input ? input.failure : missing, 'enter');
    return;
  }
  const given = isMapped(node) ? input.value : variablesAt(live, item);
  const constants = live.context.constants ?? {};
  item.k = 'scope';
  item.calls = called;
  item.vars = Object.fromEntries(Object.entries(given).filter(([name]) => isMapped(node) || !Object.hasOwn(constants, name)));
  listenInScope(live, item);
  live.touched.add(item);
  for (const start of startsOf(called)) live.queue.push({ node: start, scope: item });
}

const isMapped = (node: ProcessNode): boolean => hasInput(node) || hasOutput(node);

/** Where a process begins when nothing decides: the plain start, or the only start there is; without any all that nothing leads to. */
export function startsOf(model: ProcessModel): readonly string[] {
  const starts = model.scopes.get(model.processId)?.starts ?? [];
  const events = starts.map((id) => nodeOf(model, id)).filter((node) => node.kind === 'startEvent');
  if (events.length === 0) return starts;
  const chosen = events.find((node) => (node.event?.kind ?? 'none') === 'none') ?? events[0];
  return chosen ? [chosen.id] : [];
}

/** Nothing is left inside: the scope is done, unless an ad-hoc one has more to do. */
export function finishSubProcess(live: LiveCase, item: Item): void {
  const { node } = item;
  if (!node) return;
  if (node.adHoc && !item.isEnough && continueAdHoc(live, item, node)) return;
  const failure = item.calls ? closeCall(live, item, node) : mapOutputs(live, item, null);
  if (failure) fail(live, item, failure, 'round');
  else complete(live, item);
}

function closeCall(live: LiveCase, item: Item, node: ProcessNode): ReturnType<typeof takeOutput> {
  const variables = item.vars ?? {};
  if (isMapped(node)) return hasOutput(node) ? takeOutput(live, item, variables, undefined) : undefined;
  const at = isInstance(item) ? item : item.parent;
  const loop = isInstance(item) && node.loop?.kind === 'multi' ? node.loop : undefined;
  // What it was only given may have been changed outside meanwhile.
  for (const name of item.wrote ?? []) {
    const value = variables[name] ?? null;
    const isOwn = loop !== undefined && (name === 'loopCounter' || name === loop.item || name === loop.outputItem);
    if (at && !isOwn) assign(live, item.parent ?? at, name, value);
  }
  return undefined;
}

/** The next one in turn; or it waits until its condition is met (BPMN 2.0.2, 13.3.5). */
function continueAdHoc(live: LiveCase, item: Item, node: ProcessNode): boolean {
  const next = item.queued?.shift();
  if (item.queued?.length === 0) delete item.queued;
  if (next !== undefined) {
    live.queue.push({ node: next, scope: item });
    return true;
  }
  if (node.adHoc?.completion === undefined) return false;
  const waiting = newItem(live, node, 'condition', { parent: item });
  waiting.was = false;
  live.conditions.add(waiting);
  live.isDirty = true;
  return true;
}
