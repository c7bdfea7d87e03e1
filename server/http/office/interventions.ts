// Interventions in running cases: incidents helped, tokens moved, cases stopped and ended. What an officer may is decided in the corridor.
import type Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { orderRetry } from '../../cases/batches.ts';
import { cancelCase, resume, suspend } from '../../cases/commands/index.ts';
import { execute } from '../../cases/execute.ts';
import { answerByHand, correctVariables } from '../../cases/incident-help.ts';
import { modifySeen, previewCancel, previewModify, readInterventionDesk } from '../../cases/intervention-desk.ts';
import { readBatch } from '../../queries/batches.ts';
import { readIncidentBoard } from '../../queries/incident-board.ts';
import { idParam, officerOf, param, type House } from '../house.ts';
import { readJson } from '../middleware/body.ts';

const commandId = z.string().min(8).max(100);
const reason = z.string().max(2_000);
const word = z.string().min(1).max(300);
const operation = z.discriminatedUnion('op', [
  z.object({ op: z.literal('cancel'), executionId: word }),
  z.object({ op: z.literal('complete'), executionId: word, output: z.json().optional() }),
  z.object({ op: z.literal('start'), elementId: word, scope: z.string().max(300).optional() }),
]);
const operations = z.array(operation).max(50);
const act = z.object({ commandId, reason });
const BASE = '/urad/api/cases/:id';

export function addInterventionRoutes(router: Router, house: House): void {
  addDesk(router, house);
  addActs(router, house);
  addIncidentHelp(router, house);
}

function addDesk(router: Router, { corridor }: House): void {
  router.get(`${BASE}/operations`, async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    ctx.body = await readInterventionDesk(corridor, tenantId, actor, idParam(ctx, 'id'));
  });
  router.post(`${BASE}/modify/preview`, async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    const asked = await readJson(ctx, z.object({ operations }));
    ctx.body = await previewModify(corridor, tenantId, idParam(ctx, 'id'), { actor, operations: asked.operations as never });
  });
  router.post(`${BASE}/cancel/preview`, async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    ctx.body = await previewCancel(corridor, tenantId, idParam(ctx, 'id'), actor);
  });
  router.post(`${BASE}/modify`, async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    const asked = await readJson(ctx, act.extend({ operations, revision: z.number().int().min(0) }));
    await modifySeen(corridor, tenantId, idParam(ctx, 'id'), { ...asked, operations: asked.operations as never, actor });
    ctx.status = 204;
  });
}

function addActs(router: Router, { corridor }: House): void {
  for (const [path, command] of [
    ['suspend', suspend],
    ['resume', resume],
    ['cancel', cancelCase],
  ] as const) {
    router.post(`${BASE}/${path}`, async (ctx) => {
      const { tenantId, actor } = officerOf(ctx);
      const asked = await readJson(ctx, act);
      const request = { commandId: asked.commandId, actor, data: { reason: asked.reason } };
      await execute(corridor, tenantId, idParam(ctx, 'id'), command as typeof suspend, request);
      ctx.status = 204;
    });
  }
}

const filter = z.object({ service: word.optional(), element: word.optional(), code: word.optional() });
const many = z.object({
  commandId,
  ids: z.array(z.string().min(1).max(200)).min(1).max(1_000).optional(),
  service: word.optional(),
  element: word.optional(),
  code: word.optional(),
});

function addIncidentHelp(router: Router, { corridor, reader }: House): void {
  router.get('/urad/api/incidents/board', async (ctx) => {
    const { service, element, code } = filter.parse({ ...ctx.query });
    ctx.body = await readIncidentBoard(reader, officerOf(ctx).tenantId, given({ situation: service, elementId: element, code }));
  });
  router.post('/urad/api/incidents/retry-many', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    const { commandId: id, ids, service, element, code } = await readJson(ctx, many);
    const which = given({ ids, situation: service, elementId: element, code });
    ctx.status = 201;
    ctx.body = await readBatch(reader, tenantId, await orderRetry(corridor, tenantId, { commandId: id, actor, which }));
  });
  router.post('/urad/api/incidents/:id/variables', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    const asked = await readJson(ctx, act.extend({ variables: z.record(z.string().max(200), z.json()), retry: z.boolean() }));
    await correctVariables(corridor, tenantId, { ...asked, variables: asked.variables as never, id: incidentId(ctx), actor });
    ctx.status = 204;
  });
  router.post('/urad/api/incidents/:id/answer', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    const asked = await readJson(ctx, act.extend({ output: z.json() }));
    await answerByHand(corridor, tenantId, { ...asked, output: asked.output as never, id: incidentId(ctx), actor });
    ctx.status = 204;
  });
}

/** `effect:<key>`, or the id of a row. */
const incidentId = (ctx: Context): string => (param(ctx, 'id').startsWith('effect:') ? param(ctx, 'id') : idParam(ctx, 'id'));

/** Without the fields that were not asked for. */
function given<T extends object>(fields: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}
