// What the login routes are given.
import type { Context, Middleware } from 'koa';
import type { People } from '../../people/people.ts';
import type { Loa } from '../../people/sessions.ts';
import type { Cookies } from './cookies.ts';
import type { CitizenLogin, OfficerLogin } from './ports.ts';

export interface AuthDependencies {
  readonly people: People;
  readonly nia: CitizenLogin;
  readonly officerLogin: OfficerLogin;
  readonly cookies: Cookies;
  readonly publicUrl: string;
  /** Level asked of NIA. */
  readonly loa: Loa;
  readonly limitLogins: Middleware;
  readonly guardUnsafe: Middleware;
  readonly guardForm: Middleware;
  tenantOf(ctx: Context): number;
  /** For the log: an event and its code, never personal data. */
  note(event: string, fields: Readonly<Record<string, string>>): void;
}
