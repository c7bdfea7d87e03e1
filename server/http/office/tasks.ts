// Officers' queues and tasks.
import type Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { assignTaskTo, claimTask, completeTask, releaseTask } from '../../cases/commands/index.ts';
import { dropUpload, keepTaskDraft } from '../../cases/loose-files.ts';
import { execute } from '../../cases/execute.ts';
import { officeCase } from '../../queries/office-case.ts';
import { listOfficers, listTasks, nextTask, officeTask, queueCounts, taskOf, type TaskQuery } from '../../queries/office-tasks.ts';
import { idParam, officerOf, param, type House } from '../house.ts';
import { readJson } from '../middleware/body.ts';
import { receiveFile } from '../portal/drafts.ts';

const values = z.record(z.string(), z.unknown());
const commandId = z.string().min(8).max(100);
const taskQuery = z.object({
  queue: z.enum(['mine', 'group', 'unassigned', 'overdue', 'all']).default('group'),
  sort: z.enum(['due', 'opened', 'mark', 'title']).default('due'),
  dir: z.enum(['asc', 'desc']).default('asc'),
  q: z.string().max(200).default(''),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
});

const BASE = '/urad/api/tasks/:caseId/:executionId';

export function addTaskRoutes(router: Router, house: House): void {
  const { corridor, reader } = house;
  router.get('/urad/api/queues', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    ctx.body = await queueCounts(reader, tenantId, actor);
  });
  router.get('/urad/api/tasks', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    ctx.body = await listTasks(reader, tenantId, actor, taskQuery.parse({ ...ctx.query }) as TaskQuery);
  });
  router.get('/urad/api/officers', async (ctx) => {
    ctx.body = { officers: await listOfficers(reader, officerOf(ctx).tenantId) };
  });
  router.get(BASE, async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    ctx.body = await officeTask(reader, tenantId, actor, idParam(ctx, 'caseId'), param(ctx, 'executionId'));
  });
  addAssignment(router, house);
  router.post(`${BASE}/complete`, async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    const asked = await readJson(ctx, z.object({ commandId, values }));
    await execute(corridor, tenantId, idParam(ctx, 'caseId'), completeTask, {
      commandId: asked.commandId,
      actor,
      data: { executionId: param(ctx, 'executionId'), values: asked.values as never },
    });
    ctx.body = { next: await nextTask(reader, tenantId, actor), case: await officeCase(reader, tenantId, idParam(ctx, 'caseId')) };
  });
  router.put(`${BASE}/draft`, async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    await keepTaskDraft(corridor, tenantId, actor, place(ctx), (await readJson(ctx, z.object({ values }))).values);
    ctx.status = 204;
  });
  router.post(`${BASE}/files`, async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    await receiveFile(house, ctx, tenantId, actor, place(ctx));
  });
  router.delete(`${BASE}/files/:fileId`, async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    await dropUpload(corridor, tenantId, actor, place(ctx), idParam(ctx, 'fileId'));
    ctx.status = 204;
  });
}

function addAssignment(router: Router, house: House): void {
  const { corridor, reader } = house;
  const ask = z.object({ commandId, officerId: z.uuid().optional() });
  for (const [path, command] of [
    ['claim', claimTask],
    ['release', releaseTask],
  ] as const) {
    router.post(`${BASE}/${path}`, async (ctx) => {
      const { tenantId, actor } = officerOf(ctx);
      const asked = await readJson(ctx, ask);
      await execute(corridor, tenantId, idParam(ctx, 'caseId'), command, {
        commandId: asked.commandId,
        actor,
        data: { executionId: param(ctx, 'executionId') },
      });
      ctx.body = await taskOf(reader, tenantId, idParam(ctx, 'caseId'), param(ctx, 'executionId'));
    });
  }
  router.post(`${BASE}/assign`, async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    const asked = await readJson(ctx, ask.required());
    await execute(corridor, tenantId, idParam(ctx, 'caseId'), assignTaskTo, {
      commandId: asked.commandId,
      actor,
      data: { executionId: param(ctx, 'executionId'), officerId: asked.officerId },
    });
    ctx.body = await taskOf(reader, tenantId, idParam(ctx, 'caseId'), param(ctx, 'executionId'));
  });
}

const place = (ctx: Context): { kind: 'task'; caseId: string; executionId: string } => ({
  kind: 'task',
  caseId: idParam(ctx, 'caseId'),
  executionId: param(ctx, 'executionId'),
});
