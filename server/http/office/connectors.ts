// Settings of connectors: administrators only. That something does not work is known to all officers.
import type { Context } from 'koa';
import type Router from '@koa/router';
import { z } from 'zod';
import { ADMINISTRATORS, permitGroup } from '../../domain/permission.ts';
import { officerOf, param, type House } from '../house.ts';
import { readJson } from '../middleware/body.ts';

const settings = z.record(z.string().max(100), z.unknown()).nullable();
const revision = z.number().int().min(0).max(1_000_000);
const attempted = z.object({ settings });
const saved = z.object({ settings, revision });
const returned = z.object({ to: revision, revision });
const MOST_BYTES = 200_000;

export function addConnectorRoutes(router: Router, house: House): void {
  const { connectors } = house;
  const administrator = (ctx: Context): string => {
    const { actor } = officerOf(ctx);
    permitGroup(actor, [ADMINISTRATORS]);
    return actor.id;
  };
  router.get('/urad/api/failing-connectors', async (ctx) => {
    officerOf(ctx);
    ctx.body = await connectors.failing();
  });
  router.get('/urad/api/connectors', async (ctx) => {
    administrator(ctx);
    ctx.body = await connectors.list();
  });
  router.get('/urad/api/connectors/:key', async (ctx) => {
    administrator(ctx);
    ctx.body = await connectors.detail(param(ctx, 'key'));
  });
  router.post('/urad/api/connectors/:key/try', async (ctx) => {
    administrator(ctx);
    const { settings: asked } = await readJson(ctx, attempted, MOST_BYTES);
    ctx.body = await connectors.attempt(param(ctx, 'key'), asked);
  });
  router.put('/urad/api/connectors/:key', async (ctx) => {
    const officerId = administrator(ctx);
    ctx.body = await connectors.save({ key: param(ctx, 'key'), officerId, ...(await readJson(ctx, saved, MOST_BYTES)) });
  });
  router.post('/urad/api/connectors/:key/return', async (ctx) => {
    const officerId = administrator(ctx);
    ctx.body = await connectors.goBack({ key: param(ctx, 'key'), officerId, ...(await readJson(ctx, returned, MOST_BYTES)) });
  });
}
