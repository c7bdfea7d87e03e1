// SOAP 1.1 and 1.2, document/literal, over HTTP with or without Basic login: one call out, one parsed answer back. Knows no service.
import { OutsideFailure } from './connector.ts';
import { PartsRefused, isParts, readParts, writeParts } from './soap-parts.ts';
import type { SoapPart } from './soap-parts.ts';
import { XmlRefused, parseUntrustedXml } from './untrusted-xml.ts';
import type { Element } from './untrusted-xml.ts';

export const SOAP_ENVELOPE = 'http://schemas.xmlsoap.org/soap/envelope/';
export const SOAP12_ENVELOPE = 'http://www.w3.org/2003/05/soap-envelope';

export interface SoapCall {
  readonly url: string;
  /** Basic login; absent = the connection itself says who we are. */
  readonly user?: string;
  readonly password?: string;
  /** The one element inside Body, serialised. */
  readonly body: string;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  /** Prefix of failure codes, e.g. `isds`. */
  readonly service: string;
  readonly userAgent: string;
  /** SOAPAction where the service has one for each operation; default empty. */
  readonly action?: string;
  /** Default 1.1. */
  readonly version?: '1.1' | '1.2';
  /** Binary parts of the request (MTOM, SOAP 1.2 only). Even an empty list says that the answer may come in parts. */
  readonly parts?: readonly SoapPart[];
}

export interface SoapAnswer {
  /** First element inside Body. */
  readonly content: Element;
  /** As received: hashes are counted over raw bytes. Of an answer in parts its root. */
  readonly raw: Buffer;
  /** Binary parts by id. */
  readonly parts: ReadonlyMap<string, Buffer>;
}

/** Throws `OutsideFailure` with codes `<service>-timeout`, `-unreachable`, `-login-refused`, `-unavailable`, `-fault`, `-malformed`. */
export async function callSoap(call: SoapCall, fetchImpl: typeof fetch): Promise<SoapAnswer> {
  const answer = await exchange(call, fetchImpl);
  const { status } = answer;
  if (status === 401 || status === 403)
    throw failure(call, 'login-refused', `Přihlášení bylo odmítnuto (HTTP ${status}).`, { retryable: false });
  if (status === 503) throw failure(call, 'unavailable', `Služba má odstávku (HTTP 503)${faultOf(answer.raw)}.`);
  if (status !== 200) throw failure(call, 'fault', `Služba odpověděla chybou HTTP ${status}${faultOf(answer.raw)}.`);
  return contentOf(call, answer);
}

interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly raw: Buffer;
}

async function exchange(call: SoapCall, fetchImpl: typeof fetch): Promise<HttpAnswer> {
  const { headers, body } = requestOf(call);
  try {
    const signal = AbortSignal.timeout(call.timeoutMs);
    const response = await fetchImpl(call.url, { method: 'POST', redirect: 'error', signal, headers, body });
    const raw = await bytesOf(response, call.maxBytes);
    if (raw) return { status: response.status, contentType: response.headers.get('content-type') ?? '', raw };
  } catch (cause) {
    const timedOut = cause instanceof Error && cause.name === 'TimeoutError';
    if (timedOut) throw failure(call, 'timeout', `Služba neodpověděla do ${call.timeoutMs / 1000} s.`, { cause });
    throw failure(call, 'unreachable', 'Služba je nedostupná nebo přerušila spojení.', { cause });
  }
  throw failure(call, 'malformed', 'Odpověď služby je příliš velká.');
}

function requestOf(call: SoapCall): { headers: Record<string, string>; body: string | Uint8Array<ArrayBuffer> } {
  const envelope = soapEnvelope(call.body, 'soapenv', call.version);
  const login = call.user === undefined ? undefined : `${call.user}:${call.password ?? ''}`;
  const written = call.parts && call.parts.length > 0 ? writeParts(envelope, call.parts) : undefined;
  const plain = call.version === '1.2' ? 'application/soap+xml; charset=utf-8' : 'text/xml; charset=utf-8';
  return {
    headers: {
      'Content-Type': written?.contentType ?? plain,
      'User-Agent': call.userAgent,
      ...(call.version === '1.2' ? {} : { SOAPAction: `"${call.action ?? ''}"` }),
      ...(call.parts ? { Accept: 'multipart/related, application/soap+xml, text/xml' } : {}),
      ...(login === undefined ? {} : { Authorization: `Basic ${Buffer.from(login, 'utf8').toString('base64')}` }),
    },
    body: written ? new Uint8Array(written.body) : envelope,
  };
}

