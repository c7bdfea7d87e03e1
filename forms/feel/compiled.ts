// An expression made ready once and evaluated many times: feelin parses at every call, and that is nearly all of its cost (0.25 of 0.27 ms).
// The expression becomes the body of a FEEL function (DMN 1.5, 10.3.2.13.1) whose parameters are the variables that are there; calling it parses nothing.
import { evaluate, FeelFunction } from 'feelin';
import type { Budget } from './budget.ts';
import { ownFunctions, OWN_FUNCTION_NAMES, type Scene } from './functions.ts';
import type { Json } from './json.ts';
import type { Prepared } from './prepare.ts';

type Evaluated = ReturnType<typeof evaluate>;

interface Compiled {
  readonly scene: { -readonly [key in keyof Scene]: Scene[key] };
  readonly body: FeelFunction;
  readonly warnings: Evaluated['warnings'];
  readonly prefix: number;
}

const MOST_REMEMBERED = 2_000;
const remembered = new Map<string, Compiled>();

/** `data`: only what the expression mentions, under plain names. Positions of the warnings count from the start of `prepared.text`. */
export function evaluateCompiled(
  prepared: Prepared,
  data: Readonly<Record<string, Json>>,
  budget: Budget,
  today: string | undefined,
): Evaluated {
  const names = Object.keys(data).filter((name) => !OWN_FUNCTION_NAMES.includes(name));
  const { scene, body, warnings, prefix } = compile(prepared, names, budget);
  scene.budget = budget;
  scene.today = today;
  warnings.length = 0; // of an evaluation that threw
  const value: unknown = body.invoke(names.map((name) => data[name]));
  // feelin goes on writing to the list that it gave with the function
  return { value, warnings: warnings.splice(0).map((warning) => moved(warning, prefix)) };
}

/** A variable that is missing must be no parameter, or it would pass for an empty value: the names are a part of the key. */
function compile(prepared: Prepared, names: readonly string[], budget: Budget): Compiled {
  const key = `${names.join(' ')}:${prepared.text}`;
  const known = remembered.get(key);
  if (known) return known;
  const prefix = `function(${names.join(',')}) (`;
  const scene: Compiled['scene'] = { budget, today: undefined };
  const own = Object.entries(ownFunctions(scene)).filter(([name]) => isUsed(name, prepared));
  const { value, warnings } = evaluate(`${prefix}${prepared.text}\n)`, Object.fromEntries(own));
  if (!(value instanceof FeelFunction)) throw new Error('the expression did not become a function');
  const compiled: Compiled = { scene, body: value, warnings, prefix: prefix.length };
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(key, compiled);
  return compiled;
}

/** The parser walks the whole context, so functions that are not called only cost time. */
export function isUsed(name: string, { mentions, text }: Prepared): boolean {
  return mentions.has(name) || (name.startsWith('__') && text.includes(name));
}

function moved(warning: Evaluated['warnings'][number], by: number): Evaluated['warnings'][number] {
  return { ...warning, position: { from: warning.position.from - by, to: warning.position.to - by } };
}
