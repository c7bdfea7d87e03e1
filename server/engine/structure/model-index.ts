// One walk over the tree gives every rule what it asks for: elements by type, flows by their ends, boundary events by host, scopes. Linear.
import type { ParsedBpmn } from '../parse-bpmn.ts';
import type { ReaderProblem } from '../reader-problems.ts';
import { elementOf, elementsOf, flagOf, isElement } from '../xml-element.ts';
import type { XmlElement } from '../xml-element.ts';
import { is, valueOf } from './kinds.ts';
import { cardOf } from './type-card.ts';

export interface ModelIndex {
  readonly definitions: XmlElement;
  readonly problems: readonly ReaderProblem[];
  readonly elementsById: Readonly<Record<string, XmlElement>>;
  /** Elements that are of the type, in the file's order. */
  ofType(type: string): readonly XmlElement[];
  /** Sequence flows by their own sourceRef and targetRef. */
  outgoing(node: XmlElement): readonly XmlElement[];
  incoming(node: XmlElement): readonly XmlElement[];
  boundaries(activity: XmlElement): readonly XmlElement[];
  /** Associations that begin or end at the element. */
  associations(element: XmlElement): readonly XmlElement[];
  /** Participants that a process stands behind. */
  participants(process: XmlElement): readonly XmlElement[];
  /** The process or sub-process an element lies in. */
  scopeOf(element: XmlElement): XmlElement | undefined;
  processOf(element: XmlElement): XmlElement | undefined;
  /** Flow nodes directly in a scope. */
  nodesIn(scope: XmlElement): readonly XmlElement[];
  isExecutable(element: XmlElement): boolean;
  /** A reference was written, but leads nowhere: another rule says so. */
  isDangling(element: XmlElement, property: string): boolean;
  /** How many elements the walk saw. */
  readonly visits: number;
}

interface Place {
  readonly element: XmlElement;
  readonly scope: XmlElement | undefined;
  readonly process: XmlElement | undefined;
}
type Lists = Map<unknown, XmlElement[]>;

const NOTHING: readonly XmlElement[] = [];

export function indexModel(parsed: ParsedBpmn): ModelIndex {
  const places = new Map<XmlElement, Place>();
  const types: Lists = new Map();
  walk(parsed.definitions, (place) => {
    places.set(place.element, place);
    for (const type of cardOf(place.element).types) push(types, type, place.element);
  });
  const ofType = (type: string): readonly XmlElement[] => types.get(type) ?? NOTHING;
  const scopeOf = (element: XmlElement): XmlElement | undefined => places.get(element)?.scope;
  const processOf = (element: XmlElement): XmlElement | undefined => places.get(element)?.process;
  const associations = groupBy(ofType('bpmn:Association'), 'sourceRef', 'targetRef');
  const nodes: Lists = new Map();
  for (const node of ofType('bpmn:FlowNode')) push(nodes, scopeOf(node), node);
  const dangling = danglingProperties(parsed.problems);
  return {
    definitions: parsed.definitions,
    problems: parsed.problems,
    elementsById: parsed.elementsById,
    ofType,
    outgoing: lookup(groupBy(ofType('bpmn:SequenceFlow'), 'sourceRef')),
    incoming: lookup(groupBy(ofType('bpmn:SequenceFlow'), 'targetRef')),
    boundaries: lookup(groupBy(ofType('bpmn:BoundaryEvent'), 'attachedToRef')),
    associations: lookup(associations),
    participants: lookup(groupBy(ofType('bpmn:Participant'), 'processRef')),
    scopeOf,
    processOf,
    nodesIn: lookup(nodes),
    isExecutable: (element) => {
      const process = processOf(element);
      return process !== undefined && flagOf(process, 'isExecutable');
    },
    isDangling: (element, property) => dangling.get(element)?.has(property) === true,
    visits: places.size,
  };
}

/** Parents before children, children in the file's order. With a stack of its own: a file may nest deeper than calls can. */
function walk(root: XmlElement, visit: (place: Place) => void): void {
  const open: Place[] = [{ element: root, scope: undefined, process: undefined }];
  const seen = new Set<XmlElement>([root]);
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    visit(place);
    const { element } = place;
    const scope = is(element, 'bpmn:FlowElementsContainer') ? element : place.scope;
    const process = element.$type === 'bpmn:Process' ? element : place.process;
    const children = childrenOf(element).filter((child) => !seen.has(child));
    for (const child of [...children].reverse()) {
      seen.add(child);
      open.push({ element: child, scope, process });
    }
  }
}

/** What an element contains; extensions are other people's business, the drawing tells nothing of the process. */
function childrenOf(element: XmlElement): readonly XmlElement[] {
  return cardOf(element).parts.flatMap((name) => {
    const value = valueOf(element, name);
    return Array.isArray(value) ? value.filter(isElement) : isElement(value) ? [value] : [];
  });
}

function danglingProperties(problems: readonly ReaderProblem[]): ReadonlyMap<XmlElement, ReadonlySet<string>> {
  const found = new Map<XmlElement, Set<string>>();
  for (const { kind, element, property } of problems) {
    if ((kind !== 'unresolved' && kind !== 'external') || !element || property === undefined) continue;
    const properties = found.get(element) ?? new Set();
    found.set(element, properties.add(property));
  }
  return found;
}

function groupBy(elements: readonly XmlElement[], ...references: readonly string[]): Lists {
  const lists: Lists = new Map();
  for (const element of elements) {
    const ends = references.flatMap((reference) => elementOf(element, reference) ?? elementsOf(element, reference));
    for (const end of new Set(ends)) push(lists, end, element);
  }
  return lists;
}

function push(lists: Lists, key: unknown, element: XmlElement): void {
  const list = lists.get(key);
  if (list) list.push(element);
  else lists.set(key, [element]);
}

function lookup(lists: Lists): (key: XmlElement) => readonly XmlElement[] {
  return (key) => lists.get(key) ?? NOTHING;
}
