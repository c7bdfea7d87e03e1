// The one entry to FEEL for forms, gateways and decisions. Plain JSON in, plain JSON out; every cost is bounded
// and a missing variable is an error, never a silent null. Nothing here reads the clock.
import { evaluate, SyntaxError as FeelSyntaxError, unaryTest as evaluateUnaryTest } from 'feelin';
import { newBudget } from './feel/budget.ts';
import { evaluateCompiled, isUsed } from './feel/compiled.ts';
import { FeelError } from './feel/error.ts';
import { ownFunctions, type Scene } from './feel/functions.ts';
import { toContext, toJson } from './feel/json.ts';
import type { Json } from './feel/json.ts';
import { prepare, readTree } from './feel/prepare.ts';
import type { ExpressionKind, Prepared } from './feel/prepare.ts';

export { FeelError } from './feel/error.ts';
export type { FeelErrorCode } from './feel/error.ts';
export { toJson } from './feel/json.ts';
export type { Json } from './feel/json.ts';
export { isFunctionName, namesIn } from './feel/names.ts';

type Context = Readonly<Record<string, unknown>>;
type Warning = ReturnType<typeof evaluate>['warnings'][number];
/** `today`: YYYY-MM-DD, for today(); without it today() is an error. */
export type FeelOptions = Readonly<{ today?: string }>;

const SPECIAL_NAME = /[^\p{L}\p{N}_]/u;
const MISSING: ReadonlySet<string> = new Set(['NO_VARIABLE_FOUND', 'NO_CONTEXT_ENTRY_FOUND', 'NO_PROPERTY_FOUND']);

/** Value of the expression (a leading `=` is allowed) over the context, as JSON. Throws `FeelError`. */
export function evaluateFeel(expression: string, context: Context, options: FeelOptions = {}): Json {
  return toJson(run(withoutEquals(expression), 'expression', context, options));
}

/** As `evaluateFeel`, for conditions: null counts as false, any other value than a boolean throws `not-boolean`. */
export function evaluateCondition(expression: string, context: Context, options: FeelOptions = {}): boolean {
  const value = evaluateFeel(expression, context, options);
  if (value === null) return false;
  if (typeof value !== 'boolean') throw new FeelError('not-boolean', 'Podmínka nemá výsledek ano/ne.');
  return value;
}

/** Whether the value passes the unary tests of a decision table cell (`-` passes always). Throws `FeelError`. */
export function unaryTest(expression: string, value: unknown, context: Context, options: FeelOptions = {}): boolean {
  return run(expression, 'unary-tests', { ...context, '?': value }, options) === true;
}

/** What is wrong with the expression, in Czech; `undefined` when it is right. It is not evaluated. */
export function checkFeel(expression: string, kind: ExpressionKind = 'expression'): string | undefined {
  try {
    const source = kind === 'expression' ? withoutEquals(expression) : expression;
    if (source.trim() === '') return 'Výraz FEEL je prázdný.';
    readTree(source, kind);
    return undefined;
  } catch (error) {
    if (error instanceof FeelError) return error.message;
    throw error;
  }
}

function run(source: string, kind: ExpressionKind, given: Context, options: FeelOptions): unknown {
  try {
    const { prepared, data, isPlain } = bring(source, kind, given);
    const budget = newBudget();
    const { value, warnings } =
      kind === 'expression' && isPlain
        ? evaluateCompiled(prepared, data, budget, options.today)
        : evaluateText(prepared, kind, data, { budget, today: options.today });
    judge(warnings, prepared);
    return value;
  } catch (error) {
    throw asFeelError(error);
  }
}

function evaluateText(prepared: Prepared, kind: ExpressionKind, data: Record<string, Json>, scene: Scene): ReturnType<typeof evaluate> {
  const own = Object.entries(ownFunctions(scene)).filter(([name]) => isUsed(name, prepared));
  return (kind === 'expression' ? evaluate : evaluateUnaryTest)(prepared.text, { ...data, ...Object.fromEntries(own) });
}

/** Only the data the expression mentions are brought: copying a whole form for one comparison took 1 ms instead of 0.15.
 * Names with spaces or signs change how the text is read, so with them everything is brought and nothing remembered. */
function bring(
  source: string,
  kind: ExpressionKind,
  given: Context,
): Readonly<{ prepared: Prepared; data: Record<string, Json>; isPlain: boolean }> {
  if (Object.keys(given).every(isPlainName)) {
    const prepared = prepare(source, kind);
    const mentioned = Object.entries(given).filter(([key]) => key === '?' || prepared.mentions.has(key));
    const data = toContext(Object.fromEntries(mentioned));
    if (!hasSpecialNames(data)) return { prepared, data, isPlain: true };
  }
  const data = toContext(given);
  return { prepared: prepare(source, kind, data), data, isPlain: false };
}

function judge(warnings: readonly Warning[], { tolerant, askedFor }: Prepared): void {
  for (const warning of warnings) {
    const { from, to } = warning.position;
    if (tolerant.some((span) => from >= span.from && to <= span.to)) continue;
    const values = Object.values(warning.details.values);
    // An unfilled value is null, and null passes through arithmetic and conversions as null (DMN 1.5, 10.3.2.13).
    if (warning.type !== 'NO_VARIABLE_FOUND' && values.some((value) => value === null || value === undefined)) continue;
    if (MISSING.has(warning.type)) {
      const name = /'([^']*)'/.exec(warning.message)?.[1] ?? '';
      if (askedFor.has(name)) continue;
      throw new FeelError('missing-variable', `Proměnná „${name}“ neexistuje.`, name);
    }
    throw new FeelError('failed', `Výraz nelze vyhodnotit (${warning.type}).`);
  }
}

function asFeelError(error: unknown): FeelError {
  if (error instanceof FeelError) return error;
  if (error instanceof FeelSyntaxError) return new FeelError('syntax', 'Výraz FEEL není správně zapsán.', undefined, error);
  if (error instanceof RangeError) return new FeelError('too-many-steps', 'Výraz je příliš náročný na výpočet.', undefined, error);
  return new FeelError('failed', 'Výraz nelze vyhodnotit.', undefined, error);
}

function withoutEquals(expression: string): string {
  return expression.replace(/^\s*=/, '');
}

function hasSpecialNames(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(hasSpecialNames);
  return Object.entries(value).some(([key, entry]) => !isPlainName(key) || hasSpecialNames(entry));
}

function isPlainName(name: string): boolean {
  return name === '?' || !SPECIAL_NAME.test(name);
}
