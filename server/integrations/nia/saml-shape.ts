// Reading SAML by exact paths: children by name and namespace, exactly as many as the profile allows. Never a search through the tree.
import type { Element } from '../untrusted-xml.ts';
import { demand } from './refusal.ts';

export function elementsOf(parent: Element): readonly Element[] {
  return Array.from(parent.childNodes).filter((node): node is Element => node.nodeType === 1);
}

export function isElement(element: Element | null | undefined, namespace: string, name: string): element is Element {
  return element?.namespaceURI === namespace && element.localName === name;
}

/** Refuses with `<name in kebab>-shape` unless there is exactly one such child. */
export function theChild(parent: Element, namespace: string, name: string): Element {
  const found = childrenNamed(parent, namespace, name);
  const [only] = found;
  demand(only !== undefined && found.length === 1, `${kebab(name)}-shape`);
  return only;
}

export function childrenNamed(parent: Element, namespace: string, name: string): readonly Element[] {
  return elementsOf(parent).filter((element) => isElement(element, namespace, name));
}

/** Refuses children other than the named ones (`{namespace}name`): a wrapped copy has nowhere to hide. */
export function allowOnly(parent: Element, allowed: readonly string[], code: string): void {
  for (const element of elementsOf(parent)) demand(allowed.includes(`{${element.namespaceURI ?? ''}}${element.localName ?? ''}`), code);
}

/** Text of an element that has no child elements. */
export function textOf(element: Element): string {
  demand(elementsOf(element).length === 0, `${kebab(element.localName ?? 'element')}-shape`);
  return (element.textContent ?? '').trim();
}

/** xs:dateTime in UTC, as SAML 2.0 core, section 1.3.3 has it. */
export function instant(text: string | null, code: string): Date {
  demand(text !== null && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/.test(text), code);
  const value = new Date(text);
  demand(!Number.isNaN(value.getTime()), code);
  return value;
}

function kebab(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
}
