// Public: suggestions of addresses while a form is filled in. Nothing personal in, nothing personal out.
import type Router from '@koa/router';
import { addressOf, suggestAddresses } from '../../queries/addresses.ts';
import { Problem } from '../../domain/problem.ts';
import { authState } from '../auth/guards.ts';
import { param, type House } from '../house.ts';
import { rateLimit } from '../middleware/rate-limit.ts';

/** A person who types quickly asks five times a second at most. */
const PER_MINUTE = 300;

export function addAddressRoutes(router: Router, house: House): void {
  const calm = rateLimit({ limit: PER_MINUTE, windowMs: 60_000, keyOf: (ctx) => ctx.ip });
  router.get('/api/addresses', calm, async (ctx) => {
    const text = String(ctx.query['q'] ?? '').slice(0, 200);
    ctx.body = await suggestAddresses(house.reader, authState(ctx).tenantId, text, null);
    ctx.set('Cache-Control', 'private, max-age=60');
  });
  router.get('/api/addresses/:code', calm, async (ctx) => {
    const code = param(ctx, 'code');
    if (!/^\d{1,9}$/.test(code)) throw new Problem('not-found', 'address-not-found');
    ctx.body = await addressOf(house.reader, authState(ctx).tenantId, Number(code));
  });
}
