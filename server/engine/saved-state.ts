// The stored form of a case: our own few words, no engine's envelope. Version 1.
import { ROOT } from './live-case.ts';
import type { Item, LiveCase } from './live-case.ts';
import type { DecisionModel } from './decision-model.ts';
import type { ProcessModel } from './process-model.ts';
import type { EngineState, Json, StepContext, Variables } from './types.ts';

export const STATE_VERSION = 1;

interface SavedState {
  readonly version: number;
  /** Counter of execution ids. */
  readonly n: number;
  readonly variables: Variables;
  readonly items: readonly Item[];
  /** Scope, join, tokens by flow. */
  readonly joins?: readonly (readonly [string, string, Readonly<Record<string, number>>])[];
  readonly end?: string;
  readonly ended?: true;
}

export function saveState(live: LiveCase): EngineState {
  const saved: SavedState = {
    version: STATE_VERSION,
    n: live.counter,
    variables: live.variables,
    items: [...live.items.values()],
    ...(live.joins.size > 0
      ? { joins: [...live.joins.values()].map((join) => [join.scope, join.node, Object.fromEntries(join.tokens)] as const) }
      : {}),
    ...(live.end === undefined ? {} : { end: live.end }),
    ...(live.ended ? { ended: true as const } : {}),
  };
  // Through text, so that nothing in it is shared with the live case and all of it is JSON.
  return JSON.parse(JSON.stringify(saved)) as EngineState;
}

/** Throws when the state is of another version or names elements the model does not have. */
export function loadCase(model: ProcessModel, decisions: DecisionModel, state: EngineState | undefined, context: StepContext): LiveCase {
  const saved = state === undefined ? undefined : checked(model, state);
  return {
    model,
    decisions,
    context,
    items: new Map((saved?.items ?? []).map((item) => [item.x, item])),
    joins: new Map(
      (saved?.joins ?? []).map(([scope, node, tokens]) => [`${scope} ${node}`, { scope, node, tokens: new Map(Object.entries(tokens)) }]),
    ),
    queue: [],
    trace: [],
    variables: saved?.variables ?? {},
    counter: saved?.n ?? 0,
    visits: 0,
    ...(saved?.end === undefined ? {} : { end: saved.end }),
    ended: saved?.ended ?? false,
  };
}

function checked(model: ProcessModel, state: EngineState): SavedState {
  if (state.version !== STATE_VERSION) throw new Error(`state version ${state.version} is not known`);
  const saved = state as unknown as SavedState & Readonly<Record<string, Json>>;
  const stranger = saved.items.find((item) => item.x !== ROOT && !model.nodes.has(item.e));
  if (stranger) throw new Error(`state names element ${stranger.e}, process ${model.processId} has none such`);
  return saved;
}
