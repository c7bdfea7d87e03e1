// A parallel join that waits for ever: its branches part at a place that lets only one of them go (BPMN 2.0.2, 13.4.1).
import type { ProcessModel, ProcessNode } from '../../engine/index.ts';
import { walkFrom } from './reach.ts';

export interface JoinTrap {
  readonly join: ProcessNode;
  readonly split: ProcessNode;
}

/** A hint, not a proof: told when every branch of the join comes from the split, and no single way out of the split feeds all of them. */
export function joinTraps(model: ProcessModel): readonly JoinTrap[] {
  const nodes = [...model.nodes.values()];
  const joins = nodes.filter((node) => node.kind === 'parallelGateway' && node.incoming.length > 1);
  return joins.flatMap((join) =>
    nodes
      .filter((split) => isTrap(model, join, split))
      .slice(0, 1)
      .map((split) => ({ join, split })),
  );
}

function isTrap(model: ProcessModel, join: ProcessNode, split: ProcessNode): boolean {
  const ways = waysOut(model, split);
  if (ways.length < 2) return false;
  const fed = ways.map((way) => fedBy(model, join, split, way));
  const all = new Set(fed.flatMap((flows) => [...flows]));
  return all.size === join.incoming.length && fed.every((flows) => flows.size < join.incoming.length);
}

/** One way out: the element it leads to, and the flow when it is one. */
interface Way {
  readonly target: string;
  readonly flow?: string;
}

/** Ways of which one is taken: flows of an exclusive or event gateway, or an activity's end against its interrupting boundary events. */
function waysOut(model: ProcessModel, node: ProcessNode): readonly Way[] {
  const flows = node.outgoing.map((flow) => ({ flow, target: model.flows.get(flow)?.target ?? '' }));
  if (node.kind === 'exclusiveGateway' || node.kind === 'eventBasedGateway') return flows;
  return [...flows.slice(0, 1), ...node.boundaries.filter((id) => model.nodes.get(id)?.isInterrupting).map((target) => ({ target }))];
}

function fedBy(model: ProcessModel, join: ProcessNode, split: ProcessNode, way: Way): ReadonlySet<string> {
  if (way.target === join.id) return new Set(way.flow === undefined ? [] : [way.flow]);
  const seen = walkFrom(model, way.target, new Set([join.id, split.id]));
  return new Set(
    join.incoming.filter((id) => {
      const source = model.flows.get(id)?.source ?? '';
      return source !== split.id && seen.has(source);
    }),
  );
}
