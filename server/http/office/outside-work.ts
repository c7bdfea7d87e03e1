// Stuck work of no case at the officer's desk: what it is, and how it ended when somebody has found out. A new try goes the way of incidents.
import type Router from '@koa/router';
import { z } from 'zod';
import { permitMoney } from '../../domain/permission.ts';
import { Problem } from '../../domain/problem.ts';
import { outsideWork } from '../../queries/outside-work.ts';
import { officerOf, param, type House } from '../house.ts';
import { readJson } from '../middleware/body.ts';

const decision = z.object({ isDone: z.boolean(), reason: z.string().trim().min(3).max(2_000) });

export function addOutsideWorkRoutes(router: Router, house: House): void {
  router.get('/urad/api/outside-work', async (ctx) => {
    ctx.body = await outsideWork(house.reader, officerOf(ctx).tenantId);
  });
  // Most of it is money on its way, so it takes an officer who may decide about money.
  router.post('/urad/api/outside-work/:key/decision', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    permitMoney(actor);
    const said = { key: param(ctx, 'key'), officerId: actor.id, ...(await readJson(ctx, decision, 10_000)) };
    if (!(await house.decideStuckWork(tenantId, said))) throw new Problem('conflict', 'outside-work-not-stuck');
    ctx.status = 204;
  });
}
