// Throwing: messages and signals leave the case, errors and escalations look for their catcher, compensation begins (BPMN 2.0.2, 10.5.4).
// Throws run when nothing else of the step can move, so that catches of the same step listen already.
import { cancelInside } from '../cancel.ts';
import { complete, noteDone } from '../complete.ts';
import { payloadOf } from '../data/mappings.ts';
import { keyOf, triggerAt } from '../listen.ts';
import { fail, newItem, remove } from '../live-case.ts';
import type { Item, LiveCase } from '../live-case.ts';
import type { EventTrigger } from '../process-model.ts';
import type { Json } from '../types.ts';
import { fire } from './catch.ts';
import { catcherOf } from './catcher.ts';
import { beginUndo, takeDone } from './undo.ts';

/** The token waits with its throw until everything else rests. */
export function throwLater(live: LiveCase, item: Item, triggers: readonly EventTrigger[]): void {
  item.k = 'throw';
  item.throws = triggers;
  live.throws.push(item);
}

export function throwNow(live: LiveCase, item: Item): void {
  const payload = payloadOf(live, item);
  if ('failure' in payload) {
    fail(live, item, payload.failure, 'enter');
    return;
  }
  const triggers = item.throws ?? [];
  // The event is done before what it throws is caught; one that waits or can fail is done later.
  if (!item.parent?.rounds && item.node?.key === undefined && triggers.every(({ kind }) => IMMEDIATE.has(kind))) noteDone(live, item);
  for (const trigger of [...triggers].sort(waitsLast)) {
    if (!throwOne(live, item, trigger, payload.value)) return;
    if (item.isGone) return;
  }
  finishThrow(live, item);
}

const IMMEDIATE: ReadonlySet<string> = new Set(['message', 'signal', 'escalation']);
const waitsLast = (a: EventTrigger, b: EventTrigger): number => rank(a) - rank(b);
const rank = ({ kind }: EventTrigger): number =>
  kind === 'compensation' ? 1 : kind === 'error' || kind === 'cancel' || kind === 'terminate' ? 2 : 0;

/** The event itself is over; an instance's throw leaves no trace. */
export function finishThrow(live: LiveCase, item: Item): void {
  if (item.parent?.rounds) remove(live, item);
  else if (item.node?.kind === 'endEvent') finishEnd(live, item);
  else complete(live, item);
}

/** False when the thrower stays: it became an incident, or waits for compensation. */
function throwOne(live: LiveCase, item: Item, trigger: EventTrigger, payload: Json): boolean {
  switch (trigger.kind) {
    case 'message':
      return throwMessage(live, item, trigger.message, payload);
    case 'signal':
      live.thrown.push({ kind: 'signal', name: trigger.signal, payload, elementId: item.e, executionId: item.x });
      broadcast(live, trigger.signal, payload);
      return true;
    case 'escalation': {
      const code = trigger.code ?? '';
      catcherOf(live, item, 'escalation', code)?.run({ code });
      return true;
    }
    case 'compensation':
      return compensate(live, item, trigger);
    case 'error':
      return throwError(live, item, trigger.code ?? '');
    case 'cancel':
      cancelTransaction(live, item);
      return false;
    case 'terminate':
      terminate(live, item);
      return false;
    default:
      return true;
  }
}

export function throwMessage(live: LiveCase, item: Item, name: string, payload: Json): boolean {
  const key = item.node?.key === undefined ? undefined : keyOf(live, item, item.node.key);
  if (key && 'failure' in key) {
    fail(live, item, key.failure, 'enter');
    return false;
  }
  live.thrown.push({ kind: 'message', name, payload, elementId: item.e, executionId: item.x, ...(key ? { key: key.value } : {}) });
  return true;
}

/** Everything that listens for the signal gets it; true when anything did. */
export function broadcast(live: LiveCase, signal: string, payload: Json): boolean {
  const listening = [...live.items.values()].filter((item) => {
    if (item.k !== 'signal') return false;
    const trigger = triggerAt(item);
    return trigger.kind === 'signal' && trigger.signal === signal;
  });
  // One of them may interrupt another: only those that still listen get it.
  for (const item of listening) if (!item.isGone && item.k === 'signal') fire(live, item, payload);
  return listening.length > 0;
}

function compensate(live: LiveCase, item: Item, trigger: Extract<EventTrigger, { kind: 'compensation' }>): boolean {
  const done = takeDone(item, trigger.activity);
  if (done.length === 0) return true;
  if (trigger.waits) {
    item.resumes = true;
    beginUndo(live, item, done);
    return false;
  }
  if (!item.node || !item.parent) return true;
  beginUndo(live, newItem(live, item.node, 'undo', { parent: item.parent }), done);
  return true;
}

/** An uncaught error ends nothing: it is an incident with its code. */
export function throwError(live: LiveCase, item: Item, code: string, reason: string = item.node?.name ?? ''): boolean {
  const catcher = catcherOf(live, item, 'error', code);
  if (!catcher) {
    const failure = { code: 'uncaught-error', reason: `Chybu „${code}“ v diagramu nic nezachytí.` };
    fail(live, item, failure, 'enter', { error: { code, elementId: item.e } });
    return false;
  }
  if (item.node?.kind === 'endEvent') {
    noteDone(live, item);
    remove(live, item);
  }
  catcher.run({ code, reason });
  return !item.isGone;
}

/** The transaction is interrupted and what had completed in it undone; then its cancel boundary event fires (BPMN 2.0.2, 13.5.2). */
function cancelTransaction(live: LiveCase, item: Item): void {
  let scope = item.parent;
  while (scope && scope.node?.isTransaction !== true) scope = scope.parent;
  if (!scope?.node) {
    fail(live, item, { code: 'uncaught-cancel', reason: 'Zrušení neleží v transakci.' }, 'enter');
    return;
  }
  noteDone(live, item);
  remove(live, item);
  const done = scope.done ?? [];
  delete scope.done;
  cancelInside(live, scope);
  scope.isInterrupted = true;
  beginUndo(live, newItem(live, scope.node, 'undo', { parent: scope }), done);
}

function terminate(live: LiveCase, item: Item): void {
  const scope = item.parent;
  finishEnd(live, item);
  if (scope) cancelInside(live, scope);
}

export function finishEnd(live: LiveCase, item: Item): void {
  noteDone(live, item);
  rememberEnd(live, item);
  remove(live, item);
}

/** The last end with an outcome names the result; one without an outcome only as long as there is none. */
function rememberEnd(live: LiveCase, item: Item): void {
  if (item.model !== live.model) return;
  const before = live.end === undefined ? undefined : live.model.nodes.get(live.end);
  if (item.node?.outcome !== undefined || before?.outcome === undefined) live.end = item.e;
}
