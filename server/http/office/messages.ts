// Messages from outside at the officer's desk: lists, one message with its files, and what an officer decides about it.
import type Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { dismissMessage, noteMessageSeen, sortMessage, undismissMessage, unsortMessage } from '../../cases/messages/desk.ts';
import { foundByMessage } from '../../cases/messages/found.ts';
import { listMessages, messageDetail, messageFile, unseenMessages } from '../../queries/messages.ts';
import { idParam, officerOf, sendFile, type House } from '../house.ts';
import { readJson } from '../middleware/body.ts';

const commandId = z.string().min(8).max(100);
const view = z.enum(['unsorted', 'placed', 'dismissed']).default('unsorted');
const asked = z.object({ commandId });
const withNote = asked.extend({ note: z.string().max(4_000).default('') });
const withSituation = asked.extend({ situation: z.string().min(1).max(100) });
const withMark = asked.extend({ mark: z.string().min(1).max(100) });

export function addMessageRoutes(router: Router, house: House): void {
  const { corridor, reader } = house;
  router.get('/urad/api/messages', async (ctx) => {
    ctx.body = { messages: await listMessages(reader, officerOf(ctx).tenantId, view.parse(ctx.query['view'])) };
  });
  router.get('/urad/api/cases/:id/messages', async (ctx) => {
    ctx.body = { messages: await unseenMessages(reader, officerOf(ctx).tenantId, idParam(ctx, 'id')) };
  });
  router.get('/urad/api/messages/:id', async (ctx) => {
    ctx.body = await messageDetail(reader, officerOf(ctx).tenantId, idParam(ctx, 'id'));
  });
  router.get('/urad/api/messages/:id/files/:fileId', async (ctx) => {
    const file = await messageFile(reader, officerOf(ctx).tenantId, idParam(ctx, 'id'), idParam(ctx, 'fileId'));
    sendFile(ctx, file, false);
  });
  router.post('/urad/api/messages/:id/assign', async (ctx) => {
    const given = await readJson(ctx, withMark);
    await sortMessage(corridor, officerOf(ctx).tenantId, { ...byOfficer(ctx), ...given });
    ctx.status = 204;
  });
  router.post('/urad/api/messages/:id/take-out', async (ctx) => {
    const given = await readJson(ctx, withNote);
    await unsortMessage(corridor, officerOf(ctx).tenantId, { ...byOfficer(ctx), ...given });
    ctx.status = 204;
  });
  router.post('/urad/api/messages/:id/dismiss', async (ctx) => {
    const given = await readJson(ctx, withNote);
    await dismissMessage(corridor, officerOf(ctx).tenantId, { ...byOfficer(ctx), ...given });
    ctx.status = 204;
  });
  router.post('/urad/api/messages/:id/bring-back', async (ctx) => {
    const given = await readJson(ctx, asked);
    await undismissMessage(corridor, officerOf(ctx).tenantId, { ...byOfficer(ctx), ...given });
    ctx.status = 204;
  });
  router.post('/urad/api/messages/:id/seen', async (ctx) => {
    const given = await readJson(ctx, asked);
    await noteMessageSeen(corridor, officerOf(ctx).tenantId, { ...byOfficer(ctx), ...given });
    ctx.status = 204;
  });
  router.post('/urad/api/messages/:id/found', async (ctx) => {
    const message = byOfficer(ctx);
    const { situation } = await readJson(ctx, withSituation);
    ctx.body = await foundByMessage(corridor, officerOf(ctx).tenantId, { ...message, situation });
  });
}

const byOfficer = (ctx: Context) => ({ actor: officerOf(ctx).actor, inboxId: idParam(ctx, 'id') });
