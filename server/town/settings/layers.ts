// Settings come in layers: the demo lowest, what administrators saved above it, the operator's file on top. What the file says cannot be changed in the browser.
import { isReference } from './secrets.ts';

export type Branch = Readonly<Record<string, unknown>>;

export const isBranch = (value: unknown): value is Branch =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isReference(value);
/** Keys by whose value a group is another group; then nothing of the lower one fits. */
const KINDS = ['kind', 'provider'] as const;

/** Groups are laid over each other key by key, everything else is replaced whole; null takes the lower value away. */
export function lay(lower: unknown, upper: unknown): unknown {
  if (upper === undefined) return lower;
  if (upper === null) return undefined;
  if (!isBranch(upper)) return upper;
  const below = isBranch(lower) && !isOtherKind(lower, upper) ? lower : {};
  const keys = new Set([...Object.keys(below), ...Object.keys(upper)]);
  const laid = [...keys].map((key) => [key, lay(below[key], upper[key])] as const);
  return Object.fromEntries(laid.filter(([, value]) => value !== undefined));
}

export const isOtherKind = (lower: Branch, upper: Branch): boolean =>
  KINDS.some((key) => lower[key] !== undefined && upper[key] !== undefined && lower[key] !== upper[key]);

/** Paths of everything that a layer says. */
export function leaves(layer: unknown, path = ''): readonly string[] {
  if (!isBranch(layer)) return path === '' ? [] : [path];
  return Object.entries(layer).flatMap(([key, value]) => leaves(value, path === '' ? key : `${path}.${key}`));
}
