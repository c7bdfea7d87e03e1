// Cases, incidents and money at the officer's desk.
import type Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { clearPayment, returnPayment } from '../../cases/clear-payment.ts';
import { documentOfCase, retryIncident } from '../../cases/clerks-desk.ts';
import { addNote } from '../../cases/commands/index.ts';
import { execute } from '../../cases/execute.ts';
import { unmatchedPayments } from '../../queries/unplaced-money.ts';
import { permitMoney } from '../../domain/permission.ts';
import { caseDiagram, listCases, listIncidents, officeCase } from '../../queries/office-case.ts';
import { idParam, officerOf, param, sendFile, type House } from '../house.ts';
import { readJson } from '../middleware/body.ts';

const commandId = z.string().min(8).max(100);
const text = z.string().max(4_000);
const caseQuery = z.object({
  q: z.string().max(200).default(''),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  state: z.enum(['open', 'ended', 'all']).default('open'),
  service: z.string().max(100).default(''),
});

export function addCaseRoutes(router: Router, house: House): void {
  const { corridor, reader } = house;
  router.get('/urad/api/cases', async (ctx) => {
    ctx.body = await listCases(reader, officerOf(ctx).tenantId, caseQuery.parse({ ...ctx.query }));
  });
  router.get('/urad/api/cases/:id', async (ctx) => {
    ctx.body = await officeCase(reader, officerOf(ctx).tenantId, idParam(ctx, 'id'));
  });
  router.get('/urad/api/cases/:id/diagram', async (ctx) => {
    ctx.body = await caseDiagram(reader, officerOf(ctx).tenantId, idParam(ctx, 'id'));
  });
  router.get('/urad/api/cases/:id/documents/:documentId', async (ctx) => {
    const { tenantId } = officerOf(ctx);
    const file = await house.fileOf(
      tenantId,
      await documentOfCase(corridor, tenantId, idParam(ctx, 'id'), idParam(ctx, 'documentId'), null),
    );
    sendFile(ctx, file, file.mime === 'application/pdf');
  });
  router.post('/urad/api/cases/:id/notes', async (ctx) => {
    const { tenantId, actor, name } = officerOf(ctx);
    const asked = await readJson(ctx, z.object({ commandId, text }));
    const { result } = await execute(corridor, tenantId, idParam(ctx, 'id'), addNote, {
      commandId: asked.commandId,
      actor,
      data: { text: asked.text },
    });
    ctx.status = 201;
    ctx.body = { ...(result as { id: string; at: string }), author: name, text: asked.text.trim() };
  });
  addIncidents(router, house);
  addMoney(router, house);
}

function addIncidents(router: Router, house: House): void {
  router.get('/urad/api/incidents', async (ctx) => {
    ctx.body = { incidents: await listIncidents(house.reader, officerOf(ctx).tenantId) };
  });
  router.post('/urad/api/incidents/:id/retry', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    await retryIncident(house.corridor, tenantId, { ...(await readJson(ctx, z.object({ commandId }))), actor, id: incidentId(ctx) });
    ctx.status = 204;
  });
}

/** `effect:<key>`, or the id of a row. */
const incidentId = (ctx: Context): string => (param(ctx, 'id').startsWith('effect:') ? param(ctx, 'id') : idParam(ctx, 'id'));

function addMoney(router: Router, house: House): void {
  const { corridor } = house;
  router.get('/urad/api/payments/unmatched', async (ctx) => {
    ctx.body = { payments: await unmatchedPayments(house.reader, officerOf(ctx).tenantId) };
  });
  router.post('/urad/api/payments/:id/match', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    permitMoney(actor);
    const asked = await readJson(ctx, z.object({ commandId, variableSymbol: z.string().regex(/^\d{1,10}$/), note: text.default('') }));
    const data = { paymentId: idParam(ctx, 'id'), variableSymbol: asked.variableSymbol, note: asked.note };
    await clearPayment(corridor, tenantId, { commandId: asked.commandId, actor, data });
    ctx.status = 204;
  });
  router.post('/urad/api/payments/:id/return', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    permitMoney(actor);
    const asked = await readJson(ctx, z.object({ commandId, note: text.default('') }));
    const data = { paymentId: idParam(ctx, 'id'), note: asked.note };
    await returnPayment(corridor, tenantId, { commandId: asked.commandId, actor, data });
    ctx.status = 204;
  });
}
