// Cases on their way between versions: the plan, its rehearsal and execution in batches, progress, the way back; and the heat map of a version.
import type Router from '@koa/router';
import { z } from 'zod';
import { orderMigration, orderRevert, steerBatch } from '../../cases/batches.ts';
import { readMigrationDesk } from '../../cases/migration-desk.ts';
import { Problem } from '../../domain/problem.ts';
import { listBatches, readBatch, readBatchItems } from '../../queries/batches.ts';
import { readHeat } from '../../queries/heat.ts';
import { idParam, officerOf, param, type House } from '../house.ts';
import { readJson } from '../middleware/body.ts';

const commandId = z.string().min(8).max(100);
const reason = z.string().max(2_000);
const number = z.coerce.number().int().min(1).max(100_000);
const word = z.string().min(1).max(300);
const words = z.array(word).max(500).default([]);
const order = z.object({
  commandId,
  from: number,
  to: number,
  plan: z.record(word, z.object({ to: word, how: z.enum(['keep', 'restart']) })),
  filter: z.object({ elements: words, groups: words, filedBefore: z.iso.datetime().nullable().default(null), marks: words }),
  rehearsal: z.boolean(),
  reason,
});
const page = z.object({ state: z.enum(['waiting', 'done', 'refused', 'skipped']).nullable().default(null), page: number.default(1) });
const BASE = '/urad/api/situations/:id';

export function addMigrationRoutes(router: Router, house: House): void {
  const { corridor, reader } = house;
  router.get(`${BASE}/migration`, async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    const situation = situationId(param(ctx, 'id'));
    const asked = z.object({ from: number, to: number }).parse({ ...ctx.query });
    const desk = await readMigrationDesk(corridor, tenantId, actor, { situation, ...asked });
    ctx.body = { ...desk, batches: await listBatches(reader, tenantId, situation) };
  });
  router.post(`${BASE}/migration`, async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    const asked = await readJson(ctx, order);
    const id = await orderMigration(corridor, tenantId, { ...asked, situation: situationId(param(ctx, 'id')), actor });
    ctx.status = 201;
    ctx.body = await readBatch(reader, tenantId, id);
  });
  router.get(`${BASE}/versions/:number/heat`, async (ctx) => {
    const { tenantId } = officerOf(ctx);
    ctx.body = await readHeat(reader, tenantId, situationId(param(ctx, 'id')), Number(param(ctx, 'number')));
  });
  addBatches(router, house);
}

function addBatches(router: Router, { corridor, reader }: House): void {
  router.get('/urad/api/batches/:id', async (ctx) => {
    ctx.body = await readBatch(reader, officerOf(ctx).tenantId, idParam(ctx, 'id'));
  });
  router.get('/urad/api/batches/:id/items', async (ctx) => {
    const { tenantId } = officerOf(ctx);
    ctx.body = await readBatchItems(reader, tenantId, idParam(ctx, 'id'), page.parse({ ...ctx.query }));
  });
  for (const [path, state] of [
    ['pause', 'paused'],
    ['resume', 'running'],
    ['stop', 'stopped'],
  ] as const) {
    router.post(`/urad/api/batches/:id/${path}`, async (ctx) => {
      const { tenantId, actor } = officerOf(ctx);
      await steerBatch(corridor, tenantId, actor, idParam(ctx, 'id'), state);
      ctx.body = await readBatch(reader, tenantId, idParam(ctx, 'id'));
    });
  }
  router.post('/urad/api/batches/:id/revert', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    const asked = await readJson(ctx, z.object({ commandId, reason }));
    const id = await orderRevert(corridor, tenantId, { ...asked, actor, batchId: idParam(ctx, 'id') });
    ctx.status = 201;
    ctx.body = await readBatch(reader, tenantId, id);
  });
}

function situationId(value: string): string {
  if (!/^[a-z0-9-]{1,100}$/.test(value)) throw new Problem('not-found', 'situation-not-found');
  return value;
}
