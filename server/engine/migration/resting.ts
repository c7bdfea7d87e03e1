// Where the tokens of a saved case rest, scopes and listening events included: what an intervention can name.
import { loadCase } from '../saved-state.ts';
import type { Item } from '../live-case.ts';
import type { ProcessModel } from '../process-model.ts';
import type { EngineState, Instant, Json } from '../types.ts';

export interface Resting {
  readonly executionId: string;
  readonly elementId: string;
  readonly kind: Item['k'];
  /** Execution id of the scope it lies in; '' is the process itself. */
  readonly scope: string;
  /** Element of that scope. */
  readonly scopeElement: string;
  /** An event that waits beside the flow: on a boundary, behind an event gateway, for an event sub-process. */
  readonly listens: boolean;
  readonly since: Instant;
  readonly dueAt: Instant | null;
}

/** Empty for a case that has not started or has ended. The process itself is left out. */
export function restingIn(model: ProcessModel, state: Json): readonly Resting[] {
  if (state === null) return [];
  const live = loadCase(model, { decisions: new Map() }, state as EngineState, nowhere);
  return [...live.items.values()].flatMap((item) => {
    const around = scopeOf(item);
    if (!around) return [];
    return {
      executionId: item.x,
      elementId: item.e,
      kind: item.k,
      scope: around.x,
      scopeElement: around.e,
      listens: item.host !== undefined,
      since: item.at,
      dueAt: item.due ?? null,
    };
  });
}

/** What listens beside an activity lies in the activity's scope; an event sub-process listens in its own. */
function scopeOf(item: Item): Item | undefined {
  const { host } = item;
  if (!host) return item.parent;
  if (host.k === 'any') return scopeOf(host);
  return item.node?.kind === 'startEvent' ? host : host.parent;
}

/** Reading asks neither for the time nor for deadlines. */
const nowhere = {
  now: '',
  deadline: (name: string): never => {
    throw new Error(`deadline ${name} was asked for while reading`);
  },
};
