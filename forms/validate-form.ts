// The one judgement about a filled form; the browser and the server both ask here.
import { evaluateFeel, FeelError } from './feel.ts';
import { isPlainObject } from './feel/json.ts';
import { MOST_ROWS } from './fields/dynamiclist.ts';
import type { CheckFacts } from './fields/field-kind.ts';
import { kindOf } from './fields/kinds.ts';
import { isCalendarDate } from './calendar-date.ts';
import { fieldsAtLevel, labelOf } from './form.ts';
import type { Field, Form, FormContext, Issue, Values } from './form.ts';
import { lockedValue } from './prefill.ts';
import { pathOf, rowsOf, scopeOf, settle } from './settle.ts';
import type { Settled } from './settle.ts';
import { messageFor } from './texts.ts';
import type { MessageCode } from './texts.ts';

/** `values` has every key of the form: hidden and unfilled fields are there with their empty value (null, false, []). */
export type Validated = Readonly<{ values: Values; issues: readonly Issue[] }>;

type Part = Readonly<{ fields: readonly Field[]; given: Values; row: Values; prefix: string }>;
type Facts = Readonly<{ limit?: number | string | undefined; name?: string | undefined }>;
type Job = Readonly<{ form: Form; settled: Settled; ctx: FormContext; issues: Issue[] }>;

export function validateForm(form: Form, values: unknown, ctx: FormContext): Validated {
  const given = isPlainObject(values) ? values : {};
  const settled = settle(form, given, ctx);
  const job: Job = { form, settled, ctx, issues: [] };
  if (!isPlainObject(values)) note(job, { key: '', path: '' }, '', 'wrong-type');
  noteUnknown(job, form.fields, given, '');
  checkFields(job, { fields: form.fields, given, row: {}, prefix: '' });
  for (const [path, field] of settled.broken) note(job, { key: field.key, path }, labelOf(field, ctx.lang), 'broken-rule');
  return { values: settled.values, issues: job.issues };
}

function noteUnknown(job: Job, fields: readonly Field[], given: Values, prefix: string): void {
  const known = new Set(fieldsAtLevel(fields).map((field) => field.key));
  for (const key of Object.keys(given)) {
    if (key !== '' && known.has(key)) continue;
    note(job, { key, path: `${prefix}${key}` }, key, 'unknown-field', { name: key });
  }
}

function checkFields(job: Job, part: Part): void {
  for (const field of part.fields) {
    if (field.type === 'group') checkFields(job, { ...part, fields: field.fields });
    else if (kindOf(field).asks) checkField(job, part, field);
  }
}

function checkField(job: Job, part: Part, field: Field): void {
  const kind = kindOf(field);
  const path = pathOf(part.prefix, field);
  const value = Object.hasOwn(part.given, field.key) ? part.given[field.key] : undefined;
  const place = { key: field.key, path };
  const label = labelOf(field, job.ctx.lang);
  if (job.settled.hidden.has(path)) {
    if (job.ctx.strict && !kind.isEmpty(value)) note(job, place, label, 'hidden-field');
    // Left out by whoever has it: a company does not file as a person.
    else if (field.properties.prefillOnly === true && field.hide === undefined && lockedValue(field, job.ctx.identity) !== undefined)
      note(job, place, label, 'locked-field');
    return;
  }
  const locked = lockedValue(field, job.ctx.identity);
  if (locked !== undefined && JSON.stringify(value) !== JSON.stringify(locked)) return note(job, place, label, 'locked-field');
  if (field.properties.prefillOnly === true && job.ctx.identity && locked === undefined && !kind.isEmpty(value))
    return note(job, place, label, 'locked-field');
  const scope = scopeOf(job.settled.values, part.row, job.ctx);
  if (field.type === 'dynamiclist') return checkRows(job, field, value, path);
  if (kind.isEmpty(value)) {
    if (isRequired(job, field, path, scope)) note(job, place, label, kind.missing);
    return;
  }
  const outcome = kind.check(field, value, checkFacts(job, field, path, scope));
  if ('code' in outcome) return note(job, place, label, outcome.code, outcome);
  checkRule(job, field, path, scope);
}

