// JSON with its numbers left as text and with lines: an amount of money must not pass through a floating-point number on its way in.
import { StatementRefused } from './statement.ts';

export type JsonNode =
  | { readonly kind: 'object'; readonly line: number; readonly members: ReadonlyMap<string, JsonNode> }
  | { readonly kind: 'list'; readonly line: number; readonly items: readonly JsonNode[] }
  /** `text` of a number as it was written. */
  | { readonly kind: 'text' | 'number'; readonly line: number; readonly text: string }
  | { readonly kind: 'boolean' | 'null'; readonly line: number };

interface Reading {
  readonly text: string;
  at: number;
  line: number;
}

const DEEPEST = 20;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** Throws StatementRefused on anything that is not one JSON value. */
export function readJson(text: string): JsonNode {
  const reading: Reading = { text: text.replace(/^\uFEFF/, ''), at: 0, line: 1 };
  const value = readValue(reading, 0);
  skipBlanks(reading);
  if (reading.at < reading.text.length) throw broken(reading);
  return value;
}

function readValue(reading: Reading, depth: number): JsonNode {
  skipBlanks(reading);
  const { line, text, at } = reading;
  if (depth > DEEPEST) throw new StatementRefused(line, 'JSON je příliš hluboce vnořený.');
  if (text[at] === '{') return { kind: 'object', line, members: readMembers(reading, depth) };
  if (text[at] === '[') return { kind: 'list', line, items: readItems(reading, depth) };
  if (text[at] === '"') return { kind: 'text', line, text: readString(reading) };
  for (const word of ['true', 'false', 'null'] as const)
    if (text.startsWith(word, at)) {
      reading.at += word.length;
      return { kind: word === 'null' ? 'null' : 'boolean', line };
    }
  NUMBER.lastIndex = at;
  const number = NUMBER.exec(text)?.[0];
  if (number === undefined) throw broken(reading);
  reading.at += number.length;
  return { kind: 'number', line, text: number };
}

function readMembers(reading: Reading, depth: number): ReadonlyMap<string, JsonNode> {
  const members = new Map<string, JsonNode>();
  readSequence(reading, '}', () => {
    skipBlanks(reading);
    const { line } = reading;
    if (reading.text[reading.at] !== '"') throw broken(reading);
    const name = readString(reading);
    skipBlanks(reading);
    take(reading, ':');
    if (members.has(name)) throw new StatementRefused(line, `údaj „${name.slice(0, 30)}“ je uveden dvakrát.`);
    members.set(name, readValue(reading, depth + 1));
  });
  return members;
}

function readItems(reading: Reading, depth: number): readonly JsonNode[] {
  const items: JsonNode[] = [];
  readSequence(reading, ']', () => items.push(readValue(reading, depth + 1)));
  return items;
}

/** What stands between brackets, divided by commas. */
function readSequence(reading: Reading, end: '}' | ']', readOne: () => unknown): void {
  reading.at += 1;
  skipBlanks(reading);
  if (reading.text[reading.at] === end) {
    reading.at += 1;
    return;
  }
  for (;;) {
    readOne();
    skipBlanks(reading);
    if (reading.text[reading.at] === end) break;
    take(reading, ',');
  }
  reading.at += 1;
}

/** Finds where the string ends; what its escapes mean is the language's business. */
function readString(reading: Reading): string {
  const { text, at } = reading;
  let end = at + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  try {
    const value: unknown = JSON.parse(text.slice(at, end + 1));
    if (typeof value !== 'string') throw broken(reading);
    reading.at = end + 1;
    return value;
  } catch (cause) {
    if (cause instanceof SyntaxError) throw broken(reading);
    throw cause;
  }
}

function take(reading: Reading, character: ',' | ':'): void {
  if (reading.text[reading.at] !== character) throw broken(reading);
  reading.at += 1;
}

function skipBlanks(reading: Reading): void {
  for (; reading.at < reading.text.length; reading.at += 1) {
    const character = reading.text[reading.at];
    if (character === '\n') reading.line += 1;
    else if (character !== ' ' && character !== '\t' && character !== '\r') return;
  }
}

const broken = (reading: Reading): StatementRefused => new StatementRefused(reading.line, 'soubor není platný JSON.');
