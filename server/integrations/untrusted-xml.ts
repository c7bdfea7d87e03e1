// The one door for XML from outside. Refuses what a data message never needs and an attacker does:
// DOCTYPE, entities, processing instructions, oversize, excess depth, any well-formedness error. Opens no file and no network.
import { DOMParser, onWarningStopParsing } from '@xmldom/xmldom';
import type { Document } from '@xmldom/xmldom';
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
  refuseDeepNesting(body, limits.maxDepth ?? 50);
  return parse(body);
}

/** Before parsing, in one pass: the parser's time grows with the square of the depth (measured: 20 000 levels, 1.1 s). */
function refuseDeepNesting(body: string, limit: number): void {
  let depth = 0;
  for (let start = body.indexOf('<'); start !== -1;) {
    const end = endOfMarkup(body, start);
    if (end === -1) throw new XmlRefused('malformed');
    const isElement = body[start + 1] !== '!';
    if (isElement && body[start + 1] === '/') depth -= 1;
    else if (isElement && body[end - 1] !== '/') depth += 1;
    if (depth > limit) throw new XmlRefused('too-deep');
    start = body.indexOf('<', end);
  }
}

/** Index of the `>` that ends the tag, comment or CDATA section; a `>` inside quotes does not. -1 when nothing ends it. */
function endOfMarkup(body: string, start: number): number {
  if (body.startsWith('<!--', start)) return lastOf(body, '-->', start + 4);
  if (body.startsWith('<![CDATA[', start)) return lastOf(body, ']]>', start + 9);
  for (let at = start + 1; at < body.length; at += 1) {
    const character = body[at];
    if (character === '>') return at;
    if (character !== '"' && character !== "'") continue;
    at = body.indexOf(character, at + 1);
    if (at === -1) return -1;
  }
  return -1;
}

function lastOf(body: string, ending: string, from: number): number {
  const at = body.indexOf(ending, from);
  return at === -1 ? -1 : at + ending.length - 1;
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
