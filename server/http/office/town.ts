// Who the town is: administrators only.
import type { Context } from 'koa';
import type Router from '@koa/router';
import { z } from 'zod';
import { ADMINISTRATORS, permitGroup } from '../../domain/permission.ts';
import { officerOf, type House } from '../house.ts';
import { readJson } from '../middleware/body.ts';

const revision = z.number().int().min(0).max(1_000_000);
const accountConfirmed = z.boolean().default(false);
const saved = z.object({ facts: z.record(z.string().max(100), z.string().max(1_000).nullable()), revision, accountConfirmed });
const returned = z.object({ to: revision, revision, accountConfirmed });
const MOST_BYTES = 20_000;

export function addTownRoutes(router: Router, { town }: House): void {
  const administrator = (ctx: Context): string => {
    const { actor } = officerOf(ctx);
    permitGroup(actor, [ADMINISTRATORS]);
    return actor.id;
  };
  router.get('/urad/api/town', async (ctx) => {
    administrator(ctx);
    ctx.body = await town.page();
  });
  router.put('/urad/api/town', async (ctx) => {
    const officerId = administrator(ctx);
    ctx.body = await town.save({ officerId, ...(await readJson(ctx, saved, MOST_BYTES)) });
  });
  router.post('/urad/api/town/return', async (ctx) => {
    const officerId = administrator(ctx);
    ctx.body = await town.goBack({ officerId, ...(await readJson(ctx, returned, MOST_BYTES)) });
  });
}
