// An officer's own logins: where he is logged in, and how he ends it elsewhere.
import type { Context } from 'koa';
import type Router from '@koa/router';
import type { EndedSessions, OfficerSessions } from '../../contract/officers.ts';
import { Problem } from '../../domain/problem.ts';
import type { SessionOwner } from '../../people/overview.ts';
import { authState } from '../auth/guards.ts';
import type { House } from '../house.ts';

export function addAccountRoutes(router: Router, { people }: House): void {
  router.get('/urad/api/account/sessions', async (ctx) => {
    const sessions = await people.sessionsOf(authState(ctx).tenantId, ownerOf(ctx));
    ctx.body = {
      sessions: sessions.map(({ key, device, since, lastSeenAt, current }) => ({ key, device, since, lastSeenAt, current })),
    } satisfies OfficerSessions;
  });
  router.post('/urad/api/account/sessions/end-others', async (ctx) => {
    ctx.body = { ended: await people.endOtherSessions(authState(ctx).tenantId, ownerOf(ctx)) } satisfies EndedSessions;
  });
  router.post('/urad/api/account/sessions/:key/end', async (ctx: Context & { readonly params?: { readonly key?: string } }) => {
    await people.endSession(authState(ctx).tenantId, ownerOf(ctx), ctx.params?.key ?? '');
    ctx.status = 204;
  });
}

function ownerOf(ctx: Context): SessionOwner {
  const { officer } = authState(ctx);
  if (!officer) throw new Problem('forbidden', 'login-required');
  return { kind: 'officer', id: officer.officer.id, current: officer.idHash };
}
