// The border of FEEL: only plain JSON goes in, only plain JSON comes out.
import { FeelDate, FeelDateTime, FeelDuration, FeelRange, FeelTime } from 'feelin';
import { FeelError } from './error.ts';
import { DEEPEST_DATA, HEAVIEST_VALUE, LONGEST_LIST } from './limits.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Words that reach into JavaScript; refused as names everywhere. */
const FORBIDDEN_NAMES: ReadonlySet<string> = new Set([
  '__proto__',
  'constructor',
  'prototype',
  '__defineGetter__',
  '__defineSetter__',
  '__lookupGetter__',
  '__lookupSetter__',
]);

export function isForbiddenName(name: string): boolean {
  return FORBIDDEN_NAMES.has(name);
}

export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Copies the result of an expression to plain JSON; dates become ISO text. Throws `FeelError` on functions, NaN and data without end. */
export function toJson(value: unknown): Json {
  return copy(value, { left: HEAVIEST_VALUE }, 0);
}

/** A fresh copy of the data an expression may see; anything that is not JSON is refused. `undefined` entries are left out. */
export function toContext(context: Readonly<Record<string, unknown>>): Record<string, Json> {
  const copied = copy(context, { left: HEAVIEST_VALUE }, 0);
  return copied as Record<string, Json>;
}

function copy(value: unknown, room: { left: number }, depth: number): Json {
  room.left -= 1;
  if (room.left < 0 || depth > DEEPEST_DATA) throw new FeelError('too-many-steps', 'Data výrazu jsou příliš rozsáhlá.');
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return finite(value);
  if (Array.isArray(value)) {
    if (value.length > LONGEST_LIST) throw new FeelError('too-many-steps', 'Seznam je příliš dlouhý.');
    return value.map((item) => copy(item, room, depth + 1));
  }
  if (isTemporal(value)) return value.toString();
  if (isPlainObject(value)) return copyObject(value, room, depth);
  throw new FeelError('not-data', 'Hodnota výrazu nejsou data.');
}

function copyObject(value: Readonly<Record<string, unknown>>, room: { left: number }, depth: number): Json {
  const result: Record<string, Json> = {};
  for (const [key, entry] of Object.entries(value)) {
    if (isForbiddenName(key)) throw new FeelError('forbidden', `Název „${key}“ se nesmí použít.`, key);
    if (entry !== undefined) result[key] = copy(entry, room, depth + 1);
  }
  return result;
}

function finite(value: number): number {
  if (!Number.isFinite(value)) throw new FeelError('failed', 'Výsledek výpočtu není číslo.');
  return value === 0 ? 0 : value;
}

function isTemporal(value: unknown): value is { toString(): string } {
  return (
    value instanceof FeelDate ||
    value instanceof FeelDateTime ||
    value instanceof FeelTime ||
    value instanceof FeelDuration ||
    value instanceof FeelRange
  );
}
