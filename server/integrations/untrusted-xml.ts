// The one door for XML from outside. Refuses what a data message never needs and an attacker does:
// DOCTYPE, entities, processing instructions, oversize, excess depth, any well-formedness error. Opens no file and no network.
import { DOMParser, onWarningStopParsing } from '@xmldom/xmldom';
import type { Document, Element, Node } from '@xmldom/xmldom';
import { OutsideFailure } from './connector.ts';

export type { Document, Element, Node } from '@xmldom/xmldom';

export type XmlRefusal = 'too-large' | 'doctype' | 'processing-instruction' | 'malformed' | 'too-deep';

/** XML that this house does not read. `reason` says which rule it broke; the text itself is never repeated. */
export class XmlRefused extends OutsideFailure {
  readonly reason: XmlRefusal;
  constructor(reason: XmlRefusal, options: { cause?: unknown } = {}) {
    super('xml-refused', `XML refused: ${reason}`, options);
    this.name = 'XmlRefused';
    this.reason = reason;
  }
}

export interface XmlLimits {
  /** Default 256 kB; a downloaded data message needs about 40 MB. */
  readonly maxBytes?: number;
  /** Nesting of elements, default 50. */
  readonly maxDepth?: number;
}

const DECLARATION = /^\uFEFF?<\?xml\s[^<>]*\?>/;

/** Throws `XmlRefused`. A raw `<!DOCTYPE` or `<?` is refused even inside a comment or CDATA: nothing we read has a reason for it. */
export function parseUntrustedXml(text: string, limits: XmlLimits = {}): Document {
  if (Buffer.byteLength(text, 'utf8') > (limits.maxBytes ?? 262_144)) throw new XmlRefused('too-large');
  const body = text.replace(DECLARATION, '').trim();
  if (/<!(DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/i.test(body)) throw new XmlRefused('doctype');
  if (body.includes('<?')) throw new XmlRefused('processing-instruction');
  const document = parse(body);
  if (isDeeperThan(document, limits.maxDepth ?? 50)) throw new XmlRefused('too-deep');
  return document;
}

function parse(body: string): Document {
  try {
    const document = new DOMParser({ onError: onWarningStopParsing, locator: false }).parseFromString(body, 'text/xml');
    if (document.documentElement) return document;
  } catch (cause) {
    throw new XmlRefused('malformed', { cause });
  }
  throw new XmlRefused('malformed');
}

function isDeeperThan(document: Document, limit: number): boolean {
  let level: Node[] = [document.documentElement as Element];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth >= limit) return true;
    level = level.flatMap(childElements);
  }
  return false;
}

function childElements(node: Node): Element[] {
  const found: Element[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) if (child.nodeType === 1) found.push(child as Element);
  return found;
}
