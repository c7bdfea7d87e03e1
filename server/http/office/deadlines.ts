// Deadlines at the officer's desk: one case's with their records, changes by hand, the calendar of a department, inaction.
import type Router from '@koa/router';
import { z } from 'zod';
import { changeDeadline, noteDelivery } from '../../cases/commands/index.ts';
import { execute } from '../../cases/execute.ts';
import { casesDue, dueCalendar, inactionAlerts } from '../../queries/due-calendar.ts';
import { deadlineFile, officeDeadlines } from '../../queries/case-deadlines.ts';
import { sendCalendar } from '../calendar.ts';
import { idParam, officerOf, param, type House } from '../house.ts';
import { readJson } from '../middleware/body.ts';

const commandId = z.string().min(8).max(100);
const word = z.string().max(100);
const change = z.union([
  z.strictObject({
    kind: z.literal('event'),
    type: word,
    at: z.union([z.literal(''), z.iso.date()]),
    days: z.number().int().min(1).max(3_650).optional(),
    lawReason: word.optional(),
    ref: word.optional(),
  }),
  z.strictObject({ kind: z.literal('cancel'), seq: z.number().int().min(1).max(1_000_000) }),
]);
const asked = z.object({ commandId, reason: z.string().max(2_000), change });
const span = z.object({ from: z.iso.date(), to: z.iso.date(), group: z.string().max(100).default('') });
const ids = z
  .string()
  .max(4_000)
  .transform((text) => text.split(',').filter((id) => id !== ''))
  .pipe(z.array(z.uuid()).max(100));
const BASE = '/urad/api/cases/:id/deadlines';

export function addDeadlineRoutes(router: Router, house: House): void {
  const { corridor, reader } = house;
  router.get(BASE, async (ctx) => {
    ctx.body = await officeDeadlines(reader, officerOf(ctx).tenantId, idParam(ctx, 'id'));
  });
  router.get(`${BASE}/:name.ics`, async (ctx) => {
    const { tenantId } = officerOf(ctx);
    const { publicUrl } = corridor.town(tenantId);
    const about = { caseId: idParam(ctx, 'id'), name: param(ctx, 'name'), personId: null, lang: 'cs' as const, publicUrl };
    sendCalendar(ctx, await deadlineFile(reader, tenantId, about), 'lhuta.ics');
  });
  router.post(`${BASE}/:name`, async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    const given = await readJson(ctx, asked);
    const data = { deadline: param(ctx, 'name'), reason: given.reason, change: changeOf(given.change) };
    await execute(corridor, tenantId, idParam(ctx, 'id'), changeDeadline, { commandId: given.commandId, actor, data });
    ctx.body = await officeDeadlines(reader, tenantId, idParam(ctx, 'id'));
  });
  router.post('/urad/api/cases/:id/delivery', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    const given = await readJson(ctx, z.object({ commandId, deliveredOn: z.iso.date(), documentId: z.uuid().optional() }));
    const { deliveredOn, documentId } = given;
    const data = { deliveredOn, ...(documentId === undefined ? {} : { documentId }) };
    await execute(corridor, tenantId, idParam(ctx, 'id'), noteDelivery, { commandId: given.commandId, actor, data });
    ctx.body = await officeDeadlines(reader, tenantId, idParam(ctx, 'id'));
  });
  router.get('/urad/api/calendar', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    ctx.body = await dueCalendar(reader, tenantId, actor, span.parse({ ...ctx.query }));
  });
  router.get('/urad/api/inaction', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    ctx.body = { alerts: await inactionAlerts(reader, tenantId, actor) };
  });
  router.get('/urad/api/cases-due', async (ctx) => {
    ctx.body = await casesDue(reader, officerOf(ctx).tenantId, ids.parse(String(ctx.query['ids'] ?? '')));
  });
}

/** The words of the calculation: `reason` there is the reason of the law, the officer's own is kept beside. */
function changeOf(given: z.infer<typeof change>): Parameters<typeof changeDeadline.accept>[1]['data']['change'] {
  if (given.kind === 'cancel') return given;
  const { type, at, days, lawReason, ref } = given;
  return {
    kind: 'event',
    type,
    at,
    detail: {
      ...(days === undefined ? {} : { days }),
      ...(lawReason === undefined ? {} : { reason: lawReason }),
      ...(ref === undefined ? {} : { ref }),
    },
  };
}
