// Where a token can get to. Boundary events belong to their activity, event sub-processes to the scope they lie in.
import type { ProcessModel, ProcessNode } from '../../engine/index.ts';

/** Everything that some case may reach. */
export function reachable(model: ProcessModel): ReadonlySet<string> {
  return walk(model, startsOf(model, model.processId), () => true);
}

/** As `reachable`, without what begins with an event that interrupts nothing (a reminder). */
export function mainNodes(model: ProcessModel): ReadonlySet<string> {
  return walk(model, startsOf(model, model.processId), (node) => node.isInterrupting);
}

export function targetsOf(model: ProcessModel, node: ProcessNode): readonly string[] {
  return node.outgoing.flatMap((id) => model.flows.get(id)?.target ?? []);
}

/** Nodes from `begin` on, `begin` included, not going beyond `stop`. */
export function walkFrom(model: ProcessModel, begin: string, stop: ReadonlySet<string>): ReadonlySet<string> {
  const seen = new Set<string>();
  const open = [begin];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = model.nodes.get(id);
    if (!node || seen.has(id)) continue;
    seen.add(id);
    if (!stop.has(id)) open.push(...targetsOf(model, node), ...node.boundaries);
  }
  return seen;
}

function startsOf(model: ProcessModel, scope: string): readonly string[] {
  const { starts = [], eventSubProcesses = [] } = model.scopes.get(scope) ?? {};
  return [...starts, ...eventSubProcesses];
}

function walk(model: ProcessModel, begin: readonly string[], mayBegin: (event: ProcessNode) => boolean): ReadonlySet<string> {
  const seen = new Set<string>();
  const open = [...begin];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = model.nodes.get(id);
    if (!node || seen.has(id)) continue;
    if ((node.kind === 'boundaryEvent' || node.kind === 'startEvent') && !mayBegin(node)) continue;
    seen.add(id);
    open.push(...targetsOf(model, node), ...node.boundaries, ...startsOf(model, id));
  }
  return seen;
}
