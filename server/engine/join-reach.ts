// Which nodes can still send a token to an inclusive join (BPMN 2.0.2, 13.4.4, Table 13.3): computed once, asked at every rest.
import type { ProcessFlow, ProcessNode } from './process-model.ts';

type Reach = ReadonlyMap<string, ReadonlySet<string>>;

/** For each inclusive join and each of its incoming flows: nodes from which the flow is reached without visiting the join. */
export function joinReach(nodes: ReadonlyMap<string, ProcessNode>, flows: ReadonlyMap<string, ProcessFlow>): ReadonlyMap<string, Reach> {
  const joins = [...nodes.values()].filter((node) => node.kind === 'inclusiveGateway' && node.incoming.length > 1);
  return new Map(joins.map((join) => [join.id, new Map(join.incoming.map((flow) => [flow, comingFrom(flow, join.id, nodes, flows)]))]));
}

function comingFrom(
  flowId: string,
  joinId: string,
  nodes: ReadonlyMap<string, ProcessNode>,
  flows: ReadonlyMap<string, ProcessFlow>,
): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [flows.get(flowId)?.source];
  while (open.length > 0) {
    const node = nodes.get(open.pop() ?? '');
    if (!node || node.id === joinId || found.has(node.id)) continue;
    found.add(node.id);
    for (const incoming of node.incoming) open.push(flows.get(incoming)?.source);
    // A token resting at an activity may also leave through its boundary event.
    if (node.attachedTo !== undefined) open.push(node.attachedTo);
  }
  return found;
}