function checkRows(job: Job, field: Field, value: unknown, path: string): void {
  const label = labelOf(field, job.ctx.lang);
  const place = { key: field.key, path };
  if (value !== undefined && value !== null && (!Array.isArray(value) || !value.every(isPlainObject))) {
    return note(job, place, label, 'wrong-type');
  }
  const rows = rowsOf(value);
  const required = isRequired(job, field, path, scopeOf(job.settled.values, {}, job.ctx));
  const fewest = Math.max(field.rules.minLength ?? 0, required ? 1 : 0);
  const most = Math.min(field.rules.maxLength ?? MOST_ROWS, MOST_ROWS);
  if (rows.length < fewest) note(job, place, label, 'too-few-rows', { limit: fewest });
  if (rows.length > most) return note(job, place, label, 'too-many-rows', { limit: most });
  const tidyRows = rowsOf(job.settled.values[field.key]);
  rows.forEach((given, index) => {
    const prefix = `${path}[${index}].`;
    noteUnknown(job, field.fields, given, prefix);
    checkFields(job, { fields: field.fields, given, row: tidyRows[index] ?? {}, prefix });
  });
  if (rows.length > 0) checkRule(job, field, path, scopeOf(job.settled.values, {}, job.ctx));
}

function isRequired(job: Job, field: Field, path: string, scope: Values): boolean {
  if (field.rules.required) return true;
  return holds(job, field, path, field.properties.requiredWhen, scope) === true;
}

function checkRule(job: Job, field: Field, path: string, scope: Values): void {
  if (holds(job, field, path, field.properties.validateWhen, scope) !== false) return;
  const { validateMessage, validateMessageEn } = field.properties;
  const own = (job.ctx.lang === 'en' && validateMessageEn) || validateMessage;
  const message = own ?? messageFor('rule', { label: labelOf(field, job.ctx.lang) }, job.ctx.lang);
  job.issues.push({ key: field.key, path, code: 'rule', message });
}

function checkFacts(job: Job, field: Field, path: string, scope: Values): CheckFacts {
  const [min, max] = [field.rules.min, field.rules.max].map((bound) => dateBound(job, field, path, bound, scope));
  return {
    ...(job.ctx.files ? { files: job.ctx.files } : {}),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
  };
}

function dateBound(job: Job, field: Field, path: string, bound: unknown, scope: Values): string | undefined {
  if (field.type !== 'datetime' || typeof bound !== 'string') return undefined;
  const date = bound.startsWith('=') ? guarded(job, field, path, () => evaluateFeel(bound, scope, { today: job.ctx.today })) : bound;
  return typeof date === 'string' && isCalendarDate(date) ? date : undefined;
}

function holds(job: Job, field: Field, path: string, rule: string | undefined, scope: Values): boolean | undefined {
  if (rule === undefined) return undefined;
  return guarded(job, field, path, () => {
    // Null means that something the rule compares is not filled in: it is not judged then.
    const value = evaluateFeel(rule, scope, { today: job.ctx.today });
    if (value === null || typeof value === 'boolean') return value ?? undefined;
    throw new FeelError('not-boolean', 'Pravidlo nemá výsledek ano/ne.');
  });
}

function guarded<T>(job: Job, field: Field, path: string, run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof FeelError)) throw error;
    note(job, { key: field.key, path }, labelOf(field, job.ctx.lang), 'broken-rule');
    return undefined;
  }
}

function note(job: Job, place: Readonly<{ key: string; path: string }>, label: string, code: MessageCode, facts: Facts = {}): void {
  const message = messageFor(code, { label, limit: facts.limit, name: facts.name }, job.ctx.lang);
  job.issues.push({ ...place, code, message });
}
