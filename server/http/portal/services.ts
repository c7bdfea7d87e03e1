// Public part of the citizen's interface: session and catalogue.
import type Router from '@koa/router';
import type { LoginWays } from '../../contract/login.ts';
import { listServices, servicePage } from '../../queries/services.ts';
import { authState } from '../auth/guards.ts';
import { param, type House } from '../house.ts';
import { apiLanguage } from '../language.ts';
import { portalSession } from './session-view.ts';

export function addServiceRoutes(router: Router, house: House): void {
  router.get('/api/session', async (ctx) => {
    ctx.body = await portalSession(house, ctx);
  });
  router.get('/api/login-ways', (ctx) => {
    ctx.body = { ways: house.auth.ways() } satisfies LoginWays;
  });
  router.get('/api/services', async (ctx) => {
    ctx.body = await listServices(house.reader, authState(ctx).tenantId, String(ctx.query['q'] ?? '').slice(0, 200), apiLanguage(ctx));
  });
  router.get('/api/services/:id', async (ctx) => {
    ctx.body = await servicePage(house.reader, authState(ctx).tenantId, param(ctx, 'id'), apiLanguage(ctx));
  });
}
