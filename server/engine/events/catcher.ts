// Who catches a BPMN error or an escalation: the activity's boundary, then event sub-processes and boundaries outwards, out of called
// processes too (BPMN 2.0.2, 10.5.7, 13.5.1). Nothing changes until the catcher is asked to.
import { isInstance } from '../live-case.ts';
import type { Item, LiveCase } from '../live-case.ts';
import { triggersOf } from '../process-model.ts';
import type { ProcessNode } from '../process-model.ts';
import type { Json } from '../types.ts';
import { eventStarts, fireBoundary, startEventSubProcess } from './catch.ts';

export interface Catcher {
  readonly isInterrupting: boolean;
  run(payload: Json): void;
}

export function catcherOf(live: LiveCase, thrower: Item, kind: 'error' | 'escalation', code: string): Catcher | undefined {
  let item: Item | undefined = thrower;
  while (item) {
    const host: Item = item;
    const boundary = isInstance(host) || host.k === 'undo' ? undefined : matching(boundariesOf(host), kind, code);
    if (boundary) return { isInterrupting: boundary.isInterrupting, run: (payload) => fireBoundary(live, host, boundary, payload) };
    const scope: Item | undefined = host.parent;
    const starts = scope ? eventStarts(scope).filter((start) => start.scope !== host.e) : [];
    const start = matching(starts, kind, code);
    if (scope && start)
      return { isInterrupting: start.isInterrupting, run: (payload) => startEventSubProcess(live, scope, start, payload) };
    item = scope;
  }
  return undefined;
}

function boundariesOf(host: Item): readonly ProcessNode[] {
  return (host.node?.boundaries ?? []).flatMap((id) => host.model.nodes.get(id) ?? []);
}

/** A catcher with this very code goes before one without a code. */
function matching(candidates: readonly ProcessNode[], kind: 'error' | 'escalation', code: string): ProcessNode | undefined {
  const catches = (wanted: string | undefined): ProcessNode | undefined =>
    candidates.find((node) => triggersOf(node).some((trigger) => trigger.kind === kind && trigger.code === wanted));
  return catches(code) ?? catches(undefined);
}