/** Undefined when there is more than the limit; the rest is not read. */
async function bytesOf(response: Response, maxBytes: number): Promise<Buffer | undefined> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of response.body ?? []) {
    length += piece.length;
    if (length > maxBytes) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function contentOf(call: SoapCall, { contentType, raw }: HttpAnswer): SoapAnswer {
  try {
    const whole = isParts(contentType) && call.parts ? readParts(raw, contentType) : { root: raw, parts: new Map<string, Buffer>() };
    const content = bodyContent(utf8(whole.root), call.maxBytes);
    if (content) return { content, raw: whole.root, parts: whole.parts };
  } catch (cause) {
    if (!(cause instanceof OutsideFailure || cause instanceof PartsRefused)) throw cause;
    throw failure(call, 'malformed', 'Odpověď služby nelze přečíst.', { cause });
  }
  throw failure(call, 'malformed', 'Odpověď služby nemá tvar SOAP.');
}

/** Throws `XmlRefused` on bytes that are not UTF-8 or that say they are something else. */
export function utf8(bytes: Uint8Array): string {
  const text = decoded(bytes);
  const encoding = /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([^"']*)["']/.exec(text)?.[1];
  if (encoding !== undefined && !/^(utf-8|us-ascii)$/i.test(encoding)) throw new XmlRefused('malformed');
  return text;
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new XmlRefused('malformed', { cause });
  }
}

function bodyContent(text: string, maxBytes: number): Element | undefined {
  const root = parseUntrustedXml(text, { maxBytes }).documentElement;
  const isEnvelope = root?.localName === 'Envelope' && [SOAP_ENVELOPE, SOAP12_ENVELOPE].includes(root.namespaceURI ?? '');
  return isEnvelope ? firstElement(firstElement(root, 'Body')) : undefined;
}

const MAX_FAULT_BYTES = 65_536;

/** What a SOAP Fault says, for a sentence; empty when there is none. */
function faultOf(raw: Buffer): string {
  if (raw.length > MAX_FAULT_BYTES) return '';
  try {
    const fault = bodyContent(utf8(raw), MAX_FAULT_BYTES);
    const text = childText(fault, 'faultstring') ?? childText(firstElement(fault, 'Reason'), 'Text') ?? '';
    const words = text
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, 200)
      .replace(/[.!]+$/, '');
    return words === '' ? '' : `: ${words}`;
  } catch {
    return ''; // the answer is a page of a proxy, not a fault
  }
}

function failure(call: SoapCall, code: string, message: string, options: { cause?: unknown; retryable?: boolean } = {}): OutsideFailure {
  return new OutsideFailure(`${call.service}-${code}`, message, options);
}

export function soapEnvelope(body: string, prefix = 'soapenv', version: '1.1' | '1.2' = '1.1'): string {
  const namespace = version === '1.2' ? SOAP12_ENVELOPE : SOAP_ENVELOPE;
  return `<?xml version="1.0" encoding="utf-8"?><${prefix}:Envelope xmlns:${prefix}="${namespace}"><${prefix}:Body>${body}</${prefix}:Body></${prefix}:Envelope>`;
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

const XOP_INCLUDE = 'http://www.w3.org/2004/08/xop/include';

/** Bytes of an element of type base64Binary: written in it, or included from a part. Undefined when it is missing, nil, or names no part. */
export function binaryOf(element: Element | undefined, parts: ReadonlyMap<string, Buffer>): Buffer | undefined {
  if (!element || isNil(element)) return undefined;
  const included = firstElement(element, 'Include');
  if (included?.namespaceURI !== XOP_INCLUDE) return Buffer.from(element.textContent ?? '', 'base64');
  const reference = included.getAttribute('href') ?? '';
  return reference.startsWith('cid:') ? parts.get(safeDecode(reference.slice(4))) : undefined;
}

export function includePart(id: string): string {
  return `<xop:Include xmlns:xop="${XOP_INCLUDE}" href="cid:${escapeXml(id)}"/>`;
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
