// The person's own page: identities, sessions, on whose behalf he acts, mandates. About whoever sits at the browser, whomever he acts for.
import type Router from '@koa/router';
import { z } from 'zod';
import type { MandateOffered, OpenOffer, OwnPage } from '../../contract/identities.ts';
import { Problem, type ProblemKind } from '../../domain/problem.ts';
import { ACTS } from '../../domain/representation.ts';
import { accept, end, grantingFor, mailOffer, offer, openOffer } from '../../people/mandates.ts';
import type { CitizenSession } from '../../people/sessions.ts';
import { listServices } from '../../queries/services.ts';
import { readEvidence } from '../../people/evidence.ts';
import { receiveEvidence } from '../evidence-door.ts';
import { idParam, param, sendFile, sessionOf, type House } from '../house.ts';
import { apiLanguage } from '../language.ts';
import { readJson } from '../middleware/body.ts';
import { ownPage, scopeCard } from './own-page.ts';

const day = z.iso.date();
const acting = z.object({ representation: z.uuid().nullable() });
const mandate = z.object({
  situations: z.array(z.string().max(100)).min(1).max(100).nullable(),
  acts: z.array(z.enum(ACTS)).min(1).max(3),
  validFrom: day,
  validTo: day,
  email: z.email().max(254).nullable(),
});
const coded = z.object({ code: z.string().min(1).max(100) });

const REFUSAL_KINDS: Readonly<Record<string, ProblemKind>> = {
  'identity-not-found': 'not-found',
  'identity-last': 'conflict',
  'identity-in-use': 'conflict',
};

export function addIdentityRoutes(router: Router, house: House): void {
  router.get('/api/me', async (ctx) => {
    const { tenantId, session } = sessionOf(ctx);
    ctx.body = (await ownPage(house, { tenantId, session, lang: apiLanguage(ctx) })) satisfies OwnPage;
  });
  router.post('/api/me/act', async (ctx) => {
    const { tenantId, session } = sessionOf(ctx);
    await house.people.actAs(tenantId, session, (await readJson(ctx, acting)).representation);
    ctx.status = 204;
  });
  router.post('/api/me/identities/:key/remove', house.auth.limitForms, async (ctx) => {
    const { tenantId, session } = sessionOf(ctx);
    const answer = await house.people.removeIdentity(tenantId, { session: session.idHash, key: param(ctx, 'key') });
    if ('refused' in answer) throw new Problem(REFUSAL_KINDS[answer.refused] ?? 'forbidden', answer.refused);
    house.auth.renewCookie(ctx, answer.cookie);
    ctx.status = 204;
  });
  addSessionRoutes(router, house);
  addMandateRoutes(router, house);
  addEvidenceRoutes(router, house);
}

function addSessionRoutes(router: Router, house: House): void {
  const ownerOf = (session: CitizenSession) => ({ kind: 'citizen' as const, id: session.person.id, current: session.idHash });
  router.delete('/api/me/sessions/:key', async (ctx) => {
    const { tenantId, session } = sessionOf(ctx);
    await house.people.endSession(tenantId, ownerOf(session), param(ctx, 'key'));
    ctx.status = 204;
  });
  router.post('/api/me/sessions/end-others', async (ctx) => {
    const { tenantId, session } = sessionOf(ctx);
    ctx.body = { ended: await house.people.endOtherSessions(tenantId, ownerOf(session)) };
  });
}

function addMandateRoutes(router: Router, house: House): void {
  const { mandates } = house.people;
  router.post('/api/me/mandates', house.auth.limitForms, async (ctx) => {
    const { tenantId, session } = sessionOf(ctx);
    const { email, ...wish } = await readJson(ctx, mandate);
    ctx.body = await mandates.inScene(tenantId, async (scene): Promise<MandateOffered> => {
      const principal = grantingFor(session, scene.now);
      const origin = {
        kind: 'mandate',
        principalId: principal.id,
        grantedBy: `person:${session.person.id}`,
        evidence: 'Uděleno na portálu',
        caseId: null,
      } as const;
      const offered = await offer(scene, { ...wish, ...origin });
      const link = linkOf(house, tenantId, offered.code);
      if (email !== null) await mailOffer(scene, offered, { to: email, link, lang: session.person.lang });
      return { id: offered.id, link, expiresAt: offered.expiresAt };
    });
    ctx.status = 201;
    house.corridor.poke();
  });
  router.delete('/api/me/offers/:id', async (ctx) => {
    const { tenantId, session } = sessionOf(ctx);
    const { acting: now, person } = session;
    await mandates.withdrawOffer(tenantId, idParam(ctx, 'id'), now && !now.ended && now.mayGrant ? now.principal.id : person.id);
    ctx.status = 204;
  });
  router.post('/api/me/offers/look', house.auth.limitForms, async (ctx) => {
    const { tenantId } = sessionOf(ctx);
    const { code } = await readJson(ctx, coded);
    const found = await mandates.inScene(tenantId, (scene) => openOffer(scene, code));
    const { services } = await listServices(house.reader, tenantId, '', apiLanguage(ctx));
    ctx.body = { ...scopeCard(found, services), ...about(found) } satisfies OpenOffer;
  });
  router.post('/api/me/offers/accept', house.auth.limitForms, async (ctx) => {
    const { tenantId, session } = sessionOf(ctx);
    const { code } = await readJson(ctx, coded);
    ctx.body = { id: await mandates.inScene(tenantId, (scene) => accept(scene, code, session)) };
    house.corridor.poke();
  });
  router.post('/api/me/representations/:id/end', house.auth.limitForms, async (ctx) => {
    const { tenantId, session } = sessionOf(ctx);
    const by = { actor: `person:${session.person.id}`, sides: ownSides(session) };
    await mandates.inScene(tenantId, (scene) => end(scene, idParam(ctx, 'id'), by));
    ctx.status = 204;
    house.corridor.poke();
  });
}

function addEvidenceRoutes(router: Router, house: House): void {
  const { mandates } = house.people;
  // As many as there are offers, and those are limited.
  router.post('/api/me/offers/:id/files', async (ctx) => {
    const { tenantId, session } = sessionOf(ctx);
    const principal = grantingFor(session, house.corridor.clock.now());
    const given = { id: idParam(ctx, 'id'), by: `person:${session.person.id}`, sides: [principal.id] };
    await receiveEvidence(house, ctx, tenantId, given);
  });
  for (const what of ['offers', 'representations'] as const)
    router.get(`/api/me/${what}/:id/evidence`, async (ctx) => {
      const { tenantId, session } = sessionOf(ctx);
      sendFile(ctx, await mandates.inScene(tenantId, (scene) => readEvidence(scene, idParam(ctx, 'id'), ownSides(session))), false);
    });
}

/** The person himself, and the company that he rules in this session. */
function ownSides({ acting, person }: CitizenSession): readonly string[] {
  return [person.id, ...(acting && !acting.ended && acting.mayGrant ? [acting.principal.id] : [])];
}

const about = ({
  principal,
  kind,
  expiresAt,
}: Awaited<ReturnType<typeof openOffer>>): Omit<OpenOffer, keyof ReturnType<typeof scopeCard>> => ({
  principal: `${principal.givenName} ${principal.familyName}`.trim(),
  kind,
  expiresAt,
});

/** The code stands behind `#`: it reaches neither logs nor other sites. */
export const linkOf = (house: House, tenantId: number, code: string): string =>
  `${house.corridor.town(tenantId).publicUrl}/zastupovani/prijmout#${code}`;
