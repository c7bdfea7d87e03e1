// One process of a file to indexed, frozen tables; a global task becomes a process of one step. Every index is made in one pass.
import { ownData } from './compile-data.ts';
import { compileNode } from './compile-node.ts';
import { documentationOf, feelOf, noteFor } from './compile-notes.ts';
import type { CompileNotes } from './compile-notes.ts';
import { freezeDeep } from './freeze.ts';
import type { ProcessFlow, ProcessModel, ProcessNode, ProcessScope } from './process-model.ts';
import { elementOf, elementsOf, flagOf, idOf, textOf } from './xml-element.ts';
import type { XmlElement } from './xml-element.ts';

const NOT_FLOW = new Set(['bpmn:DataObject', 'bpmn:DataObjectReference', 'bpmn:DataStoreReference']);

interface Drawn {
  readonly nodes: ProcessNode[];
  readonly flows: ProcessFlow[];
  /** Containers with the data they own, the process itself first. */
  readonly containers: Map<string, readonly string[]>;
}

/** `library` is filled by the caller when all processes of the file are known. */
export function compileTables(
  root: XmlElement,
  hasDiagram: boolean,
  library: Map<string, ProcessModel>,
  notes: CompileNotes,
): ProcessModel {
  const drawn: Drawn = { nodes: [], flows: [], containers: new Map() };
  const isGlobalTask = root.$type !== 'bpmn:Process';
  noteLanes(root, notes);
  if (isGlobalTask) drawGlobalTask(root, notes, drawn);
  else walk(root, notes, drawn);
  const documentation = documentationOf(root);
  const nodes = linked(drawn);
  return freezeDeep({
    processId: idOf(root),
    name: textOf(root, 'name') ?? '',
    ...(documentation ? { documentation } : {}),
    nodes,
    flows: new Map(drawn.flows.map((flow) => [flow.id, flow])),
    scopes: scopesOf(drawn, nodes),
    lanes: isGlobalTask ? [] : elementsOf(root, 'laneSets').flatMap(lanesIn),
    hasDiagram,
    isExecutable: flagOf(root, 'isExecutable'),
    library,
    ...(isGlobalTask ? { isGlobalTask: true as const } : {}),
    ...(notes.bare ? { bare: true as const } : {}),
  });
}

function drawGlobalTask(root: XmlElement, notes: CompileNotes, drawn: Drawn): void {
  drawn.containers.set(idOf(root), []);
  const node = compileNode(root, idOf(root), notes);
  if (node) drawn.nodes.push(node);
}

function walk(container: XmlElement, notes: CompileNotes, drawn: Drawn): void {
  drawn.containers.set(idOf(container), ownData(container, notes));
  for (const element of elementsOf(container, 'flowElements')) {
    if (NOT_FLOW.has(element.$type)) continue;
    if (element.$type === 'bpmn:SequenceFlow') {
      const flow = compileFlow(element, idOf(container), notes);
      if (flow) drawn.flows.push(flow);
      continue;
    }
    const node = compileNode(element, idOf(container), notes);
    if (!node) continue;
    drawn.nodes.push(node);
    if (node.kind === 'subProcess' || node.kind === 'eventSubProcess') walk(element, notes, drawn);
  }
}

function compileFlow(element: XmlElement, scope: string, notes: CompileNotes): ProcessFlow | undefined {
  const id = idOf(element);
  const note = noteFor(notes, id);
  const source = elementOf(element, 'sourceRef');
  const target = elementOf(element, 'targetRef');
  if (!source || !target) {
    note('broken-flow', 'Tok nemá začátek nebo konec.');
    return undefined;
  }
  const condition = feelOf(elementOf(element, 'conditionExpression'), 'Podmínka', note);
  return {
    id,
    name: textOf(element, 'name') ?? '',
    source: idOf(source),
    target: idOf(target),
    scope,
    ...(condition ? { condition } : {}),
  };
}

function noteLanes(root: XmlElement, notes: CompileNotes): void {
  const visit = (set: XmlElement): void => {
    for (const lane of elementsOf(set, 'lanes')) {
      for (const node of elementsOf(lane, 'flowNodeRef')) notes.lanes.set(idOf(node), idOf(lane));
      const child = elementOf(lane, 'childLaneSet');
      if (child) visit(child);
    }
  };
  elementsOf(root, 'laneSets').forEach(visit);
}

function lanesIn(set: XmlElement): readonly { id: string; name: string }[] {
  return elementsOf(set, 'lanes').flatMap((lane) => {
    const child = elementOf(lane, 'childLaneSet');
    return [{ id: idOf(lane), name: textOf(lane, 'name') ?? '' }, ...(child ? lanesIn(child) : [])];
  });
}

function linked({ nodes, flows }: Drawn): ReadonlyMap<string, ProcessNode> {
  const outgoing = grouped(flows, (flow) => flow.source);
  const incoming = grouped(flows, (flow) => flow.target);
  const boundaries = grouped(nodes, (node) => node.attachedTo);
  const catches = new Map(nodes.flatMap((node) => (isLink(node, 'catchEvent') ? [[linkKey(node), node.id] as const] : [])));
  return new Map(
    nodes.map((node) => {
      const linkTarget = isLink(node, 'throwEvent') ? catches.get(linkKey(node)) : undefined;
      return [
        node.id,
        {
          ...node,
          incoming: incoming.get(node.id) ?? [],
          outgoing: outgoing.get(node.id) ?? [],
          boundaries: boundaries.get(node.id) ?? [],
          ...(linkTarget === undefined ? {} : { linkTarget }),
        },
      ];
    }),
  );
}

const isLink = (node: ProcessNode, kind: 'catchEvent' | 'throwEvent'): boolean => node.kind === kind && node.event?.kind === 'link';
/** Links pair up within one process level (BPMN 2.0.2, 10.5.5). */
const linkKey = (node: ProcessNode): string => `${node.scope} ${node.event?.kind === 'link' ? node.event.link : ''}`;

function grouped<T extends { readonly id: string }>(
  rows: readonly T[],
  by: (row: T) => string | undefined,
): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const row of rows) {
    const key = by(row);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(row.id);
    else groups.set(key, [row.id]);
  }
  return groups;
}

function scopesOf({ containers }: Drawn, nodes: ReadonlyMap<string, ProcessNode>): ReadonlyMap<string, ProcessScope> {
  const inside = new Map<string, ProcessNode[]>();
  for (const node of nodes.values()) {
    const group = inside.get(node.scope);
    if (group) group.push(node);
    else inside.set(node.scope, [node]);
  }
  return new Map([...containers].map(([id, data]) => [id, scopeOf(id, data, inside.get(id) ?? [])]));
}

/** Without a start event everything starts that no flow leads to (BPMN 2.0.2, 10.3.5, 13.3.4). */
function scopeOf(id: string, data: readonly string[], inside: readonly ProcessNode[]): ProcessScope {
  const events = inside.filter((node) => node.kind === 'startEvent');
  const starts = events.length > 0 ? events : inside.filter(startsByItself);
  return {
    id,
    starts: starts.map((node) => node.id),
    eventSubProcesses: inside.filter((node) => node.kind === 'eventSubProcess').map((node) => node.id),
    data,
  };
}

function startsByItself(node: ProcessNode): boolean {
  return (
    node.incoming.length === 0 &&
    node.kind !== 'boundaryEvent' &&
    node.kind !== 'eventSubProcess' &&
    node.event?.kind !== 'link' &&
    node.isForCompensation !== true
  );
}
