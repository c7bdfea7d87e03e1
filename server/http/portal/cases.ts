// A citizen's own cases: reading, his tasks, withdrawal, documents.
import type Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { documentOfCase } from '../../cases/clerks-desk.ts';
import { completeTask, withdraw } from '../../cases/commands/index.ts';
import { dropUpload, keepTaskDraft } from '../../cases/loose-files.ts';
import { execute } from '../../cases/execute.ts';
import { Problem } from '../../domain/problem.ts';
import { covers } from '../../domain/representation.ts';
import { citizenCase, citizenTask, listCitizenCases } from '../../queries/citizen-cases.ts';
import { citizenOf, idParam, param, sendFile, type House } from '../house.ts';
import { apiLanguage } from '../language.ts';
import { readJson } from '../middleware/body.ts';
import { receiveFile } from './drafts.ts';
import { demandLevelForCase } from './needed-level.ts';

const values = z.record(z.string(), z.unknown());
const commandId = z.string().min(8).max(100);
const complete = z.object({ commandId, values });
const withdrawal = z.object({ commandId, reason: z.string().max(2_000).optional() });

export function addCaseRoutes(router: Router, house: House): void {
  const { corridor, reader } = house;
  const show = async (ctx: Context): Promise<void> => {
    const { tenantId, actor } = citizenOf(ctx);
    ctx.body = await citizenCase(reader, tenantId, actor.id, idParam(ctx, 'id'), apiLanguage(ctx));
  };
  router.get('/api/cases', async (ctx) => {
    const { tenantId, actor } = citizenOf(ctx);
    const cases = await listCitizenCases(reader, tenantId, actor.id, apiLanguage(ctx));
    ctx.body = { cases: cases.filter(({ service }) => !actor.by || covers(actor.by.scope, 'read', service)) };
  });
  router.get('/api/cases/:id', show);
  router.post('/api/cases/:id/withdraw', async (ctx) => {
    const { tenantId, actor } = citizenOf(ctx);
    const asked = await readJson(ctx, withdrawal);
    await demandLevelForCase(ctx, house);
    await execute(corridor, tenantId, idParam(ctx, 'id'), withdraw, {
      commandId: asked.commandId,
      actor,
      data: { reason: asked.reason ?? '' },
    });
    await show(ctx);
  });
  addTaskRoutes(router, house, show);
  addDocumentRoutes(router, house);
}

function addTaskRoutes(router: Router, house: House, show: (ctx: Context) => Promise<void>): void {
  const { corridor, reader } = house;
  const base = '/api/cases/:id/tasks/:executionId';
  const place = (ctx: Context): { kind: 'task'; caseId: string; executionId: string } => ({
    kind: 'task',
    caseId: idParam(ctx, 'id'),
    executionId: param(ctx, 'executionId'),
  });
  router.get(base, async (ctx) => {
    const { tenantId, actor } = citizenOf(ctx);
    ctx.body = await citizenTask(reader, tenantId, actor.id, idParam(ctx, 'id'), param(ctx, 'executionId'), apiLanguage(ctx));
  });
  router.put(`${base}/draft`, async (ctx) => {
    const { tenantId, actor } = citizenOf(ctx);
    await keepTaskDraft(corridor, tenantId, actor, place(ctx), (await readJson(ctx, z.object({ values }))).values);
    ctx.status = 204;
  });
  router.post(`${base}/complete`, house.auth.limitForms, async (ctx) => {
    const { tenantId, actor } = citizenOf(ctx);
    const asked = await readJson(ctx, complete);
    await demandLevelForCase(ctx, house);
    await execute(corridor, tenantId, idParam(ctx, 'id'), completeTask, {
      commandId: asked.commandId,
      actor,
      data: { executionId: param(ctx, 'executionId'), values: asked.values as never },
    });
    await show(ctx);
  });
  router.post(`${base}/files`, async (ctx) => {
    const { tenantId, actor } = citizenOf(ctx);
    await receiveFile(house, ctx, tenantId, actor, place(ctx));
  });
  router.delete(`${base}/files/:fileId`, async (ctx) => {
    const { tenantId, actor } = citizenOf(ctx);
    await dropUpload(corridor, tenantId, actor, place(ctx), idParam(ctx, 'fileId'));
    ctx.status = 204;
  });
}

function addDocumentRoutes(router: Router, house: House): void {
  const { corridor, reader } = house;
  router.get('/api/cases/:id/documents/:documentId', async (ctx) => {
    const { tenantId, actor } = citizenOf(ctx);
    const document = await documentOfCase(corridor, tenantId, idParam(ctx, 'id'), idParam(ctx, 'documentId'), actor.id);
    sendFile(ctx, await house.fileOf(tenantId, document), false);
  });
  router.get('/api/cases/:id/receipt.pdf', async (ctx) => {
    const { tenantId, actor } = citizenOf(ctx);
    const found = await citizenCase(reader, tenantId, actor.id, idParam(ctx, 'id'), 'cs');
    const submission = found.documents.find((document) => document.kind === 'submission');
    if (!submission) throw new Problem('not-found', 'document-not-found');
    sendFile(ctx, await house.fileOf(tenantId, await documentOfCase(corridor, tenantId, found.id, submission.id, actor.id)), false);
  });
  router.get('/api/cases/:id/prescriptions/:prescriptionId/qr.svg', async (ctx) => {
    const { tenantId, actor } = citizenOf(ctx);
    const found = await citizenCase(reader, tenantId, actor.id, idParam(ctx, 'id'), 'cs');
    const prescription = found.payments.find((payment) => payment.id === param(ctx, 'prescriptionId') && payment.spayd !== '');
    if (!prescription) throw new Problem('not-found', 'prescription-not-found');
    ctx.type = 'image/svg+xml';
    ctx.body = await house.qrSvg(prescription.spayd);
  });
}
