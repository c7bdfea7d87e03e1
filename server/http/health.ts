// For those who watch the server: `live` never touches the database, `ready` does.
import type { Middleware } from 'koa';
import type { House } from './house.ts';

export function health(house: House): Middleware {
  return async (ctx, next) => {
    if (ctx.path === '/health/live') {
      ctx.body = { status: 'live' };
      return;
    }
    if (ctx.path !== '/health/ready') return next();
    const { ok, reason } = await house.readiness();
    ctx.status = ok ? 200 : 503;
    ctx.body = ok ? { status: 'ready' } : { status: 'not-ready', reason };
  };
}
