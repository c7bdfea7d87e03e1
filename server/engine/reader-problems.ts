// What the BPMN reader did not understand, sorted by kind; and what it could not follow although the file is right, put straight:
// references with a namespace prefix or white space around them (XML Schema part 2: QName, IDREF), elements without an id.
import { elementsOf, idOf, isElement, textOf } from './xml-element.ts';
import type { XmlElement } from './xml-element.ts';

/** A warning as moddle gives it. */
export interface ReaderWarning {
  readonly message: string;
  readonly element?: unknown;
  readonly property?: string;
  readonly value?: string;
}

export type ProblemKind =
  | 'unresolved'
  | 'external'
  | 'duplicate-id'
  | 'illegal-id'
  | 'missing-id'
  | 'unknown-element'
  | 'unknown-attribute'
  | 'stray-text'
  | 'encoding'
  | 'malformed';

export interface ReaderProblem {
  readonly kind: ProblemKind;
  /** The reader's own words. */
  readonly message: string;
  readonly element?: XmlElement;
  /** Local name, without its prefix. */
  readonly property?: string;
  /** The id, reference or name in question. */
  readonly value: string;
}

type ById = Record<string, XmlElement>;
interface Writable {
  set?(property: string, value: unknown): void;
}

const KINDS: readonly (readonly [ProblemKind, RegExp])[] = [
  ['unresolved', /^unresolved reference <([^>]*)>/],
  ['unknown-attribute', /^unknown attribute <([^>]*)>/],
  ['encoding', /^unsupported document encoding <([^>]*)>/],
  ['duplicate-id', /nested error: duplicate ID <([^>]*)>/],
  ['illegal-id', /nested error: illegal ID <([^>]*)>/],
  ['unknown-element', /nested error: (?:unrecognized element|unknown type|expected no sub nodes) ?<?([^>]*)>?/],
  ['stray-text', /nested error: unexpected body text <([^>]*)>/],
];

/** Changes the tree: follows the references it can and names what has no id. Gives what is left. */
export function settleProblems(definitions: XmlElement, elementsById: ById, warnings: readonly ReaderWarning[]): readonly ReaderProblem[] {
  const left = warnings.flatMap((warning) => {
    const problem = sorted(warning);
    return problem.kind === 'unresolved' ? followed(problem, warning.property ?? '', definitions, elementsById) : [problem];
  });
  return [...left, ...nameNameless(definitions, elementsById)];
}

function sorted(warning: ReaderWarning): ReaderProblem {
  for (const [kind, pattern] of KINDS) {
    const match = pattern.exec(warning.message);
    if (match) return problemOf(kind, warning, match[1] ?? '');
  }
  return problemOf('malformed', warning, '');
}

function problemOf(kind: ProblemKind, warning: ReaderWarning, value: string): ReaderProblem {
  return {
    kind,
    message: warning.message,
    value,
    ...(isElement(warning.element) ? { element: warning.element } : {}),
    ...(warning.property === undefined ? {} : { property: warning.property.replace(/^.*:/, '') }),
  };
}

function followed(problem: ReaderProblem, property: string, definitions: XmlElement, elementsById: ById): readonly ReaderProblem[] {
  const { element } = problem;
  const name = problem.value.trim();
  const [prefix, local] = name.includes(':') ? [name.slice(0, name.indexOf(':')), name.slice(name.indexOf(':') + 1)] : ['', name];
  const isMany = element !== undefined && Array.isArray(element.get(property));
  if (name === '' && isMany) return [];
  const namespace = prefix === '' ? undefined : definitions.$attrs[`xmlns:${prefix}`];
  if (namespace !== undefined && namespace !== textOf(definitions, 'targetNamespace'))
    return [{ ...problem, kind: 'external', value: name }];
  const target = elementsById[local];
  if (!target || !element) return [{ ...problem, value: name }];
  const present = element.get(property);
  if (Array.isArray(present)) present.push(target);
  else (element as Writable).set?.(property, target);
  return [];
}

/** Flow elements and processes may lack an id (the XML Schema allows it); a case is saved by ids, so they get one by their order. */
function nameNameless(definitions: XmlElement, elementsById: ById): readonly ReaderProblem[] {
  const problems: ReaderProblem[] = [];
  const open = elementsOf(definitions, 'rootElements')
    .filter((root) => root.$type === 'bpmn:Process')
    .reverse();
  for (let element = open.pop(); element !== undefined; element = open.pop()) {
    if (idOf(element) === '') {
      const id = freeId(element.$type.replace(/^.*:/, ''), elementsById, problems.length + 1);
      (element as Writable).set?.('id', id);
      elementsById[id] = element;
      problems.push({ kind: 'missing-id', message: 'missing id', element, value: id });
    }
    if (element.$instanceOf?.('bpmn:FlowElementsContainer')) open.push(...[...elementsOf(element, 'flowElements')].reverse());
  }
  return problems;
}

function freeId(type: string, elementsById: ById, from: number): string {
  let number = from;
  while (elementsById[`${type}-bez-id-${number}`]) number += 1;
  return `${type}-bez-id-${number}`;
}
