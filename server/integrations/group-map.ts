// From the groups of a directory or an identity provider to the groups of ours, which are roles and queues at once. Configuration only.
import { z } from 'zod';

/** Their group (DN, GUID, name, role) → one or more of ours. A group that is not here gives nothing. */
export const groupMapSchema = z.record(z.string().min(1), z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]));
export type GroupMap = Readonly<Record<string, string | readonly string[]>>;

/** Ours by the keys of the map that fit, each once, in the order of the map. */
export function ourGroups(map: GroupMap, fits: (key: string) => boolean): readonly string[] {
  return [...new Set(Object.entries(map).flatMap(([key, ours]) => (fits(key) ? [ours].flat() : [])))];
}

/** The same by a list of theirs, in its order; letters of either case, for GUIDs are written both ways. */
export function oursOf(map: GroupMap, theirs: readonly string[]): readonly string[] {
  const byName = new Map(Object.entries(map).map(([key, ours]) => [key.toLowerCase(), [ours].flat()]));
  return [...new Set(theirs.flatMap((group) => byName.get(group.toLowerCase()) ?? []))];
}
