// What is shown now, and what of the answers may be sent.
import { kindOf } from './fields/kinds.ts';
import { fieldsAtLevel } from './form.ts';
import type { Field, Form, FormContext, Values } from './form.ts';
import { pathOf, rowsOf, settle } from './settle.ts';
import type { Settled } from './settle.ts';

/** Answers of shown fields only, as given: what a browser sends. Computed fields are left out. */
export function visibleValues(form: Form, values: Values, ctx: FormContext): Values {
  return shown(form.fields, values, '', settle(form, values, ctx));
}

/** `path` is a key, `deti[0].jmeno`, or `#id` of a group or text. Asking for many fields, use `settle` once. */
export function isVisible(form: Form, values: Values, ctx: FormContext, path: string): boolean {
  return !settle(form, values, ctx).hidden.has(path);
}

/** Computed fields outside repeating groups. */
export function computed(form: Form, values: Values, ctx: FormContext): Values {
  const settled = settle(form, values, ctx).values;
  return Object.fromEntries(computedFields(form).map(({ key }) => [key, settled[key]]));
}

/** Ids of all uploaded files that the answers name, shown or not. */
export function fileIdsIn(form: Form, values: Values): readonly string[] {
  return [...new Set(idsIn(form.fields, values))];
}

function shown(fields: readonly Field[], values: Values, prefix: string, settled: Settled): Values {
  const result: Record<string, unknown> = {};
  for (const field of fields) {
    const path = pathOf(prefix, field);
    if (settled.hidden.has(path)) continue;
    if (field.type === 'group') Object.assign(result, shown(field.fields, values, prefix, settled));
    if (!kindOf(field).asks || !Object.hasOwn(values, field.key)) continue;
    const value = values[field.key];
    result[field.key] =
      field.type === 'dynamiclist' ? rowsOf(value).map((row, index) => shown(field.fields, row, `${path}[${index}].`, settled)) : value;
  }
  return result;
}

function computedFields(form: Form): readonly Field[] {
  return fieldsAtLevel(form.fields).filter((field) => field.type === 'expression');
}

function idsIn(fields: readonly Field[], values: Values): readonly string[] {
  return fieldsAtLevel(fields).flatMap((field) => {
    const value = values[field.key];
    if (field.type === 'dynamiclist') return rowsOf(value).flatMap((row) => idsIn(field.fields, row));
    if (field.type !== 'filepicker' || !Array.isArray(value)) return [];
    return value.filter((id: unknown) => typeof id === 'string');
  });
}
