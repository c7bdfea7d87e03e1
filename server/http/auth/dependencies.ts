// What the login routes are given.
import type { Context, Middleware } from 'koa';
import type { Officers } from '../../people/officers.ts';
import type { People } from '../../people/people.ts';
import type { Loa } from '../../people/sessions.ts';
import type { Cookies } from './cookies.ts';
import type { CitizenLogin, CitizenLogins, JoinIdentity, OfficerLogin, PasswordLogin } from './ports.ts';

/** Officers by name and password, where the town has a directory. */
export interface DirectoryDoor {
  /** Asked for every time: settings change. */
  login(): PasswordLogin | undefined;
  readonly officers: Officers;
}

export interface AuthDependencies {
  readonly people: People;
  readonly citizenLogins: () => CitizenLogins;
  /** Absent = identities are not joined here. */
  readonly joinIdentity?: JoinIdentity;
  /** Undefined = officers come by the directory only. Asked for every time: settings change. */
  officerLogin(): OfficerLogin | undefined;
  readonly directory?: DirectoryDoor;
  readonly cookies: Cookies;
  readonly publicUrl: string;
  /** Lowest level with which a citizen may come in. */
  readonly loa: Loa;
  readonly limitLogins: Middleware;
  readonly guardUnsafe: Middleware;
  readonly guardForm: Middleware;
  tenantOf(ctx: Context): number;
  /** For the log: an event and its code, never personal data. */
  note(event: string, fields: Readonly<Record<string, string>>): void;
}

export function providerOf({ citizenLogins }: Pick<AuthDependencies, 'citizenLogins'>, name: string): CitizenLogin | undefined {
  const logins = citizenLogins();
  return Object.hasOwn(logins, name) ? logins[name] : undefined;
}
