// Which groups a person is in, groups in groups included: by the server's rule, or walked by us. Circles are harmless.
import { AndFilter, EqualityFilter, FilterParser } from 'ldapts';
import type { Filter } from 'ldapts';
import type { Connection } from './connection.ts';
import type { DirectorySettings } from './config.ts';
import { groupAttributes, readGroup } from './entries.ts';
import type { DirectoryEntry, DirectoryGroup } from './entries.ts';
import { comparableDn, filterValue, guidBytes, isGuid } from './text-forms.ts';

/** LDAP_MATCHING_RULE_IN_CHAIN ([MS-ADTS] 3.1.1.3.4.4.3). */
export const IN_CHAIN = '1.2.840.113556.1.4.1941';
/** Groups in groups deeper than this are a mistake. */
export const MAX_DEPTH = 20;
/** Names in one filter. */
const TOGETHER = 50;

export async function groupsOfPerson(
  connection: Connection,
  settings: DirectorySettings,
  person: DirectoryEntry,
): Promise<readonly DirectoryGroup[]> {
  if (settings.nestedGroups === 'walk') return walkUp(connection, settings, person);
  const direct = await searchGroups(connection, settings, `(member:${IN_CHAIN}:=${filterValue(person.dn)})`);
  const primary = person.primaryGroupSid
    ? await searchGroups(connection, settings, new EqualityFilter({ attribute: 'objectSid', value: person.primaryGroupSid }))
    : [];
  const above = await Promise.all(primary.map(({ dn }) => searchGroups(connection, settings, `(member:${IN_CHAIN}:=${filterValue(dn)})`)));
  return distinct([...direct, ...primary, ...above.flat()]);
}

async function walkUp(connection: Connection, settings: DirectorySettings, person: DirectoryEntry): Promise<readonly DirectoryGroup[]> {
  const found = new Map<string, DirectoryGroup>();
  const first = person.primaryGroupSid
    ? await searchGroups(connection, settings, new EqualityFilter({ attribute: 'objectSid', value: person.primaryGroupSid }))
    : [];
  for (const group of first) found.set(comparableDn(group.dn), group);
  let level = [person.dn, ...first.map(({ dn }) => dn)];
  for (let depth = 0; level.length > 0 && depth < MAX_DEPTH; depth += 1) {
    const above = await groupsWithMembers(connection, settings, level);
    const fresh = above.filter(({ dn }) => !found.has(comparableDn(dn)));
    for (const group of fresh) found.set(comparableDn(group.dn), group);
    level = fresh.map(({ dn }) => dn);
  }
  return [...found.values()];
}

async function groupsWithMembers(
  connection: Connection,
  settings: DirectorySettings,
  dns: readonly string[],
): Promise<readonly DirectoryGroup[]> {
  const found: DirectoryGroup[] = [];
  for (let at = 0; at < dns.length; at += TOGETHER) {
    const terms = dns.slice(at, at + TOGETHER).map((dn) => `(member=${filterValue(dn)})${uniqueMember(settings, dn)}`);
    found.push(...(await searchGroups(connection, settings, `(|${terms.join('')})`)));
  }
  return found;
}

const uniqueMember = ({ kind }: DirectorySettings, dn: string): string => (kind === 'openldap' ? `(uniqueMember=${filterValue(dn)})` : '');

async function searchGroups(
  connection: Connection,
  settings: DirectorySettings,
  filter: string | Filter,
): Promise<readonly DirectoryGroup[]> {
  const entries = await connection.search(settings.groupsDn, {
    scope: 'sub',
    filter: new AndFilter({ filters: [FilterParser.parseString(settings.groupFilter), asFilter(filter)] }),
    ...groupAttributes(settings),
  });
  return entries.map((entry) => readGroup(entry, settings));
}

const asFilter = (filter: string | Filter): Filter => (typeof filter === 'string' ? FilterParser.parseString(filter) : filter);

/** The group that a key of the map names; undefined when there is none. */
export async function findGroup(connection: Connection, settings: DirectorySettings, key: string): Promise<DirectoryGroup | undefined> {
  const groups = await searchGroups(connection, settings, groupKeyFilter(settings, key));
  return groups.find((group) => isNamed(group, key));
}

function groupKeyFilter({ kind, attributes }: DirectorySettings, key: string): string | Filter {
  if (isGuid(key))
    return kind === 'active-directory'
      ? new EqualityFilter({ attribute: 'objectGUID', value: guidBytes(key) })
      : `(${attributes.key}=${filterValue(key)})`;
  const name = key.includes('=') ? firstValue(key) : key;
  return kind === 'active-directory' ? `(|(cn=${filterValue(name)})(sAMAccountName=${filterValue(name)}))` : `(cn=${filterValue(name)})`;
}

/** Of `cn=Referenti,ou=…` the word `Referenti`: narrows the search, `isNamed` decides. */
function firstValue(dn: string): string {
  const [first = ''] = comparableDn(dn).split('\u0000');
  return first.slice(first.indexOf('=') + 1);
}

/** Does the key of the map mean this group? By GUID, whole DN, or name (letters of either case). */
export function isNamed(group: DirectoryGroup, key: string): boolean {
  if (isGuid(key)) return group.guid === key.toLowerCase();
  if (key.includes('=')) return comparableDn(group.dn) === comparableDn(key);
  const wanted = key.toLowerCase().normalize('NFC');
  return group.names.some((name) => name.toLowerCase().normalize('NFC') === wanted);
}

function distinct(groups: readonly DirectoryGroup[]): readonly DirectoryGroup[] {
  return [...new Map(groups.map((group) => [comparableDn(group.dn), group])).values()];
}
