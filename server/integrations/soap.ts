// SOAP 1.1, document/literal, over HTTP with Basic login: one call out, one parsed answer back. Knows no service.
import { OutsideFailure } from './connector.ts';
import { parseUntrustedXml } from './untrusted-xml.ts';
import type { Element } from './untrusted-xml.ts';

export const SOAP_ENVELOPE = 'http://schemas.xmlsoap.org/soap/envelope/';

export interface SoapCall {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** The one element inside Body, serialised. */
  readonly body: string;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  /** Prefix of failure codes, e.g. `isds`. */
  readonly service: string;
  readonly userAgent: string;
  /** SOAPAction where the service has one for each operation; default empty. */
  readonly action?: string;
}

export interface SoapAnswer {
  /** First element inside Body. */
  readonly content: Element;
  /** As received: hashes are counted over raw bytes. */
  readonly raw: Buffer;
}

/** Throws `OutsideFailure` with codes `<service>-timeout`, `-unreachable`, `-login-refused`, `-unavailable`, `-fault`, `-malformed`. */
export async function callSoap(call: SoapCall, fetchImpl: typeof fetch): Promise<SoapAnswer> {
  const { status, raw } = await exchange(call, fetchImpl);
  if (status === 401 || status === 403)
    throw failure(call, 'login-refused', `Přihlášení bylo odmítnuto (HTTP ${status}).`, { retryable: false });
  if (status === 503) throw failure(call, 'unavailable', 'Služba má odstávku (HTTP 503).');
  if (status !== 200) throw failure(call, 'fault', `Služba odpověděla chybou HTTP ${status}.`);
  return { content: bodyContent(call, raw), raw };
}

async function exchange(call: SoapCall, fetchImpl: typeof fetch): Promise<{ status: number; raw: Buffer }> {
  try {
    const response = await fetchImpl(call.url, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(call.timeoutMs),
      headers: {
        'Content-Type': 'text/xml; charset=utf-8',
        SOAPAction: `"${call.action ?? ''}"`,
        'User-Agent': call.userAgent,
        Authorization: `Basic ${Buffer.from(`${call.user}:${call.password}`, 'utf8').toString('base64')}`,
      },
      body: soapEnvelope(call.body),
    });
    return { status: response.status, raw: Buffer.from(await response.arrayBuffer()) };
  } catch (cause) {
    const timedOut = cause instanceof Error && cause.name === 'TimeoutError';
    if (timedOut) throw failure(call, 'timeout', `Služba neodpověděla do ${call.timeoutMs / 1000} s.`, { cause });
    throw failure(call, 'unreachable', 'Služba je nedostupná nebo přerušila spojení.', { cause });
  }
}

function bodyContent(call: SoapCall, raw: Buffer): Element {
  try {
    const root = parseUntrustedXml(raw.toString('utf8'), { maxBytes: call.maxBytes }).documentElement;
    const content = root?.localName === 'Envelope' ? firstElement(firstElement(root, 'Body')) : undefined;
    if (content) return content;
  } catch (cause) {
    throw failure(call, 'malformed', 'Odpověď služby nelze přečíst.', { cause });
  }
  throw failure(call, 'malformed', 'Odpověď služby nemá tvar SOAP.');
}

function failure(call: SoapCall, code: string, message: string, options: { cause?: unknown; retryable?: boolean } = {}): OutsideFailure {
  return new OutsideFailure(`${call.service}-${code}`, message, options);
}

export function soapEnvelope(body: string, prefix = 'soapenv'): string {
  return `<?xml version="1.0" encoding="utf-8"?><${prefix}:Envelope xmlns:${prefix}="${SOAP_ENVELOPE}"><${prefix}:Body>${body}</${prefix}:Body></${prefix}:Envelope>`;
}

/** First child element, by local name when given: answers are free to choose prefixes. */
export function firstElement(parent: Element | undefined, localName?: string): Element | undefined {
  for (let node = parent?.firstChild; node; node = node.nextSibling) {
    if (node.nodeType !== 1) continue;
    const element = node as Element;
    if (localName === undefined || element.localName === localName) return element;
  }
  return undefined;
}

export function childElements(parent: Element | undefined, localName?: string): Element[] {
  const found: Element[] = [];
  for (let element = firstElement(parent); element; element = nextElement(element)) {
    if (localName === undefined || element.localName === localName) found.push(element);
  }
  return found;
}

function nextElement(element: Element): Element | undefined {
  let node = element.nextSibling;
  while (node && node.nodeType !== 1) node = node.nextSibling;
  return (node as Element | null) ?? undefined;
}

const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

export function isNil(element: Element): boolean {
  return ['true', '1'].includes(element.getAttributeNS(XSI, 'nil') ?? '');
}

/** Text of a child; undefined when it is missing or nil. */
export function childText(parent: Element | undefined, localName: string): string | undefined {
  const child = firstElement(parent, localName);
  return !child || isNil(child) ? undefined : (child.textContent ?? '');
}

/** For element content and attribute values; characters XML 1.0 cannot carry are dropped. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"'\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
