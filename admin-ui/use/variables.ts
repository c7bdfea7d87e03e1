// A case's data as a list of single values with their paths, and one of them changed.

export interface Leaf {
  /** Names from the outside in, e.g. ['podani', 'castka']. */
  readonly path: readonly string[];
  readonly value: unknown;
}
type Data = Readonly<Record<string, unknown>>;
const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Texts, numbers, lists and empty values; lists are taken whole. */
export function leavesOf(data: Data, path: readonly string[] = []): readonly Leaf[] {
  return Object.entries(data).flatMap(([name, value]) =>
    isData(value) && Object.keys(value).length > 0 ? leavesOf(value, [...path, name]) : [{ path: [...path, name], value }],
  );
}

/** The outermost variable with the value at the path changed: what the server puts in place of the old one. */
export function changed(data: Data, path: readonly string[], value: unknown): Data {
  const [name, ...rest] = path;
  if (name === undefined) return {};
  return { [name]: rest.length === 0 ? value : inside(data[name], rest, value) };
}
function inside(data: unknown, [name = '', ...rest]: readonly string[], value: unknown): Data {
  const around = isData(data) ? data : {};
  return { ...around, [name]: rest.length === 0 ? value : inside(around[name], rest, value) };
}

/** What was typed: JSON where it is JSON, else the text as it stands. A value that was a text stays one. */
export function typedValue(typed: string, before?: unknown): unknown {
  if (typeof before === 'string') return typed;
  try {
    return JSON.parse(typed) as unknown;
  } catch {
    return typed;
  }
}

export const shownValue = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
