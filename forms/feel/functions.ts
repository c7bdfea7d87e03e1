// Functions we put in the place of feelin's: linear regexes, a calendar that the caller sets, and two for absent values.
import { evaluate, FeelFunction, parseDate } from 'feelin';
import type { Budget } from './budget.ts';
import { FeelError } from './error.ts';
import { patternMatches, replacePattern, splitByPattern } from './pattern.ts';

/** In their arguments a missing variable is not an error. */
export const TOLERANT_FUNCTIONS: ReadonlySet<string> = new Set(['is defined', 'get or else']);

export const OWN_FUNCTION_NAMES: readonly string[] = [
  'matches',
  'replace',
  'split',
  'is defined',
  'get or else',
  'today',
  'now',
  'distinct values',
  'union',
  '__step',
  '__list',
  '__span',
];

/** What one evaluation brings: read at each call, so that functions made once serve many evaluations.
 * `today` is YYYY-MM-DD in Prague; without it today() is an error, so that no rule depends on the clock of a machine. */
export interface Scene {
  readonly budget: Budget;
  readonly today: string | undefined;
}

export function ownFunctions(scene: Scene): Record<string, unknown> {
  return {
    matches: named(['input', 'pattern', 'flags'], (input, pattern, flags) =>
      allText([input, pattern]) ? withPattern(() => patternMatches(input as string, pattern as string, text(flags))) : null,
    ),
    replace: named(['input', 'pattern', 'replacement', 'flags'], (input, pattern, replacement, flags) =>
      allText([input, pattern, replacement])
        ? withPattern(() => replacePattern(input as string, pattern as string, replacement as string, text(flags)))
        : null,
    ),
    split: named(['string', 'delimiter'], (string, delimiter) =>
      allText([string, delimiter]) ? withPattern(() => splitByPattern(string as string, delimiter as string)) : null,
    ),
    'is defined': named(['value'], (value) => value !== null && value !== undefined),
    'get or else': named(['value', 'default'], (value, fallback) => value ?? fallback ?? null),
    today: named([], () => todayAsDate(scene.today)),
    now: named([], () => {
      throw new FeelError('forbidden', 'Funkce now() se nesmí použít; použijte today().', 'now');
    }),
    // feelin compares compound elements each with each: 10 000 of them would take minutes.
    'distinct values': named(['list'], (list) => {
      scene.budget.pairs(list);
      return evaluate('distinct values(list)', { list }).value;
    }),
    union: named(['...list'], (...lists) => {
      const list = lists.flat(1);
      scene.budget.pairs(list);
      return evaluate('distinct values(list)', { list }).value;
    }),
    __step: named(['value'], (value) => scene.budget.step(value)),
    __list: named(['value'], (value) => scene.budget.list(value)),
    __span: named(['start', 'end'], (start, end) => scene.budget.span(start, end)),
  };
}

function named(parameters: readonly string[], run: (...values: readonly unknown[]) => unknown): FeelFunction {
  return new FeelFunction(run, [...parameters]);
}

function todayAsDate(today: string | undefined): unknown {
  if (today === undefined) throw new FeelError('forbidden', 'Dnešní datum zde není k dispozici.', 'today');
  return parseDate(today);
}

function allText(values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === 'string');
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function withPattern<T>(run: () => T): T {
  try {
    return run();
  } catch (cause) {
    throw new FeelError('failed', 'Vzor ve výrazu nelze použít.', undefined, cause);
  }
}
