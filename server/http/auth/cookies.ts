// The cookies of this server. Over https they carry the prefix `__Host-` and Secure; over plain http, which configuration allows
// on this machine only, browsers refuse both, so the bare names are used.
import type { Context } from 'koa';

/** `sid` citizen, `usid` officer, `login` binds a login under way to one browser. */
export type CookieName = 'sid' | 'usid' | 'login';

export interface Cookies {
  read(ctx: Context, name: CookieName): string | undefined;
  /** `maxAgeMs` undefined = until the browser closes. */
  write(ctx: Context, name: CookieName, value: string, maxAgeMs?: number): void;
  clear(ctx: Context, name: CookieName): void;
  nameOf(name: CookieName): string;
}

export function createCookies(publicUrl: string): Cookies {
  const secure = new URL(publicUrl).protocol === 'https:';
  const nameOf = (name: CookieName): string => (secure ? `__Host-${name}` : name);
  // The response of NIA is a cross-site POST, which a Lax cookie does not follow: the login cookie must be SameSite=None. That needs
  // Secure. Over plain http it stays Lax; there the identity provider is the simulated one on this very machine, and ports do not
  // make a site, so the cookie is sent all the same.
  const sameSite = (name: CookieName): 'none' | 'lax' => (name === 'login' && secure ? 'none' : 'lax');
  const attributes = (name: CookieName): string =>
    `; Path=/; HttpOnly; SameSite=${sameSite(name) === 'none' ? 'None' : 'Lax'}${secure ? '; Secure' : ''}`;
  // Written by hand: koa refuses Secure cookies on the plain connection behind a proxy that ends TLS.
  const set = (ctx: Context, cookie: string): void => ctx.append('Set-Cookie', cookie);
  return {
    nameOf,
    read: (ctx, name) => ctx.cookies.get(nameOf(name)),
    write: (ctx, name, value, maxAgeMs) => {
      const age = maxAgeMs === undefined ? '' : `; Max-Age=${String(Math.floor(maxAgeMs / 1000))}`;
      set(ctx, `${nameOf(name)}=${value}${attributes(name)}${age}`);
    },
    clear: (ctx, name) => set(ctx, `${nameOf(name)}=${attributes(name)}; Max-Age=0`),
  };
}
