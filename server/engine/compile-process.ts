// From a diagram to tables. Done once per version; everything that cannot be run is refused here with a named rule.
import { freezeDeep } from './freeze.ts';
import { compileNode } from './compile-node.ts';
import type { CompileNotes } from './compile-node.ts';
import { joinReach } from './join-reach.ts';
import { ModelError } from './model-error.ts';
import type { ModelFinding } from './model-error.ts';
import { checkModel } from './check-model.ts';
import { parseBpmn } from './parse-bpmn.ts';
import type { ParsedBpmn } from './parse-bpmn.ts';
import type { ProcessFlow, ProcessModel, ProcessNode, ProcessScope } from './process-model.ts';
import { elementOf, elementsOf, flagOf, idOf, textOf } from './xml-element.ts';
import type { XmlElement } from './xml-element.ts';
import { checkFeel } from '../../forms/feel.ts';

const MAX_ELEMENTS = 2_000;
const NOT_FLOW = new Set(['bpmn:DataObject', 'bpmn:DataObjectReference', 'bpmn:DataStoreReference']);

/** Throws `ModelError` with every finding; the promise is only the XML reader's. */
export async function compileProcess(xml: string): Promise<ProcessModel> {
  const parsed = await parseBpmn(xml);
  const findings: ModelFinding[] = parsed.warnings.map((message) => ({
    rule: 'xml-invalid',
    severity: 'error',
    element: '',
    message: `Diagram nelze přečíst celý: ${message}`,
  }));
  const count = Object.keys(parsed.elementsById).length;
  if (count > MAX_ELEMENTS) {
    throw new ModelError([
      { rule: 'too-large', severity: 'error', element: '', message: `Diagram má ${count} prvků, nejvýše smí mít ${MAX_ELEMENTS}.` },
    ]);
  }
  const process = theOneProcess(parsed, findings);
  const model = process && compileTables(process, parsed, findings);
  if (findings.length > 0 || !model) throw new ModelError(findings);
  return model;
}

/** Black-box pools may stand beside it; a second process with contents may not (BPMN 2.0.2, 9.3). */
function theOneProcess(parsed: ParsedBpmn, findings: ModelFinding[]): XmlElement | undefined {
  const processes = elementsOf(parsed.definitions, 'rootElements').filter((root) => root.$type === 'bpmn:Process');
  const executable = processes.filter((process) => flagOf(process, 'isExecutable'));
  const [first] = executable;
  const withContents = processes.filter((process) => process !== first && elementsOf(process, 'flowElements').length > 0);
  if (!first)
    findings.push({
      rule: 'no-process',
      severity: 'error',
      element: '',
      message: 'V diagramu není spustitelný proces (isExecutable="true").',
    });
  for (const other of [...executable.slice(1), ...withContents.filter((process) => !executable.includes(process))]) {
    findings.push({
      rule: 'several-processes',
      severity: 'error',
      element: idOf(other),
      message: 'V diagramu smí být jen jeden proces s prvky.',
    });
  }
  return first;
}

function compileTables(process: XmlElement, parsed: ParsedBpmn, findings: ModelFinding[]): ProcessModel {
  const notes: CompileNotes = { findings, lanes: laneOfNode(process) };
  const nodes: ProcessNode[] = [];
  const flows: ProcessFlow[] = [];
  walk(process, notes, nodes, flows);
  const model = link(process, parsed, nodes, flows);
  if (findings.length === 0) findings.push(...checkModel(model));
  return model;
}

function walk(container: XmlElement, notes: CompileNotes, nodes: ProcessNode[], flows: ProcessFlow[]): void {
  for (const element of elementsOf(container, 'flowElements')) {
    if (NOT_FLOW.has(element.$type)) continue;
    if (element.$type === 'bpmn:SequenceFlow') {
      const flow = compileFlow(element, idOf(container), notes);
      if (flow) flows.push(flow);
      continue;
    }
    const node = compileNode(element, idOf(container), notes);
    if (!node) continue;
    nodes.push(node);
    if (node.kind === 'subProcess' || node.kind === 'eventSubProcess') walk(element, notes, nodes, flows);
  }
}

