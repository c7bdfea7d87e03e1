// What an empty form begins with: defaults, and what the verified identity already says.
import { isPlainObject } from './feel/json.ts';
import { kindOf } from './fields/kinds.ts';
import { fieldsAtLevel } from './form.ts';
import type { Field, Form, Values } from './form.ts';

export type Prefilled = Readonly<{ values: Values; sources: Readonly<Record<string, 'identity'>> }>;

/** Every field with its default, or with its empty value. Rows of repeating groups start at none, or at `minLength`. */
export function emptyValues(form: Form): Values {
  return emptyOf(form.fields);
}

/** One new row of a repeating group. */
export function emptyRow(list: Field): Values {
  return emptyOf(list.fields);
}

/** `emptyValues` with what the identity offers. A value that the field itself would refuse is left out. */
export function prefill(form: Form, known: Readonly<{ identity?: Values }>): Prefilled {
  const values: Record<string, unknown> = { ...emptyValues(form) };
  const sources: Record<string, 'identity'> = {};
  for (const field of fieldsAtLevel(form.fields)) {
    const value = offered(field, known.identity);
    if (value === undefined) continue;
    values[field.key] = value;
    sources[field.key] = 'identity';
  }
  return { values, sources };
}

/** The value a locked field must have; `undefined` when it is not locked or the identity does not say. */
export function lockedValue(field: Field, identity: Values | undefined): unknown {
  return field.properties.prefillLocked ? offered(field, identity) : undefined;
}

function offered(field: Field, identity: Values | undefined): unknown {
  const path = field.properties.prefill?.split('.');
  if (!identity || !path || path[0] !== 'identity') return undefined;
  const value = path
    .slice(1)
    .reduce<unknown>((at, name) => (isPlainObject(at) && Object.hasOwn(at, name) ? at[name] : undefined), identity);
  const kind = kindOf(field);
  if (kind.isEmpty(value)) return undefined;
  const outcome = kind.check(field, field.type === 'address' ? withCode(value, identity[`${path.at(-1) ?? ''}Code`]) : value, {});
  return 'value' in outcome ? outcome.value : undefined;
}

/** The identity knows an address by its text and, beside it, by its code in the register. */
const withCode = (text: unknown, code: unknown): unknown =>
  typeof text === 'string' && typeof code === 'string' && /^\d{1,9}$/.test(code) ? { text, code: Number(code) } : text;

function emptyOf(fields: readonly Field[]): Values {
  const values: Record<string, unknown> = {};
  for (const field of fieldsAtLevel(fields)) {
    if (!kindOf(field).asks) continue;
    const rows = field.type === 'dynamiclist' ? Array.from({ length: field.rules.minLength ?? 0 }, () => emptyOf(field.fields)) : undefined;
    values[field.key] = rows ?? field.defaultValue ?? kindOf(field).empty;
  }
  return values;
}
