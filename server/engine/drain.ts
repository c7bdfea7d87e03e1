// Everything that can move moves, within a budget of steps, tokens and time: a diagram that runs in a circle becomes an incident,
// never a blocked process.
import { enter } from './enter.ts';
import { lookAtConditions } from './events/conditions.ts';
import { fail, insideOf, newItem } from './live-case.ts';
import type { Arrival, Failure, Item, LiveCase } from './live-case.ts';
import { nodeOf } from './process-model.ts';
import { settle } from './settle.ts';

export const STEP_LIMIT = 10_000;
const TOKEN_LIMIT = 10_000;
const TIME_LIMIT = 1_000;

export function drain(live: LiveCase): void {
  do {
    for (;;) {
      lookAtConditions(live);
      const next = live.queue.shift();
      if (!next) break;
      const limit = limitReached(live);
      if (limit) {
        live.queue.unshift(next);
        overflow(live, limit);
        return;
      }
      live.visits += 1;
      enter(live, next);
      if (live.ended) return;
    }
    const limit = limitReached(live);
    if (limit) {
      overflow(live, limit);
      return;
    }
  } while (settle(live) && !live.ended);
}

export function limitReached(live: LiveCase): Failure | undefined {
  if (live.visits >= STEP_LIMIT) {
    return { code: 'step-limit', reason: `Průchod diagramem překročil ${STEP_LIMIT} kroků; je v něm kruh bez čekání.` };
  }
  if (live.items.size + live.queue.length > TOKEN_LIMIT) {
    return { code: 'token-limit', reason: `Případ by měl více než ${TOKEN_LIMIT} současných kroků.` };
  }
  const { budget } = live.context;
  if (!budget || budget.elapsed() - live.begun <= (budget.limit ?? TIME_LIMIT)) return undefined;
  return { code: 'time-limit', reason: 'Průchod diagramem trvá příliš dlouho.' };
}

/** Tokens that were still moving become incidents, one for each element and flow however many there are. */
function overflow(live: LiveCase, limit: Failure): void {
  const places = new Map<string, Arrival & { count: number }>();
  for (const { again: _again, ...arrival } of live.queue.splice(0)) {
    if (arrival.scope.isGone) continue;
    const key = `${arrival.scope.n} ${arrival.node} ${arrival.flow ?? ''} ${arrival.index ?? ''}`;
    const place = places.get(key) ?? { ...arrival, count: 0 };
    place.count += 1;
    places.set(key, place);
  }
  for (const place of places.values()) stopAt(live, place, limit);
  for (const item of live.throws.splice(0)) if (!item.isGone && item.k === 'throw') fail(live, item, limit, 'enter');
  for (const item of live.touched) if (isHeld(item)) fail(live, item, limit, 'round');
  live.touched.clear();
}

/** A scope or body that would have gone on must not be forgotten. */
function isHeld(item: Item): boolean {
  return !item.isGone && item.inside.size === 0 && item.parent !== undefined && item.k !== 'incident';
}

function stopAt(live: LiveCase, { node, scope, flow, index, count }: Arrival & { readonly count: number }, limit: Failure): void {
  const item = newItem(live, nodeOf(insideOf(scope), node), 'busy', { parent: scope });
  if (index !== undefined) item.index = index;
  fail(live, item, limit, 'arrive', { ...(flow === undefined ? {} : { flow }), ...(count > 1 ? { count } : {}) });
}
