// What the descriptor of a moddle type says, read once per type: what it is, and which of its properties hold parts of the model.
import type { XmlElement } from '../xml-element.ts';

export interface TypeCard {
  /** Properties that contain elements; extensions are other people's business, the drawing tells nothing of the process. */
  readonly parts: readonly string[];
  /** Its own name and those of all types above it. */
  readonly types: ReadonlySet<string>;
}

interface Described {
  readonly $descriptor?: { readonly allTypesByName?: Readonly<Record<string, unknown>>; readonly properties?: readonly PropertyCard[] };
}
interface PropertyCard {
  readonly name: string;
  readonly isReference?: boolean;
  readonly isVirtual?: boolean;
  readonly isAttr?: boolean;
}

const cards = new WeakMap<object, TypeCard>();

/** Elements of other tools have no descriptor: they are what they are called, and hold nothing. */
export function cardOf(element: XmlElement): TypeCard {
  const descriptor = (element as Described).$descriptor;
  if (!descriptor?.allTypesByName) return { parts: [], types: new Set([element.$type]) };
  const known = cards.get(descriptor);
  if (known) return known;
  const card = { parts: partsOf(descriptor.properties ?? []), types: new Set(Object.keys(descriptor.allTypesByName)) };
  cards.set(descriptor, card);
  return card;
}

function partsOf(properties: readonly PropertyCard[]): readonly string[] {
  return properties
    .filter(
      ({ name, isReference, isVirtual, isAttr }) => !isReference && !isVirtual && !isAttr && !/:(extensionElements|diagrams)$/.test(name),
    )
    .map(({ name }) => name);
}
