// Puts the login of citizens and officers together for the HTTP server: middleware in the order of use, and the routes.
import Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import type { People } from '../../people/people.ts';
import type { Loa } from '../../people/sessions.ts';
import { rateLimit } from '../middleware/rate-limit.ts';
import { securityHeaders } from '../middleware/security-headers.ts';
import { addCitizenRoutes } from './citizen-routes.ts';
import { createCookies } from './cookies.ts';
import type { AuthDependencies, DirectoryDoor } from './dependencies.ts';
import { authState, authenticate, guardForm, guardUnsafe, isOfficePath } from './guards.ts';
import { showLoginFailure } from './login-failed-page.ts';
import { addOfficerRoutes } from './officer-routes.ts';
import type { CitizenLogins, JoinIdentity, OfficerLogin } from './ports.ts';

export interface AuthOptions {
  readonly people: People;
  tenantOf(ctx: Context): number;
  /** Ways in which citizens log in, by name, in the order in which they are offered: NIA first. Asked for every time: settings change. */
  readonly citizenLogins: () => CitizenLogins;
  readonly joinIdentity?: JoinIdentity;
  /** Undefined = officers come by the directory only. */
  readonly officerLogin: OfficerLogin | (() => OfficerLogin | undefined);
  readonly directory?: DirectoryDoor;
  readonly config: {
    /** Without a slash at the end. Decides the cookies' names and the only origin unsafe requests may come from. */
    readonly publicUrl: string;
    /** Level asked of every provider and needed to come in. Default `substantial`. */
    readonly loa?: Loa;
    /** Logins begun or finished per minute and address. Default 10 (twice that in requests: there and back). */
    readonly loginsPerMinute?: number;
    /** Forms sent per minute and session. Default 30. */
    readonly formsPerMinute?: number;
  };
  readonly isUpload?: (ctx: Context) => boolean;
  readonly note?: AuthDependencies['note'];
}

export interface Auth {
  /** First of all middleware. */
  readonly securityHeaders: Middleware;
  /** Fills `ctx.state` (`AuthState`). */
  readonly authenticate: Middleware;
  /** Login and logout; after `authenticate`, before `guardUnsafe` (answers of NIA are cross-site on purpose). */
  readonly routes: Middleware;
  /** Officers of the directory, where the program may have one. */
  readonly directory?: DirectoryDoor;
  /** Before every other route. */
  readonly guardUnsafe: Middleware;
  /** For routes that file something. */
  readonly limitForms: Middleware;
  /** The session goes on under a new cookie. */
  renewCookie(ctx: Context, cookie: string): void;
  /** What the portal offers, in this order. */
  ways(): readonly { readonly name: string; readonly title: string; readonly hint: string; readonly highest: Loa }[];
}

const MINUTE = 60_000;

export function createAuth(options: AuthOptions): Auth {
  const { people, tenantOf, citizenLogins, officerLogin, config } = options;
  const { publicUrl } = config;
  const cookies = createCookies(publicUrl);
  const guards = { people, cookies, publicUrl, tenantOf, ...(options.isUpload ? { isUpload: options.isUpload } : {}) };
  const guard = guardUnsafe(guards);
  const limitLogins = rateLimit({
    limit: (config.loginsPerMinute ?? 10) * 2,
    windowMs: MINUTE,
    keyOf: (ctx) => ctx.ip,
    refuse: (ctx) =>
      showLoginFailure(ctx, { text: 'too-many', code: 'too-many-requests', area: isOfficePath(ctx.path) ? 'officer' : 'citizen' }),
  });
  const dependencies: AuthDependencies = {
    people,
    citizenLogins,
    ...(options.joinIdentity ? { joinIdentity: options.joinIdentity } : {}),
    officerLogin: typeof officerLogin === 'function' ? officerLogin : () => officerLogin,
    ...(options.directory ? { directory: options.directory } : {}),
    cookies,
    publicUrl,
    tenantOf,
    limitLogins,
    guardUnsafe: guard,
    guardForm: guardForm(guards),
    loa: config.loa ?? 'substantial',
    note: options.note ?? (() => undefined),
  };
  const router = new Router();
  addCitizenRoutes(router, dependencies);
  addOfficerRoutes(router, dependencies);
  return {
    ways: () =>
      Object.entries(citizenLogins()).flatMap(([name, login]) => {
        if (!login) return [];
        const { title, hint, highest } = login;
        return [{ name, title, hint, highest }];
      }),
    securityHeaders: securityHeaders({ publicUrl, formTargets: () => originsOf(citizenLogins()) }),
    authenticate: authenticate(guards),
    ...(options.directory ? { directory: options.directory } : {}),
    routes: router.routes() as unknown as Middleware, // the router adds its own fields to the context of its handlers
    guardUnsafe: guard,
    renewCookie: (ctx, cookie) => cookies.write(ctx, 'sid', cookie),
    limitForms: rateLimit({
      limit: config.formsPerMinute ?? 30,
      windowMs: MINUTE,
      keyOf: (ctx) => (authState(ctx).citizen ?? authState(ctx).officer)?.idHash,
    }),
  };
}

/** Our forms lead there: by SAML's POST binding, and by redirect when an identity is joined or a session ended. */
function originsOf(logins: CitizenLogins): readonly string[] {
  return [...new Set(Object.values(logins).flatMap((login) => login?.origins ?? []))];
}
