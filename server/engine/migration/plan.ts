// A migration plan: for each element of the old version that a case can rest at, where it goes on in the new one.
import type { ProcessModel } from '../process-model.ts';
import { nodeOf } from '../process-model.ts';
import type { ModifyOperation, EngineState } from '../types.ts';

/** `keep`: the token goes over as it is, under its execution id. `restart`: it is cancelled and a new one is put before the target. */
export interface Target {
  readonly to: string;
  readonly how: 'keep' | 'restart';
}
/** Elements that are not named go to the element with the same id. */
export type MigrationPlan = Readonly<Record<string, Target>>;

export interface Reason {
  readonly code:
    | 'no-target'
    | 'target-unknown'
    | 'kind-differs'
    | 'effect-differs'
    | 'event-differs'
    | 'scope-differs'
    | 'loop-differs'
    | 'call-differs'
    | 'flow-missing'
    | 'compensation-missing'
    | 'restart-suspended'
    | 'already-ended';
  /** Element of the old version. */
  readonly elementId: string;
  readonly name: string;
}
export interface Change {
  readonly kind: 'kept' | 'moved' | 'restarted' | 'armed' | 'disarmed';
  readonly from?: string;
  readonly to?: string;
}

export type MigrationVerdict =
  | {
      readonly verdict: 'ok';
      readonly state: EngineState;
      readonly changes: readonly Change[];
      /** Tokens to be put before elements of the new version, once its engine runs. */
      readonly moves: readonly ModifyOperation[];
    }
  | { readonly verdict: 'impossible'; readonly reasons: readonly Reason[] };

/** Where an element goes by the plan, else by its id; the start of an event sub-process goes with its sub-process. */
export function targetOf(from: ProcessModel, to: ProcessModel, plan: MigrationPlan, id: string): Target | undefined {
  if (id === from.processId) return { to: to.processId, how: 'keep' };
  const planned = plan[id];
  if (planned) return planned;
  if (to.nodes.has(id)) return { to: id, how: 'keep' };
  const node = from.nodes.get(id);
  if (node?.kind !== 'startEvent' || node.scope === from.processId) return undefined;
  const scope = targetOf(from, to, plan, node.scope);
  const [start, ...others] = to.scopes.get(scope?.to ?? '')?.starts ?? [];
  return start !== undefined && others.length === 0 && scope?.how === 'keep' ? { to: start, how: 'keep' } : undefined;
}

/** Its name as drawn, else its id. */
export const nameOf = (model: ProcessModel, id: string): string => (model.nodes.has(id) ? nodeOf(model, id).name || id : id);
