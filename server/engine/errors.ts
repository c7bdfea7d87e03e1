// A BPMN error looks for its catcher: the activity's boundary, then event sub-processes and boundaries outwards (BPMN 2.0.2, 13.5.1).
import { armEventSubProcesses } from './arm.ts';
import { cancel, cancelInside } from './cancel.ts';
import { assign } from './expressions.ts';
import { leave } from './flows.ts';
import { newExecution, note, putItem, ROOT } from './live-case.ts';
import type { Item, LiveCase } from './live-case.ts';
import { nodeOf } from './process-model.ts';
import type { ProcessNode } from './process-model.ts';
import type { Json } from './types.ts';

export interface ThrownError {
  readonly code: string;
  readonly reason: string;
}

/** What came with an event: data for its `spis:result`, and its execution id when it does not listen on. */
export interface Happened {
  readonly payload?: Json;
  readonly x?: string;
}

/** What catches the error when called; `undefined` when nothing does. Nothing changes until it is called. */
export function catcherOf(live: LiveCase, thrower: Item, error: ThrownError): (() => void) | undefined {
  const payload = { code: error.code, reason: error.reason };
  let item: Item | undefined = thrower;
  while (item) {
    const host: Item = item;
    const boundary = matching(live.model.nodes.get(host.e)?.boundaries ?? [], live, error);
    if (boundary) return () => fireBoundary(live, host, boundary, { payload });
    const scope: Item | undefined = host.s === undefined ? undefined : live.items.get(host.s);
    const start = scope && !scope.i ? matching(startsListening(live, scope), live, error) : undefined;
    if (scope && start) return () => startEventSubProcess(live, scope, start, { payload });
    item = scope;
  }
  return undefined;
}

/** Begins an event sub-process in `scope`; an interrupting one ends everything else there (BPMN 2.0.2, 13.5.4). */
export function startEventSubProcess(live: LiveCase, scope: Item, start: ProcessNode, happened: Happened): void {
  if (start.isInterrupting) {
    cancelInside(live, scope.x);
    putItem(live, { ...scope, i: true });
  }
  const inner: Item = { x: newExecution(live, start.scope), e: start.scope, s: scope.x, k: 'scope', at: live.context.now };
  putItem(live, inner);
  note(live, 'entered', inner.e, inner.x);
  armEventSubProcesses(live, inner.e, inner.x);
  pass(live, start, inner.x, happened);
}

/** A boundary event fires: an interrupting one ends its activity. */
export function fireBoundary(live: LiveCase, host: Item, boundary: ProcessNode, happened: Happened): void {
  if (boundary.isInterrupting) cancel(live, host);
  pass(live, boundary, host.s ?? ROOT, happened);
}

/** An event happened: it is entered and completed at once and its token goes on. */
export function pass(live: LiveCase, node: ProcessNode, scope: string, happened: Happened): void {
  const x = happened.x ?? newExecution(live, node.id);
  note(live, 'entered', node.id, x);
  if (node.result !== undefined && happened.payload !== undefined) assign(live, node.result, happened.payload);
  note(live, 'completed', node.id, x);
  leave(live, node, { x, e: node.id, s: scope });
}

function startsListening(live: LiveCase, scope: Item): readonly string[] {
  return (live.model.scopes.get(scope.e)?.eventSubProcesses ?? []).flatMap((id) => live.model.scopes.get(id)?.starts ?? []);
}

/** A catcher with this very code goes before one without a code. */
function matching(candidates: readonly string[], live: LiveCase, error: ThrownError): ProcessNode | undefined {
  const catchers = candidates.map((id) => nodeOf(live.model, id)).filter((node) => node.event?.kind === 'error');
  return catchers.find((node) => codeOf(node) === error.code) ?? catchers.find((node) => codeOf(node) === undefined);
}

function codeOf(node: ProcessNode): string | undefined {
  return node.event?.kind === 'error' ? node.event.code : undefined;
}