function compileFlow(element: XmlElement, scope: string, notes: CompileNotes): ProcessFlow | undefined {
  const id = idOf(element);
  const source = elementOf(element, 'sourceRef');
  const target = elementOf(element, 'targetRef');
  if (!source || !target) {
    notes.findings.push({ rule: 'broken-flow', severity: 'error', element: id, message: 'Tok nemá začátek nebo konec.' });
    return undefined;
  }
  const expression = elementOf(element, 'conditionExpression');
  const language = expression && textOf(expression, 'language');
  if (language && !/feel/i.test(language)) {
    notes.findings.push({ rule: 'script-language', severity: 'error', element: id, message: 'Podmínka smí být jen ve FEEL.' });
  }
  const condition = expression && textOf(expression, 'body')?.replace(/^\s*=/, '');
  const mistake = condition === undefined ? undefined : checkFeel(condition);
  if (mistake !== undefined)
    notes.findings.push({ rule: 'bad-expression', severity: 'error', element: id, message: `Podmínka: ${mistake}` });
  return {
    id,
    name: textOf(element, 'name') ?? '',
    source: idOf(source),
    target: idOf(target),
    scope,
    ...(condition ? { condition } : {}),
  };
}

function laneOfNode(process: XmlElement): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const visit = (set: XmlElement): void => {
    for (const lane of elementsOf(set, 'lanes')) {
      for (const node of elementsOf(lane, 'flowNodeRef')) found.set(idOf(node), idOf(lane));
      const child = elementOf(lane, 'childLaneSet');
      if (child) visit(child);
    }
  };
  elementsOf(process, 'laneSets').forEach(visit);
  return found;
}

function lanesOf(process: XmlElement): readonly { id: string; name: string }[] {
  const all = (set: XmlElement): { id: string; name: string }[] =>
    elementsOf(set, 'lanes').flatMap((lane) => {
      const child = elementOf(lane, 'childLaneSet');
      return [{ id: idOf(lane), name: textOf(lane, 'name') ?? '' }, ...(child ? all(child) : [])];
    });
  return elementsOf(process, 'laneSets').flatMap(all);
}

function link(process: XmlElement, parsed: ParsedBpmn, drawn: readonly ProcessNode[], flows: readonly ProcessFlow[]): ProcessModel {
  const nodes = new Map<string, ProcessNode>();
  for (const node of drawn) {
    nodes.set(node.id, {
      ...node,
      incoming: flows.filter((flow) => flow.target === node.id).map((flow) => flow.id),
      outgoing: flows.filter((flow) => flow.source === node.id).map((flow) => flow.id),
      boundaries: drawn.filter((other) => other.attachedTo === node.id).map((other) => other.id),
    });
  }
  const containers = [
    idOf(process),
    ...drawn.filter((node) => node.kind === 'subProcess' || node.kind === 'eventSubProcess').map((node) => node.id),
  ];
  const scopes = new Map(containers.map((id): [string, ProcessScope] => [id, scopeOf(id, drawn)]));
  const documentation = documentationOf(process);
  const flowTable = new Map(flows.map((flow) => [flow.id, flow]));
  return freezeDeep({
    processId: idOf(process),
    name: textOf(process, 'name') ?? '',
    ...(documentation ? { documentation } : {}),
    nodes,
    flows: flowTable,
    scopes,
    lanes: lanesOf(process),
    hasDiagram: elementsOf(parsed.definitions, 'diagrams').length > 0,
    library: new Map(),
    joinReach: joinReach(nodes, flowTable),
  });
}

function scopeOf(id: string, nodes: readonly ProcessNode[]): ProcessScope {
  const inside = nodes.filter((node) => node.scope === id);
  return {
    id,
    data: [],
    starts: inside.filter((node) => node.kind === 'startEvent').map((node) => node.id),
    eventSubProcesses: inside.filter((node) => node.kind === 'eventSubProcess').map((node) => node.id),
  };
}

function documentationOf(element: XmlElement): string | undefined {
  const [first] = elementsOf(element, 'documentation');
  return first && textOf(first, 'text');
}
