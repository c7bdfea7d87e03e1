// Timers of a case: firing what is overdue, moving one, standing still while the case is suspended.
import { drain, limitReached } from './drain.ts';
import { fire } from './events/catch.ts';
import { fail } from './live-case.ts';
import type { Item, LiveCase } from './live-case.ts';
import type { Instant } from './types.ts';

/** Overdue timers in order of their due time, again until none is overdue: what they start may be overdue too. */
export function wake(live: LiveCase): void {
  for (let next = mostOverdue(live); next && !limitReached(live); next = mostOverdue(live)) {
    live.visits += 1;
    fire(live, next);
    drain(live);
    if (live.ended) return;
  }
  stopOverdue(live);
}

/** Timers still overdue at a limit wind each other up; they must not be woken again and again. */
function stopOverdue(live: LiveCase): void {
  const limit = limitReached(live);
  for (let next = mostOverdue(live); limit && next; next = mostOverdue(live)) fail(live, next, limit, next.host ? 'arm' : 'enter');
}

function mostOverdue(live: LiveCase): Item | undefined {
  let found: Item | undefined;
  for (const item of live.items.values()) {
    if (item.due === undefined || item.isStill || item.due > live.context.now) continue;
    if (!found || item.due < (found.due ?? '')) found = item;
  }
  return found;
}

/** `null`: the timer stands still until it is set again. */
export function setTimer(item: Item, dueAt: Instant | null): void {
  if (dueAt === null) {
    item.isStill = true;
    return;
  }
  item.due = new Date(dueAt).toISOString();
  delete item.isStill;
}

/** The case goes on; every timer has as long to go as when it was suspended. */
export function shiftTimers(live: LiveCase): void {
  const lost = Date.parse(live.context.now) - Date.parse(live.suspendedAt ?? live.context.now);
  delete live.suspendedAt;
  for (const item of live.items.values()) {
    if (item.due !== undefined && !item.isStill) item.due = new Date(Date.parse(item.due) + lost).toISOString();
  }
}
