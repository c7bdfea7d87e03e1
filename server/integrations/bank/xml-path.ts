// Walking an XML statement by local names: `NtryDtls/TxDtls`.
import type { XmlElement } from './xml-tree.ts';

/** All elements at the path, in document order. */
export function all(element: XmlElement, path: string): readonly XmlElement[] {
  return path
    .split('/')
    .reduce<readonly XmlElement[]>((level, name) => level.flatMap((one) => one.children.filter((child) => child.name === name)), [element]);
}

/** The first element at the first path that has one. */
export function first(element: XmlElement | undefined, ...paths: readonly string[]): XmlElement | undefined {
  if (!element) return undefined;
  for (const path of paths) {
    const [found] = all(element, path);
    if (found) return found;
  }
  return undefined;
}

/** The first text at the paths that is not empty. */
export function textAt(element: XmlElement | undefined, ...paths: readonly string[]): string {
  if (!element) return '';
  for (const path of paths) {
    const found = all(element, path).find(({ text }) => text !== '');
    if (found) return found.text;
  }
  return '';
}
