// What a page needs to know about its visitor.
import type { Context } from 'koa';
import type { PortalSession } from '../../contract/portal.ts';
import { authState } from '../auth/guards.ts';
import type { House } from '../house.ts';
import { identityOf } from './identity.ts';

export function portalSession(house: House, ctx: Context): PortalSession {
  const { tenantId, citizen } = authState(ctx);
  return {
    person: citizen
      ? {
          givenName: citizen.person.givenName,
          familyName: citizen.person.familyName,
          loa: citizen.loa,
          identity: identityOf(citizen.person),
        }
      : null,
    csrf: citizen?.csrf ?? '',
    town: house.townCard(tenantId),
    now: house.corridor.clock.now().toISOString(),
    expiresAt: citizen?.expiresAt.toISOString() ?? null,
  };
}
