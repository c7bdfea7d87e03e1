// Regular expressions in linear time (RE2). JavaScript's own backtrack: matches("aaa…!", "(a+)+$") never ends.
import { RE2JS } from 're2js';

const LONGEST_PATTERN = 500;
const MOST_REMEMBERED = 200;
const remembered = new Map<string, RE2JS>();

/** What is wrong with the pattern, in Czech; `undefined` when RE2 takes it. */
export function checkPattern(pattern: string, flags = ''): string | undefined {
  try {
    compilePattern(pattern, flags);
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `Vzor „${pattern}“ nelze použít (povolena je syntaxe RE2): ${reason}`;
  }
}

/** Throws when RE2 does not take the pattern (back references, look-around) or the flags (only i, s, m). */
export function compilePattern(pattern: string, flags = ''): RE2JS {
  const key = `${flags}/${pattern}`;
  const known = remembered.get(key);
  if (known) return known;
  if (pattern.length > LONGEST_PATTERN) throw new Error(`delší než ${LONGEST_PATTERN} znaků`);
  const compiled = RE2JS.compile(pattern, flagBits(flags));
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(key, compiled);
  return compiled;
}

/** Finds the pattern anywhere in the text, as FEEL and form-js do; anchor with ^ and $. */
export function patternMatches(text: string, pattern: string, flags = ''): boolean {
  return compilePattern(pattern, flags).matcher(text).find();
}

export function replacePattern(text: string, pattern: string, replacement: string, flags = ''): string {
  return compilePattern(pattern, flags).matcher(text).replaceAll(replacement.replaceAll('$0', '$$&'));
}

export function splitByPattern(text: string, pattern: string): readonly string[] {
  const matcher = compilePattern(pattern).matcher(text);
  const parts: string[] = [];
  let from = 0;
  while (matcher.find()) {
    const [start, end] = [matcher.start(), matcher.end()];
    if (start === end) continue;
    parts.push(text.slice(from, start));
    from = end;
  }
  parts.push(text.slice(from));
  return parts;
}

function flagBits(flags: string): number {
  let bits = 0;
  for (const flag of flags) {
    if (flag === 'i') bits |= RE2JS.CASE_INSENSITIVE;
    else if (flag === 's') bits |= RE2JS.DOTALL;
    else if (flag === 'm') bits |= RE2JS.MULTILINE;
    else throw new Error(`neznámý příznak „${flag}“`);
  }
  return bits;
}
