// Portal pages: every address that is no API, no asset and not the office's is a page of the portal.
import type { Context, Middleware } from 'koa';
import { Problem } from '../../domain/problem.ts';
import { listServices, servicePage } from '../../queries/services.ts';
import { authState } from '../auth/guards.ts';
import type { House } from '../house.ts';
import { pageLanguage, type Lang } from '../language.ts';
import type { PublicData } from '../pages.ts';
import { portalSession } from './session-view.ts';

export function portalPages(house: House): Middleware {
  return async (ctx, next) => {
    if ((ctx.method !== 'GET' && ctx.method !== 'HEAD') || ctx.path.startsWith('/api/') || ctx.path.startsWith('/urad/api/')) return next();
    if (house.pages.asset(ctx)) return;
    if (ctx.path === '/urad' || ctx.path.startsWith('/urad/')) {
      ctx.type = 'html';
      ctx.body = house.pages.office();
      return;
    }
    const lang = pageLanguage(ctx);
    const page = await house.pages.portal(ctx.path + ctx.search, lang, await publicData(house, ctx, lang));
    ctx.status = page.status;
    ctx.type = 'html';
    ctx.body = page.html;
  };
}

async function publicData(house: House, ctx: Context, lang: Lang): Promise<PublicData> {
  const session = await portalSession(house, ctx);
  if (ctx.path === '/prihlaseni') return { session, list: null, service: null, ways: house.auth.ways() };
  const { tenantId } = authState(ctx);
  if (ctx.path === '/' || ctx.path === '/sluzby') {
    return { session, list: await listServices(house.reader, tenantId, String(ctx.query['q'] ?? '').slice(0, 200), lang), service: null };
  }
  const id = /^\/sluzby\/([a-z0-9-]+)$/.exec(ctx.path)?.[1];
  if (id === undefined) return { session, list: null, service: null };
  try {
    return { session, list: null, service: await servicePage(house.reader, tenantId, id, lang) };
  } catch (error) {
    if (error instanceof Problem && error.code === 'service-not-found') return { session, list: null, service: null };
    throw error;
  }
}
