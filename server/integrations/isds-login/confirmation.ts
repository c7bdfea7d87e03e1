// The answer of the back channel: SOAP 1.1, one authConfirmationResponse, read by exact paths. Elements are taken with their namespace and without:
// the operating rules show both.
import { SOAP_ENVELOPE, escapeXml } from '../soap.ts';
import { XmlRefused, parseUntrustedXml } from '../untrusted-xml.ts';
import type { Element } from '../untrusted-xml.ts';
import { IsdsLoginRefused } from './refusal.ts';

export const ATS = 'http://agw-as.cz/ats-ws/v1';
const MAX_ATTRIBUTES = 60;

export function confirmationRequest(sessionId: string): string {
  return `<authConfirmationRequest xmlns="${ATS}"><sessionId>${escapeXml(sessionId)}</sessionId></authConfirmationRequest>`;
}

export type Attributes = ReadonlyMap<string, string>;

/** Attributes of a confirmed session. Throws `IsdsLoginRefused`. */
export function readConfirmation(xml: string): Attributes {
  const response = theResponse(xml);
  const status = textOf(only(response, 'status'));
  if (status === 'SESSION_NOT_FOUND') throw new IsdsLoginRefused('session-not-found');
  if (status === 'SYSTEM_ERROR') throw new IsdsLoginRefused('unavailable');
  demand(status === 'OK', 'answer-status');
  const found = new Map<string, string>();
  const all = children(only(response, 'attributes'));
  demand(all.length <= MAX_ATTRIBUTES, 'answer-shape');
  for (const attribute of all) {
    const name = attribute.getAttribute('name') ?? '';
    demand(isOurs(attribute, 'attribute') && name !== '', 'answer-shape');
    demand(!found.has(name), 'attribute-repeated');
    found.set(name, (attribute.getAttribute('value') ?? '').trim()); // timeLimitedId begins with a space
  }
  return found;
}

function theResponse(xml: string): Element {
  try {
    // A comment would split a text and nobody sends one.
    demand(!/<!/.test(xml), 'answer-markup');
    const root = parseUntrustedXml(xml, { maxDepth: 12 }).documentElement;
    demand(root?.localName === 'Envelope' && root.namespaceURI === SOAP_ENVELOPE, 'answer-shape');
    const bodies = children(root).filter((one) => one.localName === 'Body' && one.namespaceURI === SOAP_ENVELOPE);
    const [response, ...more] = bodies.length === 1 && bodies[0] ? children(bodies[0]) : [];
    demand(response !== undefined && more.length === 0 && isOurs(response, 'authConfirmationResponse'), 'answer-shape');
    return response;
  } catch (cause) {
    if (cause instanceof XmlRefused) throw new IsdsLoginRefused(`answer-${cause.reason}`, 'untrusted', { cause });
    throw cause;
  }
}

const isOurs = (element: Element, name: string): boolean =>
  element.localName === name && (element.namespaceURI === ATS || (element.namespaceURI ?? '') === '');

const children = (parent: Element): readonly Element[] =>
  Array.from(parent.childNodes).filter((node): node is Element => node.nodeType === 1);

function only(parent: Element, name: string): Element {
  const [found, ...more] = children(parent).filter((element) => isOurs(element, name));
  demand(found !== undefined && more.length === 0, 'answer-shape');
  return found;
}

function textOf(element: Element): string {
  demand(children(element).length === 0, 'answer-shape');
  return (element.textContent ?? '').trim();
}

function demand(holds: boolean, code: string): asserts holds {
  if (!holds) throw new IsdsLoginRefused(code);
}
