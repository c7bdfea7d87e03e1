// Which fields are shown and what the computed ones are worth. Conditions may depend on each other, so it is
// repeated until nothing changes; what is hidden counts as empty for all the others.
import { evaluateCondition, evaluateFeel, FeelError } from './feel.ts';
import { isPlainObject } from './feel/json.ts';
import { kindOf } from './fields/kinds.ts';
import { allFields, FormError } from './form.ts';
import type { Field, Form, FormContext, Values } from './form.ts';

export interface Settled {
  /** Every key of the form: tidy value of a shown field, the empty value of a hidden one, computed values. */
  readonly values: Values;
  /** Paths of hidden fields; fields without a key are `#id`. */
  readonly hidden: ReadonlySet<string>;
  /** Fields whose rules could not be evaluated, by path. */
  readonly broken: ReadonlyMap<string, Field>;
}

type Round = Readonly<{ hidden: Set<string>; computed: Map<string, unknown>; broken: Map<string, Field> }>;

/** Throws `FormError` only for a form with circular conditions, which `parseForm` does not let in. */
export function settle(form: Form, values: unknown, ctx: FormContext): Settled {
  const given = isPlainObject(values) ? values : {};
  let round: Round = { hidden: new Set(), computed: new Map(), broken: new Map() };
  const most = allFields(form.fields).length + 2;
  for (let count = 0; count < most; count += 1) {
    const all = assemble(form.fields, given, '', round);
    const next = judge(form, all, ctx);
    if (isSame(round, next)) return { values: all, hidden: next.hidden, broken: next.broken };
    round = next;
  }
  throw new FormError([{ rule: 'circular', message: 'Podmínky formuláře se neustálí.' }]);
}

/** What the expressions of a field may read: constants, the whole form, and its own row. */
export function scopeOf(values: Values, row: Values, ctx: FormContext): Values {
  return { ...ctx.constants, ...values, ...row };
}

export function pathOf(prefix: string, field: Field): string {
  return field.key === '' ? `${prefix}#${field.id}` : `${prefix}${field.key}`;
}

export function rowsOf(value: unknown): readonly Values[] {
  return Array.isArray(value) ? value.map((row: unknown) => (isPlainObject(row) ? row : {})) : [];
}

function assemble(fields: readonly Field[], given: Values, prefix: string, round: Round): Values {
  const result: Record<string, unknown> = {};
  for (const field of fields) {
    const path = pathOf(prefix, field);
    if (field.type === 'group') Object.assign(result, assemble(field.fields, given, prefix, round));
    else if (field.type === 'expression') result[field.key] = round.hidden.has(path) ? null : (round.computed.get(path) ?? null);
    else if (kindOf(field).asks) result[field.key] = round.hidden.has(path) ? kindOf(field).empty : tidy(field, given, prefix, round);
  }
  return result;
}

function tidy(field: Field, given: Values, prefix: string, round: Round): unknown {
  const kind = kindOf(field);
  const value = Object.hasOwn(given, field.key) ? given[field.key] : undefined;
  if (field.type === 'dynamiclist') {
    return rowsOf(value).map((row, index) => assemble(field.fields, row, `${prefix}${field.key}[${index}].`, round));
  }
  if (kind.isEmpty(value)) return kind.empty;
  const outcome = kind.check(field, value, {});
  return 'value' in outcome ? outcome.value : kind.empty;
}

function judge(form: Form, values: Values, ctx: FormContext): Round {
  const round: Round = { hidden: new Set(), computed: new Map(), broken: new Map() };
  judgeFields({ fields: form.fields, row: {}, prefix: '', isHidden: false }, values, ctx, round);
  return round;
}

type Part = Readonly<{ fields: readonly Field[]; row: Values; prefix: string; isHidden: boolean }>;

function judgeFields(part: Part, values: Values, ctx: FormContext, round: Round): void {
  const scope = scopeOf(values, part.row, ctx);
  for (const field of part.fields) {
    const path = pathOf(part.prefix, field);
    const isHidden = part.isHidden || isHiddenBy(field, path, scope, ctx, round);
    if (isHidden) round.hidden.add(path);
    if (field.type === 'expression' && !isHidden) round.computed.set(path, compute(field, path, scope, ctx, round));
    if (field.type === 'group') judgeFields({ ...part, fields: field.fields, isHidden }, values, ctx, round);
    if (field.type !== 'dynamiclist') continue;
    rowsOf(values[field.key]).forEach((row, index) => {
      judgeFields({ fields: field.fields, row, prefix: `${path}[${index}].`, isHidden }, values, ctx, round);
    });
  }
}

function isHiddenBy(field: Field, path: string, scope: Values, ctx: FormContext, round: Round): boolean {
  if (field.properties.prefillOnly === true && kindOf(field).isEmpty(scope[field.key])) return true;
  const { hide } = field;
  if (hide === undefined) return false;
  return noting(field, path, round, false, () => evaluateCondition(hide, scope, { today: ctx.today }));
}

function compute(field: Field, path: string, scope: Values, ctx: FormContext, round: Round): unknown {
  return noting(field, path, round, null, () => evaluateFeel(field.expression ?? 'null', scope, { today: ctx.today }));
}

/** A rule that cannot be evaluated is the form's fault: it is reported as an issue of the field, not thrown at the applicant. */
function noting<T>(field: Field, path: string, round: Round, otherwise: T, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof FeelError)) throw error;
    round.broken.set(path, field);
    return otherwise;
  }
}

function isSame(before: Round, after: Round): boolean {
  return before.hidden.size === after.hidden.size && facts(before) === facts(after);
}

function facts(round: Round): string {
  return JSON.stringify([[...round.hidden].sort(), [...round.computed]]);
}
