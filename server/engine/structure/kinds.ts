// The same few questions that many rules ask of an element: what it is, what triggers it, whether it has a condition.
import { elementOf, elementsOf, flagOf, idOf, textOf } from '../xml-element.ts';
import type { XmlElement } from '../xml-element.ts';
import { cardOf } from './type-card.ts';

export type Trigger =
  'message' | 'timer' | 'signal' | 'conditional' | 'error' | 'escalation' | 'compensate' | 'cancel' | 'terminate' | 'link';

/** Also of abstract types and of types from other files. */
export function is(element: XmlElement | undefined, ...wanted: readonly string[]): boolean {
  if (element === undefined) return false;
  const { types } = cardOf(element);
  return wanted.some((type) => types.has(type));
}

/** Own definitions and referenced ones (BPMN 2.0.2, 10.5.5). */
export function definitionsOf(event: XmlElement): readonly XmlElement[] {
  return [...elementsOf(event, 'eventDefinitions'), ...elementsOf(event, 'eventDefinitionRef')];
}

export function triggersOf(event: XmlElement): readonly Trigger[] {
  return definitionsOf(event).map((definition) => definition.$type.replace(/^.*:(.*)EventDefinition$/, '$1').toLowerCase() as Trigger);
}

export function hasTrigger(event: XmlElement, ...kinds: readonly Trigger[]): boolean {
  return triggersOf(event).some((kind) => kinds.includes(kind));
}

/** An event with no definition; a reference to one that is not there is not "none". */
export function isNone(event: XmlElement): boolean {
  return definitionsOf(event).length === 0;
}

/** The event a definition triggers; none for one that stands at the root of the file and is referred to. */
export function eventOf(definition: XmlElement): XmlElement | undefined {
  return is(definition.$parent, 'bpmn:Event') ? definition.$parent : undefined;
}

export function hasCondition(flow: XmlElement): boolean {
  const expression = elementOf(flow, 'conditionExpression');
  return expression !== undefined && textOf(expression, 'body') !== undefined;
}

export function bodyOf(element: XmlElement, property: string): string | undefined {
  const expression = elementOf(element, property);
  return expression && textOf(expression, 'body');
}

/** Whatever stands there; elements of other tools are plain objects. */
export function valueOf(element: XmlElement, property: string): unknown {
  return typeof element.get === 'function' ? element.get(property) : Reflect.get(element, property);
}

/** In numbers, or `undefined` when absent or no number. */
export function numberOf(element: XmlElement, property: string): number | undefined {
  const value = valueOf(element, property);
  return typeof value === 'number' ? value : undefined;
}

export function isEventSubProcess(element: XmlElement | undefined): boolean {
  return element !== undefined && is(element, 'bpmn:SubProcess') && flagOf(element, 'triggeredByEvent');
}

export function isCompensation(element: XmlElement | undefined): boolean {
  return is(element, 'bpmn:Activity') && element !== undefined && flagOf(element, 'isForCompensation');
}

/** Set unless the attribute says false. */
export function isUnlessFalse(element: XmlElement, property: string): boolean {
  return valueOf(element, property) !== false;
}

/** An attribute or an extension of another tool says what BPMN's own element would. */
export function hasForeignWord(element: XmlElement, pattern: RegExp): boolean {
  if (Object.keys(element.$attrs ?? {}).some((name) => name.includes(':') && pattern.test(name))) return true;
  const container = elementOf(element, 'extensionElements');
  return container !== undefined && elementsOf(container, 'values').some((value) => pattern.test(value.$type));
}

/** Where an element without an id of its own is shown: the event of its definition, the activity of its loop. */
export function shownAt(element: XmlElement): string {
  const PARTS = [
    'bpmn:EventDefinition',
    'bpmn:LoopCharacteristics',
    'bpmn:Expression',
    'bpmn:ComplexBehaviorDefinition',
    'bpmn:InputOutputSpecification',
  ];
  const belongs = (part: XmlElement): boolean => is(part, ...PARTS) && !is(part.$parent, 'bpmn:Definitions');
  let shown: XmlElement | undefined = element;
  while (shown && (idOf(shown) === '' || belongs(shown))) shown = shown.$parent;
  return shown && !is(shown, 'bpmn:Definitions') ? idOf(shown) : shown === element ? idOf(element) : '';
}
