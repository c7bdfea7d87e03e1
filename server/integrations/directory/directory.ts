// The connector of the directory: logins by password, the list of officers for the synchronisation, and the check of its configuration.
import type { Connector, ListedOfficer, OfficerDirectory } from '../connector.ts';
import { checkDirectory } from './check.ts';
import { readDirectoryConfig } from './config.ts';
import type { DirectoryConfig } from './config.ts';
import { logIn } from './log-in.ts';
import { listPeople } from './people.ts';

export interface DirectoryConnector extends Connector {
  readonly directory: OfficerDirectory;
  /** The officer with our groups. Throws an error with `code` and `kind` (failures.ts). */
  logIn(login: string, password: string): Promise<ListedOfficer>;
}

/** Throws what zod throws when the configuration is wrong; connects to nothing yet. */
export function createDirectory(config: DirectoryConfig): DirectoryConnector {
  const settings = readDirectoryConfig(config);
  return {
    name: 'directory',
    effects: {},
    check: () => checkDirectory(settings),
    logIn: (login, password) => logIn(settings, login, password),
    directory: { people: () => listPeople(settings), maxLeaversShare: settings.maxLeaversShare },
  };
}
