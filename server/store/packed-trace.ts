// The trace of a journal entry as one text, a line for each step: a third of what the same takes as JSON, and nothing is lost.
// A step of a shape that is not known here stays JSON on its line.
import type { Json } from './json.ts';

const KINDS = new Map([
  ['entered', '+'],
  ['completed', '-'],
  ['cancelled', 'x'],
  ['flow', '>'],
]);
const NAMES = new Map([...KINDS].map(([name, sign]) => [sign, name]));
type Step = Readonly<Record<string, Json>>;

/** `at`: the entry's own time, which most steps share. */
export function packTrace(detail: Json, at: string): Json {
  const trace = (detail as { readonly trace?: unknown } | null)?.trace;
  if (!Array.isArray(trace)) return detail;
  return { ...(detail as object), trace: trace.map((step: Step) => packed(step, at) ?? JSON.stringify(step)).join('\n') };
}

export function unpackTrace(detail: Json, at: string): Json {
  const trace = (detail as { readonly trace?: unknown } | null)?.trace;
  if (typeof trace !== 'string') return detail;
  const lines = trace === '' ? [] : trace.split('\n');
  return { ...(detail as object), trace: lines.map((line) => (line.startsWith('{') ? (JSON.parse(line) as Json) : unpacked(line, at))) };
}

/** Sign, element, execution, time: `+ overit-1 #2`. Undefined for a step that this form would change. */
function packed(step: Step, at: string): string | undefined {
  const { k, e, x, at: when, ...more } = step;
  const sign = typeof k === 'string' ? KINDS.get(k) : undefined;
  if (sign === undefined || !isWord(e) || Object.keys(more).length > 0) return undefined;
  if (!('x' in step) && !('at' in step)) return `${sign} ${e}`;
  if (!isWord(x) || !isWord(when)) return undefined;
  const execution = x.startsWith(`${e}#`) ? x.slice(e.length) : x;
  if (execution === x && x.startsWith('#')) return undefined;
  return `${sign} ${e} ${execution}${when === at ? '' : ` ${when}`}`;
}

function unpacked(line: string, at: string): Json {
  const [sign = '', e = '', execution, when = at] = line.split(' ');
  const k = NAMES.get(sign) ?? sign;
  if (execution === undefined) return { k, e };
  return { k, e, x: execution.startsWith('#') ? `${e}${execution}` : execution, at: when };
}

const isWord = (value: Json | undefined): value is string => typeof value === 'string' && /^[^\s{]+$/.test(value);
