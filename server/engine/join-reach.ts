// Which nodes can still send a token to a join (BPMN 2.0.2, 13.4.4, Table 13.3): found once for each join of a model, when first asked.
import { nodeOf } from './process-model.ts';
import type { ProcessModel, ProcessNode } from './process-model.ts';

type Reach = ReadonlyMap<string, ReadonlySet<string>>;

const known = new WeakMap<ProcessModel, Map<string, Reach>>();

/** By incoming flow of the join: nodes from which the flow is reached without visiting the join. */
export function reachOf(model: ProcessModel, joinId: string): Reach {
  const ofModel = known.get(model) ?? new Map<string, Reach>();
  known.set(model, ofModel);
  const before = ofModel.get(joinId);
  if (before) return before;
  const links = linksInto(model, nodeOf(model, joinId).scope);
  const reach = new Map(nodeOf(model, joinId).incoming.map((flow) => [flow, comingFrom(model, flow, joinId, links)]));
  ofModel.set(joinId, reach);
  return reach;
}

/** Catching link event to the throwing ones. */
function linksInto(model: ProcessModel, scope: string): ReadonlyMap<string, readonly string[]> {
  const links = new Map<string, string[]>();
  for (const node of model.nodes.values()) {
    if (node.linkTarget === undefined || node.scope !== scope) continue;
    links.set(node.linkTarget, [...(links.get(node.linkTarget) ?? []), node.id]);
  }
  return links;
}

function comingFrom(
  model: ProcessModel,
  flowId: string,
  joinId: string,
  links: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  const found = new Set<string>();
  const open: (string | undefined)[] = [model.flows.get(flowId)?.source];
  while (open.length > 0) {
    const node: ProcessNode | undefined = model.nodes.get(open.pop() ?? '');
    if (!node || node.id === joinId || found.has(node.id)) continue;
    found.add(node.id);
    for (const incoming of node.incoming) open.push(model.flows.get(incoming)?.source);
    // A token resting at an activity may also leave through its boundary event.
    if (node.attachedTo !== undefined) open.push(node.attachedTo);
    open.push(...(links.get(node.id) ?? []));
  }
  return found;
}
