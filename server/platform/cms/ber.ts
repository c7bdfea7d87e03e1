// BER and DER (ITU-T X.690), read with bounds and written as DER: what signed messages, certificates and time stamps are made of.

export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectId: 0x06,
  utf8: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  context0: 0xa0,
  context1: 0xa1,
} as const;

const CONSTRUCTED = 0x20;
const HIGH_TAG = 0x1f;
/** A real message with a time stamp goes 15 deep; a message of 40 MB in pieces of 1 000 bytes has 40 000 of them. */
const MAX_DEPTH = 40;
const MAX_NODES = 400_000;

export class BerRefused extends Error {
  constructor(reason: string) {
    super(`BER refused: ${reason}`);
    this.name = 'BerRefused';
  }
}

export interface Ber {
  /** The tag as one byte, with class and form. */
  readonly tag: number;
  /** Header, content and end, as received. */
  readonly bytes: Buffer;
  /** Without header and without the end of an indefinite length. */
  readonly content: Buffer;
  /** Empty for a primitive value. */
  readonly children: readonly Ber[];
}

/** The whole buffer is one value and nothing follows it. Throws `BerRefused`. */
export function readBer(bytes: Buffer): Ber {
  const { node, end } = readNode({ bytes, nodes: 0 }, { start: 0, limit: bytes.length, depth: 0 });
  if (end !== bytes.length) throw new BerRefused('something follows the value');
  return node;
}

interface Reading {
  readonly bytes: Buffer;
  nodes: number;
}

interface Place {
  readonly start: number;
  readonly limit: number;
  readonly depth: number;
}

function readNode(reading: Reading, { start, limit, depth }: Place): { node: Ber; end: number } {
  if (depth > MAX_DEPTH) throw new BerRefused('too deep');
  if ((reading.nodes += 1) > MAX_NODES) throw new BerRefused('too many values');
  const { bytes } = reading;
  const tag = bytes[start];
  if (tag === undefined || start + 2 > limit) throw new BerRefused('cut off');
  if ((tag & HIGH_TAG) === HIGH_TAG) throw new BerRefused('tag of more bytes');
  const { length, contentStart } = readLength(bytes, start + 1, limit);
  if (length === undefined && !(tag & CONSTRUCTED)) throw new BerRefused('primitive value without length');
  const children: Ber[] = [];
  let at = contentStart;
  const contentLimit = length === undefined ? limit : contentStart + length;
  if (contentLimit > limit) throw new BerRefused('cut off');
  if (tag & CONSTRUCTED) {
    while (length === undefined ? !isEnd(bytes, at, limit) : at < contentLimit) {
      const child = readNode(reading, { start: at, limit: contentLimit, depth: depth + 1 });
      children.push(child.node);
      at = child.end;
    }
  }
  const contentEnd = length === undefined ? at : contentLimit;
  const end = length === undefined ? at + 2 : contentEnd;
  return { node: { tag, bytes: bytes.subarray(start, end), content: bytes.subarray(contentStart, contentEnd), children }, end };
}

function readLength(bytes: Buffer, at: number, limit: number): { length: number | undefined; contentStart: number } {
  const first = bytes[at] ?? 0xff;
  if (first < 0x80) return { length: first, contentStart: at + 1 };
  if (first === 0x80) return { length: undefined, contentStart: at + 1 };
  const count = first & 0x7f;
  if (count > 4 || at + 1 + count > limit) throw new BerRefused('length');
  return { length: bytes.readUIntBE(at + 1, count), contentStart: at + 1 + count };
}

function isEnd(bytes: Buffer, at: number, limit: number): boolean {
  if (at + 2 > limit) throw new BerRefused('cut off');
  return bytes[at] === 0 && bytes[at + 1] === 0;
}

/** The child at `index`, which must have this tag. */
export function childOf(node: Ber | undefined, index: number, tag: number): Ber {
  const child = node?.children[index];
  if (child?.tag !== tag) throw new BerRefused(`expected tag ${tag.toString(16)} at ${index}`);
  return child;
}

/** A primitive octet string, or one in pieces, joined. */
export function octets(node: Ber): Buffer {
  if (node.tag === tags.octetString) return node.content;
  if (node.tag !== (tags.octetString | CONSTRUCTED)) throw new BerRefused('not an octet string');
  return Buffer.concat(node.children.map(octets));
}

/** Dotted form. */
export function objectIdOf(node: Ber): string {
  if (node.tag !== tags.objectId) throw new BerRefused('not an object identifier');
  const numbers: number[] = [];
  let value = 0;
  for (const byte of node.content) {
    value = value * 128 + (byte & 0x7f);
    if (byte & 0x80) continue;
    numbers.push(value);
    value = 0;
  }
  const [first = 0, ...rest] = numbers;
  const arc = Math.min(2, Math.floor(first / 40));
  return [arc, first - arc * 40, ...rest].join('.');
}

/** UTCTime (years 1950 to 2049) or GeneralizedTime, both in UTC. */
export function timeOf(node: Ber): Date {
  const text = node.content.toString('latin1');
  const year = node.tag === tags.utcTime ? 2 : 4;
  const match = new RegExp(`^(\\d{${year}})(\\d\\d)(\\d\\d)(\\d\\d)(\\d\\d)(\\d\\d)(\\.\\d{1,9})?Z$`).exec(text);
  if (!match || ![tags.utcTime, tags.generalizedTime].some((tag) => tag === node.tag)) throw new BerRefused('not a time');
  const [, years = '', month, day, hour, minute, second, fraction = ''] = match;
  const century = year === 4 ? '' : Number(years) < 50 ? '20' : '19';
  const date = new Date(`${century}${years}-${month}-${day}T${hour}:${minute}:${second}${fraction.slice(0, 4)}Z`);
  if (Number.isNaN(date.getTime())) throw new BerRefused('not a time');
  return date;
}

export function der(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const value = Buffer.concat(content);
  if (value.length < 0x80) return Buffer.concat([Buffer.from([tag, value.length]), value]);
  const digits = value.length.toString(16);
  const length = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, value]);
}

/** A set whose members stand in the order that DER wants. */
export function derSet(members: readonly Buffer[], tag: number = tags.set): Buffer {
  return der(tag, ...[...members].sort((a, b) => Buffer.compare(a, b)));
}

export function derObjectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return der(tags.objectId, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

export function derInteger(value: number | Buffer): Buffer {
  const bytes = typeof value === 'number' ? Buffer.from(value.toString(16).padStart(value > 0xff ? 4 : 2, '0'), 'hex') : value;
  return der(tags.integer, (bytes[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes);
}

export function derUtcTime(at: Date): Buffer {
  const text = `${at.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
  return at.getUTCFullYear() < 2050 ? der(tags.utcTime, Buffer.from(text.slice(2))) : der(tags.generalizedTime, Buffer.from(text));
}

function base128(value: number): readonly number[] {
  const groups = [value & 0x7f];
  for (let left = Math.floor(value / 128); left > 0; left = Math.floor(left / 128)) groups.unshift((left & 0x7f) | 0x80);
  return groups;
}
