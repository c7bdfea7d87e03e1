// A parallel join that waits for ever: its branches part at a place that lets only one of them go (BPMN 2.0.2, 13.4.1).
import type { ProcessModel, ProcessNode } from '../../engine/index.ts';
import { targetsOf, walkFrom } from './reach.ts';

export interface JoinTrap { readonly join: ProcessNode; readonly split: ProcessNode }

/** A hint, not a proof: told when every branch of the join comes from the split, and no single way out of the split feeds all of them. */
export function joinTraps(model: ProcessModel): readonly JoinTrap[] {
  const nodes = [...model.nodes.values()];
  const joins = nodes.filter((node) => node.kind === 'parallelGateway' && node.incoming.length > 1);
  return joins.flatMap((join) => nodes.filter((split) => isTrap(model, join, split)).slice(0, 1).map((split) => ({ join, split })));
}

function isTrap(model: ProcessModel, join: ProcessNode, split: ProcessNode): boolean {
  const ways = waysOut(model, split);
  if (ways.length < 2) return false;
  const fed = ways.map((way) => fedBy(model, join, split, way));
  const all = new Set(fed.flatMap((flows) => [...flows]));
  return all.size === join.incoming.length && fed.every((flows) => flows.size < join.incoming.length);
}

/** Ways of which one is taken: flows of an exclusive or event gateway, or an activity's end against its interrupting boundary events. */
function waysOut(model: ProcessModel, node: ProcessNode): readonly string[] {
  if (node.kind === 'exclusiveGateway' || node.kind === 'eventBasedGateway') return targetsOf(model, node);
  return [...targetsOf(model, node).slice(0, 1), ...node.boundaries.filter((id) => model.nodes.get(id)?.isInterrupting)];
}

function fedBy(model: ProcessModel, join: ProcessNode, split: ProcessNode, way: string): ReadonlySet<string> {
  const seen = way === join.id ? new Set<string>() : walkFrom(model, way, new Set([join.id, split.id]));
  const fed = join.incoming.filter((id) => {
    const source = model.flows.get(id)?.source ?? '';
    return source === split.id ? way === join.id : seen.has(source) && source !== split.id;
  });
  return new Set(fed);
}
