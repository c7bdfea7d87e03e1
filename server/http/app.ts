// The koa application: middleware in the order of use, then the routes.
import Router from '@koa/router';
import Koa, { type Middleware } from 'koa';
import { addCalendarRoutes } from './calendar.ts';
import { health } from './health.ts';
import { addHooks } from './hooks.ts';
import type { House } from './house.ts';
import { soundAddress } from './middleware/address.ts';
import { problems } from './middleware/problem.ts';
import { addDeadlineRoutes } from './office/deadlines.ts';
import { addOfficeRoutes } from './office/routes.ts';
import { portalPages } from './portal/pages.ts';
import { addPortalRoutes } from './portal/routes.ts';

export function createApp(house: House): Koa {
  const app = new Koa();
  if (house.world) app.use(under('/zkusebni-svet', house.world));
  app.use(house.auth.securityHeaders);
  app.use(health(house));
  app.use(problems(house.log));
  app.use(soundAddress());
  app.use(house.auth.authenticate);
  app.use(house.auth.routes);
  const hooks = new Router();
  addHooks(hooks, house); // before the guard: they come from elsewhere on purpose
  app.use(hooks.routes() as unknown as Middleware);
  app.use(house.auth.guardUnsafe);
  const router = new Router();
  addPortalRoutes(router, house);
  addCalendarRoutes(router, house);
  addOfficeRoutes(router, house);
  addDeadlineRoutes(router, house);
  app.use(router.routes() as unknown as Middleware); // the router adds its own fields to the context of its handlers
  app.use(portalPages(house));
  app.on('error', (error: Error & { code?: string }) => {
    // A visitor who went away is no error of ours.
    if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_PREMATURE_CLOSE')
      house.log.error({ err: error }, 'connection failed');
  });
  return app;
}

const under =
  (prefix: string, middleware: Middleware): Middleware =>
  (ctx, next) =>
    ctx.path === prefix || ctx.path.startsWith(`${prefix}/`) ? middleware(ctx, next) : next();
