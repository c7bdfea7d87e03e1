// Everybody who is in a mapped group and may work, read whole or not at all: from this list leavers are known.
import type { Entry } from 'ldapts';
import type { ListedOfficer } from '../connector.ts';
import { ourGroups } from '../group-map.ts';
import { asService } from './as-service.ts';
import type { Connection } from './connection.ts';
import type { DirectorySettings } from './config.ts';
import { groupAttributes, personAttributes, readGroup, readPerson, relativeId } from './entries.ts';
import type { DirectoryEntry, DirectoryGroup } from './entries.ts';
import { DirectoryUnavailable } from './failures.ts';
import { findGroup, IN_CHAIN, isNamed, MAX_DEPTH } from './groups.ts';
import { readMembers } from './members.ts';
import { subjectOf } from './subject.ts';
import { comparableDn, filterValue } from './text-forms.ts';

/** People by the key of the map under which they stand. */
type ByKey = ReadonlyMap<string, readonly DirectoryEntry[]>;

/** Throws `DirectoryUnavailable`, also when a mapped group does not exist (`group-missing`): its people would look like leavers. */
export async function listPeople(settings: DirectorySettings): Promise<readonly ListedOfficer[]> {
  return asService(settings, async (connection) => {
    const byKey = settings.nestedGroups === 'rule' ? await byRule(connection, settings) : await byWalk(connection, settings);
    const people = new Map([...byKey.values()].flat().map((person) => [person.key, person]));
    const inKey = new Map([...byKey].map(([key, list]) => [key, new Set(list.map((person) => person.key))]));
    return [...people.values()]
      .filter(({ isActive }) => isActive)
      .map(({ key, name, email }) => ({
        subject: subjectOf(key),
        name,
        email,
        groups: ourGroups(settings.groupMap, (mapped) => inKey.get(mapped)?.has(key) === true),
      }));
  });
}

async function byRule(connection: Connection, settings: DirectorySettings): Promise<ByKey> {
  const now = new Date();
  const people = new Map<string, readonly DirectoryEntry[]>();
  for (const key of Object.keys(settings.groupMap)) {
    const group = mustExist(await findGroup(connection, settings, key), key);
    const within = await connection.search(settings.groupsDn, {
      scope: 'sub',
      filter: `(&${settings.groupFilter}(memberOf:${IN_CHAIN}:=${filterValue(group.dn)}))`,
      ...groupAttributes(settings),
    });
    const ids = [group, ...within.map((entry) => readGroup(entry, settings))].flatMap(({ sid }) => (sid ? [relativeId(sid)] : []));
    const primary = ids.map((id) => `(primaryGroupID=${id})`).join('');
    const entries = await connection.search(settings.peopleDn, {
      scope: 'sub',
      filter: `(&${settings.peopleFilter}(|(memberOf:${IN_CHAIN}:=${filterValue(group.dn)})${primary}))`,
      ...personAttributes(settings),
    });
    people.set(key, read(entries, settings, now));
  }
  return people;
}

async function byWalk(connection: Connection, settings: DirectorySettings): Promise<ByKey> {
  const people = read(
    await connection.search(settings.peopleDn, { scope: 'sub', filter: settings.peopleFilter, ...personAttributes(settings) }),
    settings,
    new Date(),
  );
  const byDn = new Map(people.map((person) => [comparableDn(person.dn), person]));
  const groups = await groupsWithMembers(connection, settings);
  const found = Object.keys(settings.groupMap).map((key) => {
    const group = mustExist(
      [...groups.values()].find((candidate) => isNamed(candidate, key)),
      key,
    );
    const members = membersBelow(group, groups);
    const byPrimary = people.filter(({ primaryGroupSid }) => primaryGroupSid && members.sids.has(primaryGroupSid.toString('hex')));
    return [key, [...[...members.dns].flatMap((dn) => byDn.get(dn) ?? []), ...byPrimary]] as const;
  });
  return new Map(found);
}

type GroupWithMembers = DirectoryGroup & { readonly members: readonly string[] };

async function groupsWithMembers(connection: Connection, settings: DirectorySettings): Promise<ReadonlyMap<string, GroupWithMembers>> {
  const named = groupAttributes(settings);
  const memberAttributes = settings.kind === 'openldap' ? ['member', 'uniqueMember'] : ['member'];
  const entries = await connection.search(settings.groupsDn, {
    scope: 'sub',
    filter: settings.groupFilter,
    ...named,
    attributes: [...named.attributes, ...memberAttributes],
  });
  const groups = new Map<string, GroupWithMembers>();
  for (const entry of entries) {
    const members = await Promise.all(memberAttributes.map((attribute) => readMembers(connection, entry, attribute)));
    groups.set(comparableDn(entry.dn), { ...readGroup(entry, settings), members: members.flat().map(comparableDn) });
  }
  return groups;
}

function membersBelow(
  top: GroupWithMembers,
  groups: ReadonlyMap<string, GroupWithMembers>,
): { readonly dns: ReadonlySet<string>; readonly sids: ReadonlySet<string> } {
  const seen = new Set<DirectoryGroup>([top]);
  const dns = new Set<string>();
  let level = [top];
  for (let depth = 0; level.length > 0 && depth < MAX_DEPTH; depth += 1) {
    const members = level.flatMap((group) => group.members);
    for (const dn of members) dns.add(dn);
    level = [...new Set(members.flatMap((dn) => groups.get(dn) ?? []))].filter((group) => !seen.has(group));
    for (const group of level) seen.add(group);
  }
  return { dns, sids: new Set([...seen].flatMap(({ sid }) => (sid ? [sid.toString('hex')] : []))) };
}

function mustExist<Group extends DirectoryGroup>(group: Group | undefined, key: string): Group {
  if (!group) throw new DirectoryUnavailable('group-missing', { about: key });
  return group;
}

function read(entries: readonly Entry[], settings: DirectorySettings, now: Date): readonly DirectoryEntry[] {
  return entries.flatMap((entry) => readPerson(entry, settings, now) ?? []);
}
