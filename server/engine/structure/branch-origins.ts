// Where a branch was split off: a flow is followed back through single steps and closed blocks to the gateway or boundary event it comes from.
// Each flow is settled once per model, so the whole is linear.
import { elementOf } from '../xml-element.ts';
import type { XmlElement } from '../xml-element.ts';
import { is } from './kinds.ts';
import type { ModelIndex } from './model-index.ts';

export interface Origin {
  readonly split: XmlElement;
  /** The flow that leaves the split. */
  readonly flow: XmlElement;
}

interface Known {
  readonly settled: Map<XmlElement, Origin>;
  /** Begun and not settled: who comes back to it is in a loop. */
  readonly begun: Set<XmlElement>;
}

const tables = new WeakMap<ModelIndex, Known>();

export function branchOrigins(model: ModelIndex): (flow: XmlElement) => Origin {
  const known: Known = tables.get(model) ?? { settled: new Map(), begun: new Set() };
  tables.set(model, known);
  return (flow) => settle(flow, model, known);
}

/** With a stack of its own: blocks may follow each other longer than calls can go deep. */
function settle(begin: XmlElement, model: ModelIndex, known: Known): Origin {
  const open = [begin];
  for (let flow = open.at(-1); flow !== undefined; flow = open.at(-1)) {
    if (known.settled.has(flow)) {
      open.pop();
      continue;
    }
    known.begun.add(flow);
    const found = originOf(flow, model, known);
    if (!Array.isArray(found)) known.settled.set(flow, found as Origin);
    else open.push(...(found as readonly XmlElement[]));
  }
  return known.settled.get(begin) ?? own(begin);
}

/** The origin, or the flows that must be settled before. */
function originOf(flow: XmlElement, model: ModelIndex, known: Known): Origin | readonly XmlElement[] {
  const node = elementOf(flow, 'sourceRef');
  if (!node || is(node, 'bpmn:BoundaryEvent') || model.outgoing(node).length !== 1) return own(flow);
  const before = model.incoming(node);
  if (before.length === 0) return own(flow);
  const unsettled = wanting(before, known);
  if (unsettled.length > 0) return unsettled;
  const origins = before.map((other) => known.settled.get(other) ?? own(other));
  const [first] = origins;
  if (origins.length === 1 && first) return first;
  const entry = first && closesBlock(origins, model) ? model.incoming(first.split)[0] : undefined;
  if (!entry) return own(flow);
  const later = wanting([entry], known);
  return later.length > 0 ? later : (known.settled.get(entry) ?? own(entry));
}

/** All ways out of one split, which has one way in, end in this join. */
function closesBlock(origins: readonly Origin[], model: ModelIndex): boolean {
  const split = origins[0]?.split;
  if (!split || origins.some((origin) => origin.split !== split) || model.incoming(split).length !== 1) return false;
  return new Set(origins.map(({ flow }) => flow)).size === model.outgoing(split).length;
}

function wanting(flows: readonly XmlElement[], { settled, begun }: Known): readonly XmlElement[] {
  return flows.filter((flow) => !settled.has(flow) && !begun.has(flow));
}

function own(flow: XmlElement): Origin {
  return { split: elementOf(flow, 'sourceRef') ?? flow, flow };
}
