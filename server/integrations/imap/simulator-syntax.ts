// What a client of IMAP says (RFC 3501, 9), cut into words, strings and lists; and what a server says back. Bounded: a command is short, whoever sends it.

/** A word or a string, or a list in brackets. */
export type Token = { readonly text: string; readonly isQuoted: boolean } | readonly Token[];

export class SyntaxRefused extends Error {}

/** A literal stands in the line as this sign and its number. */
export const LITERAL = '\u0000';
const MOST_TOKENS = 2_000;
const DEEPEST = 10;

interface Reading {
  readonly line: string;
  readonly literals: readonly string[];
  at: number;
  count: number;
}

/** Throws `SyntaxRefused`. Bytes as Latin-1. */
export function readTokens(line: string, literals: readonly string[]): readonly Token[] {
  const reading: Reading = { line, literals, at: 0, count: 0 };
  const tokens = listOf(reading, 0);
  if (reading.at < line.length) throw new SyntaxRefused('a bracket too many');
  return tokens;
}

function listOf(reading: Reading, depth: number): readonly Token[] {
  if (depth > DEEPEST) throw new SyntaxRefused('too deep');
  const tokens: Token[] = [];
  for (;;) {
    while (reading.line[reading.at] === ' ') reading.at += 1;
    const sign = reading.line[reading.at];
    if (sign === undefined || sign === ')') return tokens;
    if ((reading.count += 1) > MOST_TOKENS) throw new SyntaxRefused('too many words');
    tokens.push(tokenAt(reading, sign, depth));
  }
}

function tokenAt(reading: Reading, sign: string, depth: number): Token {
  if (sign === '"') return { text: quoted(reading), isQuoted: true };
  if (sign === LITERAL) return { text: literal(reading), isQuoted: true };
  if (sign !== '(') return { text: word(reading), isQuoted: false };
  reading.at += 1;
  const inner = listOf(reading, depth + 1);
  if (reading.line[reading.at] !== ')') throw new SyntaxRefused('an open bracket');
  reading.at += 1;
  return inner;
}

function quoted(reading: Reading): string {
  const found = /^"((?:[^"\\]|\\["\\])*)"/.exec(reading.line.slice(reading.at));
  if (!found) throw new SyntaxRefused('an open string');
  reading.at += found[0].length;
  return (found[1] ?? '').replaceAll(/\\(["\\])/g, '$1');
}

function literal(reading: Reading): string {
  const number = reading.line.charCodeAt(reading.at + 1);
  reading.at += 2;
  return reading.literals[number - 1] ?? '';
}

/** Square brackets belong to the word with everything in them: `BODY.PEEK[HEADER.FIELDS (DATE FROM)]<0.100>`. */
function word(reading: Reading): string {
  const found = /^(?:[^\s()"[\]]|\[[^\]]{0,2000}\])+/.exec(reading.line.slice(reading.at));
  if (!found) throw new SyntaxRefused('a word');
  reading.at += found[0].length;
  return found[0];
}

/** A string for a client: quoted when it may be, else a literal. */
export function string(text: string | undefined): string {
  if (text === undefined || text === '') return 'NIL';
  if (/^[\u0020-\u007e]{1,1000}$/.test(text)) return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
  return `{${text.length}}\r\n${text}`;
}

/** Numbers that a set names (`1:*,5`), of those that there are. */
export function inSet(set: string, present: readonly number[]): readonly number[] {
  if (!/^(\d{1,10}|\*)(:(\d{1,10}|\*))?(,(\d{1,10}|\*)(:(\d{1,10}|\*))?)*$/.test(set)) throw new SyntaxRefused('a set of numbers');
  const largest = present.at(-1) ?? 0;
  const number = (text: string): number => (text === '*' ? largest : Number(text));
  const ranges = set.split(',').map((part) => {
    const [from = '', to = from] = part.split(':');
    return [Math.min(number(from), number(to)), Math.max(number(from), number(to))] as const;
  });
  return present.filter((one) => ranges.some(([from, to]) => one >= from && one <= to));
}

export const textOf = (token: Token | undefined): string => {
  if (token === undefined || !('text' in token)) throw new SyntaxRefused('a word is missing');
  return token.text;
};
export const listIn = (token: Token | undefined): readonly Token[] => {
  if (token === undefined) throw new SyntaxRefused('a list is missing');
  return 'text' in token ? [token] : token;
};
