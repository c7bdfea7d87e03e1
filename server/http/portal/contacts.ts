// The citizen's e-mail and telephone for notices: asked to be confirmed, confirmed, forgotten.
import type Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { askToConfirm, confirmContact, forgetContact } from '../../cases/account/contacts.ts';
import { Problem } from '../../domain/problem.ts';
import { reminderSettings } from '../../queries/account/notices.ts';
import { citizenOf, param, type House } from '../house.ts';
import { readJson } from '../middleware/body.ts';

const wanted = z.object({ address: z.string().trim().min(1).max(254) });
const shown = z.object({ secret: z.string().trim().min(1).max(100) });

export function addContactRoutes(router: Router, house: House): void {
  const { corridor, reader } = house;
  const settings = async (ctx: Context): Promise<void> => {
    const { tenantId, actor } = citizenOf(ctx);
    ctx.body = { ...(await reminderSettings(reader, tenantId, actor.id)), sms: house.sendsSms };
  };
  router.post('/api/contacts/:channel', house.auth.limitForms, async (ctx) => {
    const { tenantId, actor } = citizenOf(ctx);
    const channel = channelOf(ctx);
    await askToConfirm(corridor, tenantId, { personId: actor.id, channel, ...(await readJson(ctx, wanted)) });
    await settings(ctx);
    ctx.status = 202;
  });
  router.post('/api/contacts/:channel/confirm', house.auth.limitForms, async (ctx) => {
    const { tenantId, actor } = citizenOf(ctx);
    await confirmContact(corridor, tenantId, { personId: actor.id, channel: channelOf(ctx), ...(await readJson(ctx, shown)) });
    await settings(ctx);
  });
  router.delete('/api/contacts/:channel', async (ctx) => {
    const { tenantId, actor } = citizenOf(ctx);
    await forgetContact(corridor, tenantId, actor.id, channelOf(ctx));
    await settings(ctx);
  });
}

function channelOf(ctx: Context): 'email' | 'sms' {
  const channel = param(ctx, 'channel');
  if (channel === 'email') return 'email';
  if (channel === 'phone') return 'sms';
  throw new Problem('not-found', 'not-found');
}
