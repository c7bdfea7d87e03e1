// A login by name and password: service account → search → bind as the person with the typed password.
import { randomUUID } from 'node:crypto';
import { ourGroups } from '../group-map.ts';
import { asService } from './as-service.ts';
import { withDirectory } from './connection.ts';
import type { Connection } from './connection.ts';
import type { DirectorySettings } from './config.ts';
import { personAttributes, readPerson } from './entries.ts';
import type { DirectoryEntry } from './entries.ts';
import { DirectoryRefused } from './failures.ts';
import { groupsOfPerson, isNamed } from './groups.ts';
import type { ListedOfficer } from '../connector.ts';
import { subjectOf } from './subject.ts';
import { filterValue } from './text-forms.ts';

/** Longer ones are nobody's; bounds what is sent to the directory. */
export const MAX_LOGIN = 120;
export const MAX_PASSWORD = 512;

/** Throws `DirectoryRefused` or `DirectoryUnavailable`. */
export async function logIn(settings: DirectorySettings, typed: string, password: string): Promise<ListedOfficer> {
  const login = bareLogin(typed);
  // Before anything is asked: an empty password binds as nobody and "succeeds" (RFC 4513, 5.1.2).
  if (login === '' || password === '' || login.length > MAX_LOGIN || password.length > MAX_PASSWORD || /\p{Cc}/u.test(login + password))
    throw new DirectoryRefused('bad-credentials');
  return asService(settings, async (connection) => {
    const person = await findPerson(connection, settings, login);
    // Somebody unknown is tried too, so that the time of the answer does not tell who exists.
    const dn = person?.dn ?? `cn=${randomUUID()},${settings.peopleDn}`;
    await withDirectory(settings, { dn, password }, async () => undefined);
    if (!person) throw new DirectoryRefused('bad-credentials');
    if (!person.isActive) throw new DirectoryRefused('account-disabled');
    const groups = await groupsOfPerson(connection, settings, person);
    const ours = ourGroups(settings.groupMap, (key) => groups.some((group) => isNamed(group, key)));
    if (ours.length === 0) throw new DirectoryRefused('no-role');
    return { subject: subjectOf(person.key), name: person.name, email: person.email, groups: ours };
  });
}

/** `OBEC\jnovak` is how people know it from Windows. */
function bareLogin(typed: string): string {
  return typed.trim().replace(/^[^\\@]{1,60}\\/, '');
}

/** Two of one name are nobody: a guess would let one in as the other. */
async function findPerson(connection: Connection, settings: DirectorySettings, login: string): Promise<DirectoryEntry | undefined> {
  const value = filterValue(login);
  const byPrincipal = settings.kind === 'active-directory' ? `(userPrincipalName=${value})` : '';
  const entries = await connection.search(settings.peopleDn, {
    scope: 'sub',
    filter: `(&${settings.peopleFilter}(|(${settings.attributes.login}=${value})${byPrincipal}))`,
    ...personAttributes(settings),
  });
  const [entry] = entries;
  return entry && entries.length === 1 ? readPerson(entry, settings, new Date()) : undefined;
}
