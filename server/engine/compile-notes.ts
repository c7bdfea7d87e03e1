// What the compilation of one file carries along: findings, and look-ups made once for all its elements.
import { checkFeel } from '../../forms/feel.ts';
import type { ModelFinding } from './model-error.ts';
import { elementOf, elementsOf, idOf, textOf } from './xml-element.ts';
import type { XmlElement } from './xml-element.ts';

export type Note = (rule: string, message: string) => void;

export interface CompileNotes {
  readonly findings: ModelFinding[];
  /** Plain BPMN 2.0: rules that only this house has do not count. */
  readonly bare: boolean;
  /** Node id to lane id. */
  readonly lanes: Map<string, string>;
  /** Data object id to the references that show it. */
  readonly references: ReadonlyMap<string, readonly XmlElement[]>;
  /** Compensation boundary event id to the activity its association leads to (BPMN 2.0.2, 10.7). */
  readonly handlers: ReadonlyMap<string, string>;
}

/** Rules of this house: silent in plain BPMN. */
const HOUSE_RULES = new Set([
  'missing-role',
  'missing-effect',
  'missing-decision',
  'missing-message',
  'foreign-extension',
  'bad-deadline-warning',
]);
export const RESERVED = /^(__|constructor$|prototype$|toString$|valueOf$|hasOwnProperty$)/;
export const VARIABLE = /^[\p{L}_][\p{L}\p{N}_]*$/u;

export function newNotes(everything: Iterable<XmlElement>, findings: ModelFinding[], bare: boolean): CompileNotes {
  const references = new Map<string, XmlElement[]>();
  const handlers = new Map<string, string>();
  for (const element of everything) {
    if (element.$type === 'bpmn:DataObjectReference') {
      const object = elementOf(element, 'dataObjectRef');
      if (object) references.set(idOf(object), [...(references.get(idOf(object)) ?? []), element]);
    }
    if (element.$type === 'bpmn:Association') noteHandler(element, handlers);
  }
  return { findings, bare, lanes: new Map(), references, handlers };
}

function noteHandler(association: XmlElement, handlers: Map<string, string>): void {
  const source = elementOf(association, 'sourceRef');
  const target = elementOf(association, 'targetRef');
  if (source?.$type === 'bpmn:BoundaryEvent' && target?.$instanceOf?.('bpmn:Activity') === true) handlers.set(idOf(source), idOf(target));
  if (target?.$type === 'bpmn:BoundaryEvent' && source?.$instanceOf?.('bpmn:Activity') === true) handlers.set(idOf(target), idOf(source));
}

export function noteFor(notes: CompileNotes, element: string): Note {
  return (rule, message) => {
    if (notes.bare && HOUSE_RULES.has(rule)) return;
    notes.findings.push({ rule, severity: 'error', element, message });
  };
}

/** FEEL of an expression element, without its `=`; `undefined` when there is none. */
export function feelOf(expression: XmlElement | undefined, where: string, note: Note): string | undefined {
  const body = expression && textOf(expression, 'body');
  if (!expression || body === undefined) return undefined;
  const language = textOf(expression, 'language');
  if (language !== undefined && !/feel/i.test(language)) {
    note('script-language', `${where}: výraz smí být jen ve FEEL.`);
    return undefined;
  }
  return checkedFeel(body, where, note);
}

export function checkedFeel(text: string, where: string, note: Note): string {
  const feel = text.replace(/^\s*=/, '');
  const mistake = checkFeel(feel);
  if (mistake !== undefined) note('bad-expression', `${where}: ${mistake}`);
  return feel;
}

/** Names a data object, property, input or output may have as a variable; the first one is used when it is written. */
export function dataNames(element: XmlElement, notes: CompileNotes): readonly string[] {
  const object = element.$type === 'bpmn:DataObjectReference' ? (elementOf(element, 'dataObjectRef') ?? element) : element;
  const shown = notes.references.get(idOf(object)) ?? [];
  const texts = [object, element, ...shown].map((one) => textOf(one, 'name'));
  const ids = [object, element, ...shown].map(idOf);
  const names = [...texts, ...ids].filter((name): name is string => name !== undefined && VARIABLE.test(name) && !RESERVED.test(name));
  return names.length > 0 ? [...new Set(names)] : [idOf(object)];
}

export function documentationOf(element: XmlElement): string | undefined {
  const [first] = elementsOf(element, 'documentation');
  return first && textOf(first, 'text');
}
