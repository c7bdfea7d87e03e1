// Expected orders of completion: `s {a | b c} e` = s, then a beside b-then-c in any interleaving, then e; `x?` may be left out. `t*` is the
// entry of a loop's body.

type Pattern =
  | { readonly kind: 'one'; readonly id: string; readonly isOptional: boolean }
  | { readonly kind: 'series'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'beside'; readonly parts: readonly Pattern[] };

export function readPattern(text: string): Pattern {
  const words = text.match(/[{}|]|[^\s{}|]+/g) ?? [];
  let index = 0;
  const series = (): Pattern => {
    const parts: Pattern[] = [];
    for (let word = words[index]; word !== undefined && word !== '}' && word !== '|'; word = words[index]) {
      index += 1;
      parts.push(word === '{' ? beside() : oneOf(word));
    }
    return { kind: 'series', parts };
  };
  const beside = (): Pattern => {
    const parts: Pattern[] = [series()];
    while (words[index] === '|') {
      index += 1;
      parts.push(series());
    }
    index += 1;
    return { kind: 'beside', parts };
  };
  return series();
}

function oneOf(word: string): Pattern {
  return { kind: 'one', id: word.replace(/\?$/, ''), isOptional: word.endsWith('?') };
}

/** Whether the ids in this order are one of those the pattern allows. */
export function allows(pattern: Pattern, ids: readonly string[]): boolean {
  let states: readonly Pattern[] = [pattern];
  for (const id of ids) {
    const next = new Map<string, Pattern>();
    for (const state of states) for (const rest of after(state, id)) next.set(JSON.stringify(rest), rest);
    states = [...next.values()];
  }
  return states.some(isDone);
}

function isDone(pattern: Pattern): boolean {
  return pattern.kind === 'one' ? pattern.isOptional : pattern.parts.every(isDone);
}

/** What is left of a pattern when `id` came, in every way it can be read. */
function after(pattern: Pattern, id: string): readonly Pattern[] {
  if (pattern.kind === 'one') return pattern.id === id ? [{ kind: 'series', parts: [] }] : [];
  const { kind, parts } = pattern;
  if (kind === 'beside') return parts.flatMap((part, index) => after(part, id).map((rest) => ({ kind, parts: parts.with(index, rest) })));
  const found: Pattern[] = [];
  for (const [index, part] of parts.entries()) {
    found.push(...after(part, id).map((rest) => ({ kind, parts: [rest, ...parts.slice(index + 1)] })));
    if (!isDone(part)) break;
  }
  return found;
}
