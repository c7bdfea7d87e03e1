// Elements of an XML statement with their lines, namespaces dropped. Refuses DOCTYPE, entities of its own, processing instructions, depth and
// anything that is not well formed. Not the house's parser (untrusted-xml.ts): that one takes 100 MB of memory for 1 MB of a statement and
// knows no lines; this one is linear, and a statement needs elements, attributes and text only.
import { StatementRefused, lineAt } from './statement.ts';

export interface XmlElement {
  /** Local name: banks change prefixes and versions of the namespace. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Own text, trimmed. */
  readonly text: string;
  readonly line: number;
}

interface OpenElement {
  readonly qualifiedName: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  readonly texts: string[];
  readonly line: number;
}

/** What is being read: the elements not closed yet, and how far the lines are counted. */
interface Reading {
  readonly text: string;
  readonly open: OpenElement[];
  root: XmlElement | undefined;
  line: number;
  nextLine: number;
}

const DEEPEST = 50;
const NAME = /[^\s/>="'<&?!]+/y;
const ATTRIBUTE = /\s+([^\s/>="'<&]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const TAG_END = /\s*(\/?)>/y;
const ENTITIES = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** The root. Throws StatementRefused. */
export function readXml(source: string): XmlElement {
  const text = source.replace(/^\uFEFF?(?:<\?xml\s[^<>]*\?>)?/, (head) => head.replace(/[^\n]/g, ' '));
  // eslint-disable-next-line no-control-regex -- XML 1.0, section 2.2: these characters are none
  const control = text.search(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
  if (control !== -1) throw new StatementRefused(lineAt(text, control), 'XML obsahuje nepovolený znak.');
  const reading: Reading = { text, open: [], root: undefined, line: 1, nextLine: lineEnd(text, 0) };
  for (let at = 0; at < text.length;) at = readPiece(reading, at);
  if (reading.root) return reading.root;
  const reason = reading.open.length > 0 ? 'XML není úplné, soubor končí uprostřed.' : 'soubor nemá žádný prvek XML.';
  throw refusal(reading, text.length, reason);
}

/** Reads one piece of text or markup; gives the position behind it. */
function readPiece(reading: Reading, at: number): number {
  const { text } = reading;
  if (text[at] !== '<') return readText(reading, at);
  if (text[at + 1] === '/') return closeTag(reading, at);
  if (text.startsWith('<!--', at)) return sectionEnd(reading, at, '-->');
  if (text.startsWith('<![CDATA[', at)) {
    const end = sectionEnd(reading, at, ']]>');
    addText(reading, text.slice(at + '<![CDATA['.length, end - ']]>'.length), at);
    return end;
  }
  if (text[at + 1] === '!') throw refusal(reading, at, 'XML s deklarací DOCTYPE se nepřijímá.');
  if (text[at + 1] === '?') throw refusal(reading, at, 'XML s instrukcí pro zpracování se nepřijímá.');
  return openTag(reading, at);
}

function readText(reading: Reading, at: number): number {
  const found = reading.text.indexOf('<', at);
  const end = found === -1 ? reading.text.length : found;
  addText(reading, decodeText(reading, reading.text.slice(at, end), at), at);
  return end;
}

function addText(reading: Reading, raw: string, at: number): void {
  const inside = reading.open.at(-1);
  if (!inside && raw.trim() !== '') throw refusal(reading, at, 'XML má text mimo kořenový prvek.');
  inside?.texts.push(raw);
}

function sectionEnd(reading: Reading, at: number, ending: string): number {
  const found = reading.text.indexOf(ending, at + 4);
  if (found === -1) throw refusal(reading, at, 'nedokončená část XML.');
  return found + ending.length;
}

function openTag(reading: Reading, at: number): number {
  const { text, open } = reading;
  const qualifiedName = match(NAME, text, at + 1)?.[0];
  if (qualifiedName === undefined) throw refusal(reading, at, 'vadná značka XML.');
  if (reading.root) throw refusal(reading, at, 'XML má více kořenových prvků.');
  if (open.length >= DEEPEST) throw refusal(reading, at, 'XML je příliš hluboce vnořené.');
  const line = lineOf(reading, at);
  const attributes = new Map<string, string>();
  let position = at + 1 + qualifiedName.length;
  for (let found = match(ATTRIBUTE, text, position); found; found = match(ATTRIBUTE, text, position)) {
    const [whole, name = '', quoted, apostrophed] = found;
    if (attributes.has(name)) throw refusal(reading, position, `atribut ${name.slice(0, 30)} je uveden dvakrát.`);
    attributes.set(name, decodeText(reading, quoted ?? apostrophed ?? '', position));
    position += whole.length;
  }
  const ending = match(TAG_END, text, position);
  if (!ending) throw refusal(reading, at, 'nedokončená značka XML.');
  open.push({ qualifiedName, attributes, children: [], texts: [], line });
  if (ending[1] === '/') close(reading);
  return position + ending[0].length;
}

function closeTag(reading: Reading, at: number): number {
  const { text, open } = reading;
  const name = match(NAME, text, at + 2)?.[0] ?? '';
  const ending = match(TAG_END, text, at + 2 + name.length);
  if (ending?.[1] !== '' || open.at(-1)?.qualifiedName !== name) throw refusal(reading, at, 'značky XML nejsou správně uzavřené.');
  close(reading);
  return at + 2 + name.length + ending[0].length;
}

function close(reading: Reading): void {
  const closed = reading.open.pop();
  if (!closed) return;
  const { qualifiedName, attributes, children, texts, line } = closed;
  const element = { name: localName(qualifiedName), attributes, children, text: texts.join('').trim(), line };
  const parent = reading.open.at(-1);
  if (parent) parent.children.push(element);
  else reading.root = element;
}

/** Asked in rising order, so that the whole text is gone through once. */
function lineOf(reading: Reading, at: number): number {
  while (reading.nextLine <= at) {
    reading.line += 1;
    reading.nextLine = lineEnd(reading.text, reading.nextLine);
  }
  return reading.line;
}

/** Position behind the next end of line, past the text when there is none. */
function lineEnd(text: string, from: number): number {
  const found = text.indexOf('\n', from);
  return found === -1 ? Infinity : found + 1;
}

const refusal = (reading: Reading, at: number, reason: string): StatementRefused => new StatementRefused(lineOf(reading, at), reason);

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Only the five entities of XML and characters by their number. */
function decodeText(reading: Reading, raw: string, at: number): string {
  if (!raw.includes('&')) return raw;
  return raw.replace(/&(?:#(x[0-9a-fA-F]{1,6}|\d{1,7})|([a-z]{2,4}));|&/g, (_whole, code?: string, name?: string) => {
    const number = code?.startsWith('x') ? parseInt(code.slice(1), 16) : Number(code ?? NaN);
    const character = name === undefined ? fromNumber(number) : ENTITIES.get(name);
    if (character === undefined) throw refusal(reading, at, 'neznámá entita XML.');
    return character;
  });
}

function fromNumber(code: number): string | undefined {
  const isCharacter = code === 9 || code === 10 || code === 13 || (code >= 0x20 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff));
  return isCharacter ? String.fromCodePoint(code) : undefined;
}
