// What a page needs to know about its visitor.
import type { Context } from 'koa';
import type { PortalPerson, PortalSession } from '../../contract/portal.ts';
import { fullName } from '../../domain/representation.ts';
import type { CitizenSession } from '../../people/sessions.ts';
import { authState } from '../auth/guards.ts';
import type { House } from '../house.ts';
import { identityOf } from './identity.ts';

export async function portalSession(house: House, ctx: Context): Promise<PortalSession> {
  const { tenantId, citizen } = authState(ctx);
  const choices = citizen ? await house.people.choices(tenantId, citizen) : [];
  return {
    person: citizen
      ? {
          givenName: citizen.person.givenName,
          familyName: citizen.person.familyName,
          loa: citizen.loa,
          identity: identityOf(citizen),
          acting: actingView(citizen),
          choices,
        }
      : null,
    csrf: citizen?.csrf ?? '',
    town: house.townCard(tenantId),
    now: house.corridor.clock.now().toISOString(),
    expiresAt: citizen?.expiresAt.toISOString() ?? null,
  };
}

function actingView({ acting }: CitizenSession): PortalPerson['acting'] {
  if (!acting) return null;
  const { representationId, principal, ended, scope } = acting;
  return { id: representationId, name: fullName(principal), company: principal.ico !== undefined, ended, acts: scope.acts };
}
