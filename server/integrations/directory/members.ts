// Members of a group when they come in ranges: Active Directory gives at most 1,500 values at once ([MS-ADTS] 3.1.1.3.1.3.3).
import type { Entry } from 'ldapts';
import type { Connection } from './connection.ts';
import { textsOf } from './entries.ts';
import { DirectoryUnavailable } from './failures.ts';

/** More pieces of one group mean a server that does not end. */
export const MAX_RANGES = 100;

/** All values of `attribute` of an entry that was searched with it. Throws `DirectoryUnavailable`. */
export async function readMembers(connection: Connection, entry: Entry, attribute: string): Promise<readonly string[]> {
  const found = [...textsOf(entry, attribute)];
  let range = rangeOf(entry, attribute);
  for (let pieces = 0; range; pieces += 1) {
    if (pieces >= MAX_RANGES) throw new DirectoryUnavailable('too-many-entries');
    found.push(...textsOf(range.entry, range.name));
    if (range.last === undefined) break;
    const wanted = `${attribute};range=${range.last + 1}-*`;
    const [next] = await connection.search(entry.dn, { scope: 'base', filter: '(objectClass=*)', attributes: [wanted] });
    range = next && rangeOf(next, attribute);
  }
  return found;
}

interface Range {
  readonly entry: Entry;
  readonly name: string;
  /** Undefined = this is the last piece (`*`). */
  readonly last: number | undefined;
}

function rangeOf(entry: Entry, attribute: string): Range | undefined {
  for (const name of Object.keys(entry)) {
    const parts = /^([^;]+);range=\d{1,9}-(\d{1,9}|\*)$/i.exec(name);
    const isEmptyRequest = textsOf(entry, name).length === 0; // the library adds what was asked for and did not come
    if (parts?.[1]?.toLowerCase() === attribute.toLowerCase() && !isEmptyRequest)
      return { entry, name, last: parts[2] === '*' ? undefined : Number(parts[2]) };
  }
  return undefined;
}
