// An incident is tried again with the variables as they are now, or answered by hand.
import { advanceBody, endBody } from './activities/rounds.ts';
import { finishSubProcess } from './activities/scopes.ts';
import { complete } from './complete.ts';
import { takeOutput } from './data/mappings.ts';
import { finishEnd } from './events/throw.ts';
import { listen } from './listen.ts';
import { fail, remove } from './live-case.ts';
import type { Item, LiveCase } from './live-case.ts';
import { cancelInside } from './cancel.ts';
import type { Json } from './types.ts';

export function retry(live: LiveCase, item: Item): void {
  const { node, parent, incident } = item;
  if (!node || !incident) return;
  delete item.incident;
  if (incident.mode === 'arm') {
    item.at = live.context.now;
    listen(live, item, 'arm');
    return;
  }
  if (!parent) return;
  if (incident.mode === 'leave') {
    complete(live, item);
    return;
  }
  if (incident.mode === 'round') {
    takeUp(live, item);
    return;
  }
  const index = item.index === undefined ? {} : { index: item.index };
  if (incident.mode === 'enter') {
    live.queue.push({ node: node.id, scope: parent, again: item, ...index });
    return;
  }
  remove(live, item);
  const flow = incident.flow === undefined ? {} : { flow: incident.flow };
  for (let count = incident.count ?? 1; count > 0; count -= 1) live.queue.push({ node: node.id, scope: parent, ...flow, ...index });
}

/** A body or scope goes on where it was stopped. */
function takeUp(live: LiveCase, item: Item): void {
  if (item.rounds) {
    item.k = item.node?.loop?.kind === 'multi' ? 'multi' : 'loop';
    advanceBody(live, item);
  } else if (item.toUndo) {
    item.k = 'undo';
    live.touched.add(item);
  } else {
    item.k = 'scope';
    finishSubProcess(live, item);
  }
}

/** The element counts as completed. A boundary event that could not listen never will. */
export function answerIncident(live: LiveCase, item: Item, output: Json): void {
  const { node, parent, incident } = item;
  if (!node || !incident) return;
  if (!parent) {
    remove(live, item);
    return;
  }
  delete item.incident;
  finishByHand(live, item, output);
}

/** An officer says that the step is done: whatever it was doing ends. */
export function finishByHand(live: LiveCase, item: Item, output: Json | undefined): void {
  const { node } = item;
  if (!node) return;
  cancelInside(live, item);
  const failure = output === undefined ? undefined : takeOutput(live, item, output, item.e);
  if (failure) {
    fail(live, item, failure, 'leave');
    return;
  }
  delete item.toUndo;
  if (item.rounds) endBody(live, item);
  else if (node.kind === 'endEvent') finishEnd(live, item);
  else complete(live, item);
}
