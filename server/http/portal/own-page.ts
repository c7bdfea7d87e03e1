// The person's own page as data for the portal: titles instead of ids, and nothing that could be used as a key elsewhere.
import type { OfferCard, OwnPage, RepresentationCard, ScopeCard } from '../../contract/identities.ts';
import { dayOf } from '../../domain/calendar.ts';
import { fullName } from '../../domain/representation.ts';
import type { OwnOverview } from '../../people/overview.ts';
import { FRESH_MS, type CitizenSession } from '../../people/sessions.ts';
import { listServices } from '../../queries/services.ts';
import type { House } from '../house.ts';

type Service = { readonly id: string; readonly title: string };
type Scoped = Omit<ScopeCard, 'situations'> & { readonly situations: readonly string[] | null };

export function scopeCard({ situations, acts, validFrom, validTo }: Scoped, services: readonly Service[]): ScopeCard {
  const titles = new Map(services.map(({ id, title }) => [id, title]));
  return { situations: situations?.map((id) => titles.get(id) ?? id) ?? null, acts, validFrom, validTo };
}

type Row = OwnOverview['actedBy'][number] & { readonly usable?: boolean };

export function representationCard(row: Row, services: readonly Service[], chosen?: string): RepresentationCard {
  return {
    ...scopeCard(row, services),
    id: row.id,
    kind: row.kind,
    principal: row.principalName,
    ico: row.principalIco,
    representative: row.representativeName,
    evidence: row.evidence,
    evidenceFile: row.evidenceName,
    inForce: row.inForce,
    revokedAt: row.revokedAt,
    usable: row.usable ?? false,
    chosen: row.id === chosen,
  };
}

export async function ownPage(
  house: House,
  { tenantId, session, lang }: { readonly tenantId: number; readonly session: CitizenSession; readonly lang: 'cs' | 'en' },
): Promise<OwnPage> {
  const seen = await house.people.overview(tenantId, session);
  const { services } = await listServices(house.reader, tenantId, '', lang);
  const { acting, person } = session;
  const chosen = acting?.representationId;
  return {
    name: fullName(person),
    fresh: Date.now() - session.provedAt.getTime() < FRESH_MS,
    loa: session.loa,
    identities: seen.identities,
    sessions: seen.sessions,
    actsFor: seen.actsFor.map((row) => representationCard(row, services, chosen)),
    actedBy: seen.actedBy.map((row) => representationCard(row, services)),
    offers: seen.offers.map((row): OfferCard => ({
      ...scopeCard(row, services),
      id: row.id,
      evidenceFile: row.evidenceName,
      createdAt: row.createdAt,
      expiresAt: row.expiresAt,
    })),
    events: seen.events.map(({ id, at, kind, actor }) => ({ id, at, kind, byOffice: actor.startsWith('officer:') })),
    grantingFor: grantorName(session),
    situations: services.map(({ id, title }) => ({ id, title })),
    today: dayOf(house.corridor.clock.now().toISOString()),
  };
}

function grantorName({ acting, person }: CitizenSession): string | null {
  if (!acting) return fullName(person);
  return acting.ended || !acting.mayGrant ? null : fullName(acting.principal);
}
