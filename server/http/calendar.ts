// Private calendar addresses: a person turns one on, gets it told once, and may kill it. A calendar programme reads it without a login,
// so the address itself is the secret.
import type Router from '@koa/router';
import type { Context } from 'koa';
import type { CalendarFeed } from '../contract/deadlines.ts';
import { Problem } from '../domain/problem.ts';
import { feedState, startFeed, stopFeed, type FeedOwner } from '../cases/calendar-feed.ts';
import { feedText } from '../queries/due-calendar.ts';
import { authState } from './auth/guards.ts';
import { citizenOf, officerOf, param, type House } from './house.ts';

type Whose = (ctx: Context) => { readonly tenantId: number; readonly owner: FeedOwner };
const citizens: Whose = (ctx) => {
  const { tenantId, actor } = citizenOf(ctx);
  return { tenantId, owner: { kind: 'citizen', id: actor.id } };
};
const officers: Whose = (ctx) => {
  const { tenantId, actor } = officerOf(ctx);
  return { tenantId, owner: { kind: 'officer', id: actor.id } };
};

export function addCalendarRoutes(router: Router, house: House): void {
  addFeed(router, house, '/api/calendar-feed', citizens);
  addFeed(router, house, '/urad/api/calendar-feed', officers);
  router.get('/kalendar/:token.ics', async (ctx) => {
    const { tenantId } = authState(ctx);
    const text = await feedText(house.reader, tenantId, param(ctx, 'token'), house.corridor.town(tenantId).publicUrl);
    if (text === undefined) throw new Problem('not-found', 'calendar-not-found');
    ctx.set('Cache-Control', 'private, no-store');
    sendCalendar(ctx, text, 'lhuty.ics');
  });
}

function addFeed(router: Router, { corridor }: House, path: string, whose: Whose): void {
  router.get(path, async (ctx) => {
    const { tenantId, owner } = whose(ctx);
    ctx.body = stateOf(await feedState(corridor, tenantId, owner), null);
  });
  router.post(path, async (ctx) => {
    const { tenantId, owner } = whose(ctx);
    const token = await startFeed(corridor, tenantId, owner);
    ctx.status = 201;
    ctx.body = stateOf(await feedState(corridor, tenantId, owner), `${corridor.town(tenantId).publicUrl}/kalendar/${token}.ics`);
  });
  router.delete(path, async (ctx) => {
    const { tenantId, owner } = whose(ctx);
    await stopFeed(corridor, tenantId, owner);
    ctx.status = 204;
  });
}

function stateOf(feed: { readonly createdAt: string; readonly readAt: string | null } | undefined, url: string | null): CalendarFeed {
  return { isOn: feed !== undefined, url, createdAt: feed?.createdAt ?? null, readAt: feed?.readAt ?? null };
}

export function sendCalendar(ctx: Context, text: string, name: string): void {
  ctx.set('Content-Disposition', `attachment; filename="${name}"`);
  ctx.type = 'text/calendar; charset=utf-8';
  ctx.body = text;
}
