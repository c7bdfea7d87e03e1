// Making events listen: boundary events, arms of an event gateway, event sub-processes, catch events in the flow.
import { evaluate, viewpoint } from './expressions.ts';
import type { Outcome } from './expressions.ts';
import { fail, insideOf, newItem, scopeRow } from './live-case.ts';
import type { Item, LiveCase } from './live-case.ts';
import { nodeOf, triggersOf } from './process-model.ts';
import type { EventTrigger, ProcessNode, TimerRule } from './process-model.ts';
import { dueOf, instantText } from './timer-text.ts';
import type { Due } from './timer-text.ts';

/** Errors, escalations, compensation and cancelling need no listener: their catcher is looked up when they are thrown. */
const LISTENED: ReadonlySet<string> = new Set(['message', 'timer', 'signal', 'condition']);
const PLAIN_MESSAGE: EventTrigger = { kind: 'message', message: '' };

export function listenAtBoundaries(live: LiveCase, host: Item): void {
  for (const id of host.node?.boundaries ?? []) listenBeside(live, nodeOf(host.model, id), host);
}

/** Event sub-processes of a scope listen as long as it runs (BPMN 2.0.2, 13.5.4). */
export function listenInScope(live: LiveCase, scope: Item): void {
  const model = insideOf(scope);
  for (const id of scopeRow(scope)?.eventSubProcesses ?? []) {
    const [start] = model.scopes.get(id)?.starts ?? [];
    if (start !== undefined) listenBeside(live, nodeOf(model, start), scope);
  }
}

/** An event beside the flow, or an arm of a gateway. */
export function listenBeside(live: LiveCase, node: ProcessNode, host: Item): void {
  if (node.kind !== 'receiveTask' && !triggersOf(node).some(({ kind }) => LISTENED.has(kind))) return;
  listen(live, newItem(live, node, 'busy', { host }), 'arm');
}

/** The item waits for what its element names. An incident when that cannot be told: a time, a key, a condition. */
export function listen(live: LiveCase, item: Item, mode: 'enter' | 'arm'): void {
  const { node } = item;
  if (!node) return;
  if (node.event?.kind !== 'multiple') {
    listenFor(live, item, node.event ?? PLAIN_MESSAGE, mode);
    return;
  }
  item.k = 'any';
  for (const [index, trigger] of node.event.triggers.entries()) {
    if (!LISTENED.has(trigger.kind)) continue;
    const part = newItem(live, node, 'busy', { host: item });
    part.trigger = index;
    listenFor(live, part, trigger, 'arm');
  }
}

export function triggerAt(item: Item): EventTrigger {
  const event = item.node?.event;
  if (event?.kind === 'multiple') return event.triggers[item.trigger ?? 0] ?? PLAIN_MESSAGE;
  return event ?? PLAIN_MESSAGE;
}

function listenFor(live: LiveCase, item: Item, trigger: EventTrigger, mode: 'enter' | 'arm'): void {
  const kind = trigger.kind;
  if (kind === 'timer') {
    setTimer(live, item, trigger.timer, mode);
    return;
  }
  item.k = kind === 'signal' || kind === 'condition' ? kind : 'message';
  if (item.k === 'condition') {
    item.was = false;
    live.conditions.add(item);
    live.isDirty = true;
  }
  if (item.k !== 'message' || item.node?.key === undefined) return;
  const key = keyOf(live, item, item.node.key);
  if ('failure' in key) fail(live, item, key.failure, mode);
  else item.key = key.value;
}

/** A key is compared as text. */
export function keyOf(live: LiveCase, item: Item, expression: string): Outcome<string> {
  const outcome = evaluate(live, viewpoint(item), expression);
  if ('failure' in outcome) return { failure: { ...outcome.failure, reason: `Klíč zprávy: ${outcome.failure.reason}` } };
  return { value: typeof outcome.value === 'string' ? outcome.value : JSON.stringify(outcome.value) };
}

function setTimer(live: LiveCase, item: Item, timer: TimerRule, mode: 'enter' | 'arm'): void {
  const due = dueAt(live, item, timer);
  if ('failure' in due) {
    fail(live, item, due.failure, mode);
    return;
  }
  item.k = 'timer';
  item.due = due.value.at;
  if (due.value.every !== undefined) item.every = due.value.every;
  if (due.value.left !== undefined) item.left = due.value.left;
}

function dueAt(live: LiveCase, item: Item, timer: TimerRule): Outcome<Due> {
  if (timer.kind === 'deadline') return deadlineAt(live, timer.body);
  const text = timer.isFeel ? evaluate(live, viewpoint(item), timer.body) : { value: timer.body };
  if ('failure' in text) return text;
  if (typeof text.value !== 'string')
    return { failure: { code: 'expression-failed', reason: 'Výraz časovače nedává text podle ISO 8601.' } };
  try {
    return { value: dueOf(timer.kind, text.value, live.context.now) };
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError)
      return { failure: { code: 'expression-failed', reason: 'Časovač nedává dobu ani datum podle ISO 8601.' } };
    throw error;
  }
}

function deadlineAt(live: LiveCase, name: string): Outcome<Due> {
  try {
    return { value: { at: instantText(live.context.deadline(name, live.context.now)) } };
  } catch {
    // StepContext.deadline throws for a name the situation does not know; here that is a fault of the model.
    return { failure: { code: 'expression-failed', reason: `Lhůtu „${name}“ nelze spočítat.` } };
  }
}

/** Name of the message an item waits for. */
export function messageOf(item: Item): string {
  if (item.node?.kind === 'receiveTask') return item.node.messageName ?? '';
  const trigger = triggerAt(item);
  return trigger.kind === 'message' ? trigger.message : '';
}
