// Drafts: begun, saved, resumed, filled with files, filed.
import type Router from '@koa/router';
import { z } from 'zod';
import { dropDraft, keepDraft, openDraft } from '../../cases/drafts.ts';
import { dropUpload, formOfOwner, keepUpload, type LooseOwner } from '../../cases/loose-files.ts';
import { startCase } from '../../cases/start.ts';
import type { Actor } from '../../domain/permission.ts';
import { covers, permitAct } from '../../domain/representation.ts';
import { fileCard, listDrafts, readDraft } from '../../queries/drafts.ts';
import { servicePage } from '../../queries/services.ts';
import { authState } from '../auth/guards.ts';
import { citizenOf, idParam, type House } from '../house.ts';
import { apiLanguage } from '../language.ts';
import { readBytes, readJson } from '../middleware/body.ts';
import { inspectUpload, MAX_FILE_BYTES } from '../../cases/uploads.ts';
import { identityOf } from './identity.ts';
import { demandLevel, demandLevelForDraft } from './needed-level.ts';
import type { Context } from 'koa';

const values = z.record(z.string(), z.unknown());
const begin = z.object({ service: z.string().max(100) });
/** Fits the database's `integer`, with room to count on. */
const revision = z.number().int().min(0).max(2_000_000_000);
const save = z.object({ values, page: z.string().max(100).nullable(), revision });
const submit = z.object({ commandId: z.string().min(8).max(100), revision, values });

export function addDraftRoutes(router: Router, house: House): void {
  const { corridor, reader } = house;
  router.get('/api/drafts', async (ctx) => {
    const { tenantId, actor } = citizenOf(ctx);
    const drafts = await listDrafts(reader, tenantId, actor.id, apiLanguage(ctx));
    ctx.body = { drafts: drafts.filter(({ service }) => !actor.by || covers(actor.by.scope, 'file', service)) };
  });
  router.post('/api/drafts', async (ctx) => {
    const { tenantId, actor } = citizenOf(ctx);
    const { service } = await readJson(ctx, begin);
    if (actor.by) permitAct(actor.by.scope, 'file', service);
    demandLevel(ctx, (await servicePage(reader, tenantId, service, 'cs')).login);
    const opened = await openDraft(corridor, tenantId, { id: actor.id, identity: identity(ctx) }, service);
    const draft = await readDraft(reader, tenantId, actor.id, opened.draftId, apiLanguage(ctx));
    ctx.status = 201;
    ctx.body = opened.dropped.length > 0 ? { ...draft, dropped: opened.dropped } : draft;
  });
  router.get('/api/drafts/:id', async (ctx) => {
    const { tenantId, actor } = citizenOf(ctx);
    ctx.body = await readDraft(reader, tenantId, actor.id, idParam(ctx, 'id'), apiLanguage(ctx));
  });
  router.put('/api/drafts/:id', async (ctx) => {
    const { tenantId, actor } = citizenOf(ctx);
    ctx.body = await keepDraft(corridor, tenantId, actor.id, idParam(ctx, 'id'), await readJson(ctx, save));
  });
  router.delete('/api/drafts/:id', async (ctx) => {
    const { tenantId, actor } = citizenOf(ctx);
    await dropDraft(corridor, tenantId, actor.id, idParam(ctx, 'id'));
    ctx.status = 204;
  });
  router.post('/api/drafts/:id/submit', house.auth.limitForms, async (ctx) => {
    const { tenantId, actor } = citizenOf(ctx);
    const asked = await readJson(ctx, submit);
    await demandLevelForDraft(ctx, house);
    ctx.body = await startCase(corridor, tenantId, { ...asked, actor, draftId: idParam(ctx, 'id'), identity: identity(ctx) });
  });
  router.post('/api/drafts/:id/files', async (ctx) => {
    const { tenantId, actor } = citizenOf(ctx);
    await receiveFile(house, ctx, tenantId, actor, { kind: 'draft', draftId: idParam(ctx, 'id') });
  });
  router.delete('/api/drafts/:id/files/:fileId', async (ctx) => {
    const { tenantId, actor } = citizenOf(ctx);
    await dropUpload(corridor, tenantId, actor, { kind: 'draft', draftId: idParam(ctx, 'id') }, idParam(ctx, 'fileId'));
    ctx.status = 204;
  });
}

function identity(ctx: Context): Readonly<Record<string, string>> {
  const { citizen } = authState(ctx);
  return citizen ? identityOf(citizen) : {};
}

/** Raw bytes of one file: `?key=<field>&name=<file name>`. Checked before anything is stored. */
export async function receiveFile(house: House, ctx: Context, tenantId: number, actor: Actor, owner: LooseOwner): Promise<void> {
  const field = String(ctx.query['key'] ?? '');
  const form = await formOfOwner(house.corridor, tenantId, actor, owner);
  const content = await readBytes(ctx, MAX_FILE_BYTES, 'file-too-large');
  const { name, mime } = await inspectUpload(form, { field, name: String(ctx.query['name'] ?? ''), content });
  const kept = await keepUpload(house.corridor, tenantId, actor, owner, { field, name, mime, content });
  ctx.status = 201;
  ctx.body = fileCard(kept);
}
