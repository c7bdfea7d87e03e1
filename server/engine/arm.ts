// Making events listen: boundary events, arms of an event gateway, event sub-processes, catch events in the flow.
import { evaluate } from './expressions.ts';
import type { Outcome } from './expressions.ts';
import { fail, newExecution, putItem } from './live-case.ts';
import type { Item, LiveCase } from './live-case.ts';
import { nodeOf } from './process-model.ts';
import type { ProcessNode, TimerRule } from './process-model.ts';
import { dueOf, instantText } from './timer-text.ts';
import type { Due } from './timer-text.ts';

export function armBoundaries(live: LiveCase, activity: ProcessNode, host: string, scope: string): void {
  for (const id of activity.boundaries) armHosted(live, nodeOf(live.model, id), host, scope);
}

/** Event sub-processes of a scope listen as long as it runs (BPMN 2.0.2, 13.5.4). */
export function armEventSubProcesses(live: LiveCase, scopeElement: string, scope: string): void {
  for (const id of live.model.scopes.get(scopeElement)?.eventSubProcesses ?? []) {
    const [start] = live.model.scopes.get(id)?.starts ?? [];
    if (start !== undefined) armHosted(live, nodeOf(live.model, start), scope, scope);
  }
}

/** An event beside the flow. Errors need no listening item: they are looked up when thrown. */
export function armHosted(live: LiveCase, node: ProcessNode, host: string, scope: string): void {
  if (node.event?.kind === 'error') return;
  arm(live, node, { x: newExecution(live, node.id), e: node.id, s: scope, h: host });
}

/** A message or timer item at this element; an incident when its time cannot be told. */
export function arm(live: LiveCase, node: ProcessNode, at: Pick<Item, 'x' | 'e' | 's' | 'h'>): void {
  if (node.event?.kind !== 'timer') {
    putItem(live, { ...at, k: 'message', at: live.context.now });
    return;
  }
  const due = dueAt(live, node.event.timer);
  if ('failure' in due) {
    fail(live, at, due.failure, at.h === undefined ? 'enter' : 'arm');
    return;
  }
  const { at: when, every, left } = due.value;
  putItem(live, {
    ...at,
    k: 'timer',
    at: live.context.now,
    due: when,
    ...(every === undefined ? {} : { every }),
    ...(left === undefined ? {} : { left }),
  });
}

function dueAt(live: LiveCase, timer: TimerRule): Outcome<Due> {
  if (timer.kind === 'deadline') return deadlineAt(live, timer.body);
  const text = timer.isFeel ? evaluate(live, timer.body) : { value: timer.body };
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
