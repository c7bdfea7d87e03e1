// Settings as an administrator sees and edits them: secrets hidden, and of what comes back only the difference from the layer below is kept.
import { isDeepStrictEqual } from 'node:util';
import { isOtherKind, isBranch, type Branch } from './layers.ts';
import { isReference, isSecret } from './secrets.ts';

/** Stands for a secret that the browser is not told. */
const KEPT = { kept: true } as const;
const isKept = (value: unknown): boolean => isBranch(value) && value['kept'] === true && Object.keys(value).length === 1;

/** The same settings without any secret. `path` begins with the connector's key. */
export function hideSecrets(value: unknown, path: string): unknown {
  if (value === undefined || value === null || isReference(value)) return value;
  if (isSecret(path)) return KEPT;
  if (Array.isArray(value)) return value.map((item, index) => hideSecrets(item, `${path}.${index}`));
  if (!isBranch(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, hideSecrets(item, `${path}.${key}`)]));
}

/** What has to be laid over `lower` to get `wanted`; undefined = nothing. A secret that was kept is not touched. */
export function difference(lower: unknown, wanted: unknown): unknown {
  if (wanted === undefined || isKept(wanted) || isDeepStrictEqual(lower, wanted)) return undefined;
  if (!isBranch(wanted)) return wanted;
  const below: Branch = isBranch(lower) && !isOtherKind(lower, wanted) ? lower : {};
  const changed = Object.entries(wanted).map(([key, value]) => [key, difference(below[key], value)] as const);
  const gone = Object.keys(below)
    .filter((key) => wanted[key] === undefined)
    .map((key) => [key, null] as const);
  const all = [...changed, ...gone].filter(([, value]) => value !== undefined);
  // A group that was not there is kept even when it is empty.
  return all.length === 0 && isBranch(lower) ? undefined : Object.fromEntries(all);
}

/** Without the paths that the operator's file says. */
export function withoutLocked(layer: unknown, locked: readonly string[], path: string): unknown {
  if (locked.includes(path)) return undefined;
  if (!isBranch(layer)) return layer;
  const entries = Object.entries(layer);
  const kept = entries
    .map(([key, value]) => [key, withoutLocked(value, locked, `${path}.${key}`)] as const)
    .filter(([, value]) => value !== undefined);
  return kept.length === 0 && entries.length > 0 ? undefined : Object.fromEntries(kept);
}

/** Changes from one layer to the next as `Adresa: a, nově b`; `titleOf` gives the words of a path. */
export function changesBetween(before: unknown, after: unknown, titleOf: (path: string) => string, path: string): readonly string[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (isBranch(before) || isBranch(after)) {
    const [one, other] = [isBranch(before) ? before : {}, isBranch(after) ? after : {}];
    const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
    return keys.flatMap((key) => changesBetween(one[key], other[key], titleOf, `${path}.${key}`));
  }
  return [`${titleOf(path)}: ${shown(before)}, nově ${shown(after)}`];
}

const MOST = 80;
function shown(value: unknown): string {
  if (value === undefined) return 'výchozí';
  if (value === null) return 'nic';
  if (value === true) return 'ano';
  if (value === false) return 'ne';
  if (isReference(value)) return `soubor ${value.file}`;
  const text = Array.isArray(value) ? value.join(', ') : String(value);
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text === '' ? 'prázdné' : text;
}
