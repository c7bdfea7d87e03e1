// Our register beside the eSSL's: what is to be compared, what came of it, and what an officer does about a difference.
import type Router from '@koa/router';
import { z } from 'zod';
import { askComparison, noteDifference, sendDifference } from '../../cases/records-desk.ts';
import type { RecordsComparison } from '../../contract/records-comparison.ts';
import { permitRecords } from '../../domain/permission.ts';
import { recordsComparison } from '../../queries/records-comparison.ts';
import { idParam, officerOf, type House } from '../house.ts';
import { readJson } from '../middleware/body.ts';

const asked = z.union([
  z.object({ mark: z.string().trim().min(1).max(60) }),
  z.object({ from: z.iso.date(), to: z.iso.date() }).refine(({ from, to }) => from <= to),
]);
const sent = z.object({ commandId: z.uuid() });
const noted = z.object({ reason: z.string().trim().min(3).max(2_000) });

export function addComparisonRoutes(router: Router, house: House): void {
  const { corridor } = house;
  router.get('/urad/api/records/comparison', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    permitRecords(actor);
    ctx.body = (await recordsComparison(house.reader, tenantId)) satisfies RecordsComparison;
  });
  router.post('/urad/api/records/comparison', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    ctx.body = { files: await askComparison(corridor, tenantId, { actor, asked: await readJson(ctx, asked, 10_000) }) };
    corridor.poke();
  });
  router.post('/urad/api/records/comparison/differences/:id/send', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    const { commandId } = await readJson(ctx, sent, 10_000);
    await sendDifference(corridor, tenantId, { actor, commandId, id: idParam(ctx, 'id') });
    ctx.status = 204;
  });
  router.post('/urad/api/records/comparison/differences/:id/seen', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    const { reason } = await readJson(ctx, noted, 10_000);
    await noteDifference(corridor, tenantId, { actor, id: idParam(ctx, 'id'), reason });
    ctx.status = 204;
  });
}
