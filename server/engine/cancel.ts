// Ending what is interrupted: an activity with its boundary events, a scope with everything inside it.
import { note, remove } from './live-case.ts';
import type { Item, LiveCase } from './live-case.ts';

/** Takes the item away with all that depends on it. Listeners and waiting tokens leave no trace, they were never entered. */
export function cancel(live: LiveCase, item: Item): void {
  if (item.isGone) return;
  const wasEntered = item.parent !== undefined && item.k !== 'join';
  for (const inner of [...item.inside]) cancel(live, inner);
  remove(live, item);
  if (wasEntered) note(live, 'cancelled', item);
}

/** Everything inside a scope, also what is on its way there. The scope itself stays. */
export function cancelInside(live: LiveCase, scope: Item): void {
  for (const inner of [...scope.inside]) cancel(live, inner);
  dropQueued(live, scope);
  delete scope.queued;
}

export function dropQueued(live: LiveCase, scope: Item): void {
  for (let index = live.queue.length - 1; index >= 0; index -= 1) if (live.queue[index]?.scope === scope) live.queue.splice(index, 1);
}
