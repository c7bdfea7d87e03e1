// Reading of moddle elements: the parsed XML of a diagram or a decision, seen through a few typed questions.

/** An element as moddle gives it. `$attrs` holds attributes that no descriptor knows. */
export interface XmlElement {
  readonly $type: string;
  readonly $parent?: XmlElement;
  readonly $attrs: Readonly<Record<string, unknown>>;
  readonly $instanceOf?: (type: string) => boolean;
  get(property: string): unknown;
}

export function idOf(element: XmlElement): string {
  return textOf(element, 'id') ?? '';
}

/** Text of a property; `undefined` when absent or empty. */
export function textOf(element: XmlElement, property: string): string | undefined {
  const value = read(element, property);
  if (typeof value === 'string') return value.trim() === '' ? undefined : value.trim();
  return undefined;
}

export function flagOf(element: XmlElement, property: string): boolean {
  return read(element, property) === true;
}

export function elementOf(element: XmlElement, property: string): XmlElement | undefined {
  const value = read(element, property);
  return isElement(value) ? value : undefined;
}

export function elementsOf(element: XmlElement, property: string): readonly XmlElement[] {
  const value = read(element, property);
  return Array.isArray(value) ? value.filter(isElement) : [];
}

/** Elements of one type among the extension elements. */
export function extensionsOf(element: XmlElement, type: string): readonly XmlElement[] {
  const container = elementOf(element, 'extensionElements');
  return container ? elementsOf(container, 'values').filter((value) => value.$type === type) : [];
}

export function isElement(value: unknown): value is XmlElement {
  return typeof value === 'object' && value !== null && '$type' in value && typeof value.$type === 'string';
}

function read(element: XmlElement, property: string): unknown {
  // Elements of foreign namespaces are plain objects without get().
  return typeof element.get === 'function' ? element.get(property) : Reflect.get(element, property);
}
