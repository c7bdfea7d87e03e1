// Compensation: what has completed is undone in reverse order, one handler after the other, with the data of that time (BPMN 2.0.2, 13.5.5).
import { compensationStart } from '../complete.ts';
import { insideOf, newItem, note, remove } from '../live-case.ts';
import type { Done, Item, LiveCase } from '../live-case.ts';
import { nodeOf } from '../process-model.ts';
import type { ProcessNode } from '../process-model.ts';
import { startEventSubProcess } from './catch.ts';

/** Takes what a throw event compensates out of what has completed: one activity, or everything of its scope. */
export function takeDone(thrower: Item, activity: string | undefined): readonly Done[] {
  for (let scope = thrower.parent; scope; scope = scope.parent) {
    const taken = takeFrom(scope, activity);
    // An event sub-process compensates what its parent had completed.
    const isEventSubProcess = scope.node?.kind === 'eventSubProcess';
    if (activity === undefined && isEventSubProcess && scope.parent) return [...takeFrom(scope.parent, undefined), ...taken];
    if (taken.length > 0 || (activity === undefined && !scope.rounds)) return taken;
    if (scope.calls) return [];
  }
  return [];
}

function takeFrom(scope: Item, activity: string | undefined): readonly Done[] {
  const all = scope.done ?? [];
  const taken = activity === undefined ? all : all.filter((done) => done.e === activity);
  if (taken.length === 0) return [];
  const left = all.filter((done) => !taken.includes(done));
  if (left.length > 0) scope.done = left;
  else delete scope.done;
  return taken;
}

export function beginUndo(live: LiveCase, item: Item, done: readonly Done[]): void {
  item.k = 'undo';
  item.toUndo = [...done];
  live.touched.add(item);
}

/** Undoes the next one; false when there is none left. */
export function undoNext(live: LiveCase, item: Item): boolean {
  const done = item.toUndo?.pop();
  if (!done) return false;
  const model = insideOf(item);
  const node = nodeOf(model, done.e);
  const boundary = node.boundaries.map((id) => nodeOf(model, id)).find(({ handler }) => handler !== undefined);
  if (boundary) runHandler(live, item, boundary, done);
  else undoInside(live, item, node, done);
  return true;
}

function runHandler(live: LiveCase, item: Item, boundary: ProcessNode, done: Done): void {
  if (done.vars && !done.done) item.vars = { ...done.vars };
  else if (!item.calls) delete item.vars;
  const event = newItem(live, boundary, 'busy', { parent: item });
  note(live, 'entered', event);
  note(live, 'completed', event);
  remove(live, event);
  live.queue.push({ node: boundary.handler ?? '', scope: item });
}

/** A scope without a handler of its own: by its event sub-process, else whatever completed inside it. */
function undoInside(live: LiveCase, item: Item, node: ProcessNode, done: Done): void {
  const nested = newItem(live, node, 'undo', { parent: item });
  if (done.vars) nested.vars = { ...done.vars };
  const called = node.calls === undefined ? undefined : item.model.library.get(node.calls);
  if (called) nested.calls = called;
  const start = compensationStart(nested);
  if (!start) {
    beginUndo(live, nested, done.done ?? []);
    return;
  }
  nested.toUndo = [];
  if (done.done && done.done.length > 0) nested.done = [...done.done];
  startEventSubProcess(live, nested, { ...start, isInterrupting: false });
}
