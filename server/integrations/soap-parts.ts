// MTOM (SOAP 1.2 with XOP): a message and its binary parts in one multipart/related body, written and read with bounds.
import { randomBytes } from 'node:crypto';

export interface SoapPart {
  /** Without `cid:` and brackets. */
  readonly id: string;
  readonly mime: string;
  readonly content: Uint8Array;
}

export class PartsRefused extends Error {
  constructor(reason: string) {
    super(`multipart refused: ${reason}`);
    this.name = 'PartsRefused';
  }
}

const XOP = 'application/xop+xml';
const SOAP = 'application/soap+xml';
const ROOT = 'root@vyrizeno';
const MAX_PARTS = 200;
const MAX_HEAD_BYTES = 8192;
const BREAK = Buffer.from('\r\n');

export function writeParts(envelope: string, parts: readonly SoapPart[]): { readonly contentType: string; readonly body: Buffer } {
  const boundary = `part-${randomBytes(16).toString('hex')}`;
  const pieces = [
    { head: `Content-Type: ${XOP}; charset=UTF-8; type="${SOAP}"`, encoding: '8bit', id: ROOT, content: Buffer.from(envelope, 'utf8') },
    ...parts.map(({ id, mime, content }) => ({ head: `Content-Type: ${safeMime(mime)}`, encoding: 'binary', id, content })),
  ].flatMap(({ head, encoding, id, content }) => [
    Buffer.from(`--${boundary}\r\n${head}\r\nContent-Transfer-Encoding: ${encoding}\r\nContent-ID: <${id}>\r\n\r\n`),
    content,
    BREAK,
  ]);
  return {
    contentType: `multipart/related; type="${XOP}"; start="<${ROOT}>"; start-info="${SOAP}"; boundary="${boundary}"`,
    body: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]),
  };
}

export function isParts(contentType: string): boolean {
  return /^\s*multipart\/related\s*(;|$)/i.test(contentType);
}

/** The root and the other parts by their ids. Throws `PartsRefused`. */
export function readParts(body: Buffer, contentType: string): { readonly root: Buffer; readonly parts: ReadonlyMap<string, Buffer> } {
  const boundary = parameterOf(contentType, 'boundary');
  if (!boundary || boundary.length > 70) throw new PartsRefused('boundary');
  if (parameterOf(contentType, 'type')?.toLowerCase() !== XOP) throw new PartsRefused('type of the root');
  const found = split(body, boundary);
  const start = withoutBrackets(parameterOf(contentType, 'start') ?? '');
  const parts = new Map<string, Buffer>();
  let root: Buffer | undefined;
  for (const [index, { head, content }] of found.entries()) {
    const id = withoutBrackets(headerOf(head, 'content-id') ?? '');
    const isRoot = start === '' ? index === 0 : id === start;
    if (isRoot && root === undefined && !headerOf(head, 'content-type')?.toLowerCase().startsWith(XOP)) throw new PartsRefused('root');
    if (parts.has(id) || (isRoot && root !== undefined)) throw new PartsRefused('two parts of one id');
    const encoding = headerOf(head, 'content-transfer-encoding')?.toLowerCase() ?? 'binary';
    if (!['binary', '8bit', '7bit', 'base64'].includes(encoding)) throw new PartsRefused('transfer encoding');
    const bytes = encoding === 'base64' ? Buffer.from(content.toString('latin1'), 'base64') : content;
    if (isRoot) root = bytes;
    else parts.set(id, bytes);
  }
  if (!root) throw new PartsRefused('no root');
  return { root, parts };
}

function split(body: Buffer, boundary: string): { head: string; content: Buffer }[] {
  const mark = Buffer.from(`--${boundary}`);
  const separator = Buffer.concat([BREAK, mark]);
  const found: { head: string; content: Buffer }[] = [];
  let at = body.subarray(0, mark.length).equals(mark) ? mark.length : afterFirst(body, separator);
  while (body.toString('latin1', at, at + 2) !== '--') {
    if (found.length >= MAX_PARTS) throw new PartsRefused('too many parts');
    const headStart = body.indexOf(BREAK, at) + BREAK.length;
    const headEnd = body.indexOf('\r\n\r\n', headStart - BREAK.length);
    const end = body.indexOf(separator, headEnd);
    if (headStart < at + BREAK.length || headEnd === -1 || end === -1) throw new PartsRefused('cut off');
    if (headEnd - headStart > MAX_HEAD_BYTES) throw new PartsRefused('head of a part');
    found.push({ head: body.toString('latin1', headStart, headEnd), content: body.subarray(headEnd + 4, end) });
    at = end + separator.length;
  }
  return found;
}

function afterFirst(body: Buffer, separator: Buffer): number {
  const found = body.indexOf(separator);
  if (found === -1 || found > MAX_HEAD_BYTES) throw new PartsRefused('no part');
  return found + separator.length;
}

function headerOf(head: string, name: string): string | undefined {
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0 && line.slice(0, colon).trim().toLowerCase() === name) return line.slice(colon + 1).trim();
  }
  return undefined;
}

function parameterOf(header: string, name: string): string | undefined {
  const match = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^;\\s]+))`, 'i').exec(header);
  return match?.[1] ?? match?.[2];
}

function withoutBrackets(id: string): string {
  return id.replace(/^<|>$/g, '');
}

function safeMime(mime: string): string {
  return /^[\w.+-]+\/[\w.+-]+$/.test(mime) ? mime : 'application/octet-stream';
}
