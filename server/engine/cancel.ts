// Ending what is interrupted: an activity with its boundary events, a scope with everything inside it.
import { hostedBy, note } from './live-case.ts';
import type { Item, LiveCase } from './live-case.ts';

/** Takes the item away with all that depends on it. Listening events leave no trace, they were never entered. */
export function cancel(live: LiveCase, item: Item): void {
  if (!live.items.delete(item.x)) return;
  if (item.k === 'scope') cancelInside(live, item.x);
  for (const hosted of hostedBy(live, item.x)) cancel(live, hosted);
  if (item.h === undefined) note(live, 'cancelled', item.e, item.x);
}

/** Everything inside a scope: items, moving tokens, tokens at joins. The scope itself stays. */
export function cancelInside(live: LiveCase, scope: string): void {
  for (const item of [...live.items.values()]) if (item.s === scope) cancel(live, item);
  for (const [key, join] of [...live.joins]) if (join.scope === scope) live.joins.delete(key);
  for (let index = live.queue.length - 1; index >= 0; index -= 1) if (live.queue[index]?.scope === scope) live.queue.splice(index, 1);
}

/** The activity is over by itself: its boundary events listen no more. */
export function dropHosted(live: LiveCase, host: string): void {
  for (const hosted of hostedBy(live, host)) live.items.delete(hosted.x);
}
