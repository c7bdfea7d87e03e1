// Which language the visitor reads: chosen by `?lang=`, remembered in a cookie, else what the browser asks for. Czech first.
import type { Context } from 'koa';

export type Lang = 'cs' | 'en';
const COOKIE = 'lang';
const YEAR_MS = 31_536_000_000;

/** For API calls, which name exactly one language. */
export const apiLanguage = (ctx: Context): Lang =>
  asLang(ctx.query['lang']) ?? (ctx.get('accept-language').toLowerCase().startsWith('en') ? 'en' : 'cs');

/** For pages: a choice is remembered. */
export function pageLanguage(ctx: Context): Lang {
  const chosen = asLang(ctx.query['lang']);
  if (chosen) ctx.cookies.set(COOKIE, chosen, { maxAge: YEAR_MS, httpOnly: true, sameSite: 'lax' });
  return chosen ?? asLang(ctx.cookies.get(COOKIE)) ?? (ctx.acceptsLanguages('cs', 'sk', 'en') === 'en' ? 'en' : 'cs');
}

const asLang = (value: unknown): Lang | undefined => (value === 'cs' || value === 'en' ? value : undefined);
