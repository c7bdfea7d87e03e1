// Representation at the office: what an officer enters on the strength of a paper, what is in force, and its end.
import type Router from '@koa/router';
import { z } from 'zod';
import type { OfficeRepresentations, Registered } from '../../contract/identities.ts';
import { permitRegister } from '../../domain/permission.ts';
import { ACTS } from '../../domain/representation.ts';
import { end } from '../../people/mandates.ts';
import { listed, register } from '../../people/office-register.ts';
import { listServices } from '../../queries/services.ts';
import { readEvidence } from '../../people/evidence.ts';
import { receiveEvidence } from '../evidence-door.ts';
import { idParam, officerOf, sendFile, type House } from '../house.ts';
import { readJson } from '../middleware/body.ts';
import { linkOf } from '../portal/identities.ts';
import { representationCard } from '../portal/own-page.ts';

const mark = z.string().trim().min(1).max(60);
const day = z.iso.date();
const registration = z.object({
  kind: z.enum(['statutory', 'mandate', 'guardian']),
  principal: z.union([z.object({ ico: z.string().trim().max(20), name: z.string().trim().max(250) }), z.object({ mark })]),
  representativeMark: mark.optional(),
  situations: z.array(z.string().max(100)).min(1).max(100).nullable(),
  acts: z.array(z.enum(ACTS)).min(1).max(3),
  validFrom: day,
  validTo: day.nullable(),
  evidence: z.string().trim().max(1_000),
  evidenceMark: mark.optional(),
});

export function addRepresentationRoutes(router: Router, house: House): void {
  const { mandates } = house.people;
  router.get('/urad/api/representations', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    permitRegister(actor);
    const { services } = await listServices(house.reader, tenantId, '', 'cs');
    const rows = await mandates.inScene(tenantId, (scene) => listed(scene, String(ctx.query['q'] ?? '').slice(0, 100)));
    ctx.body = {
      representations: rows.map((row) => representationCard(row, services)),
      situations: services.map(({ id, title }) => ({ id, title })),
    } satisfies OfficeRepresentations;
  });
  router.post('/urad/api/representations', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    permitRegister(actor);
    const asked = await readJson(ctx, registration);
    const made = await mandates.inScene(tenantId, (scene) => register(scene, asked, actor.id));
    ctx.body = { id: made.id, link: 'code' in made ? linkOf(house, tenantId, made.code) : null } satisfies Registered;
    ctx.status = 201;
    house.corridor.poke();
  });
  router.post('/urad/api/representations/:id/end', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    permitRegister(actor);
    await mandates.inScene(tenantId, (scene) => end(scene, idParam(ctx, 'id'), { actor: `officer:${actor.id}`, sides: 'any' }));
    ctx.status = 204;
    house.corridor.poke();
  });
  router.post('/urad/api/representations/:id/files', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    permitRegister(actor);
    const given = { id: idParam(ctx, 'id'), by: `officer:${actor.id}`, sides: 'any' } as const;
    await receiveEvidence(house, ctx, tenantId, given);
  });
  router.get('/urad/api/representations/:id/evidence', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    permitRegister(actor);
    sendFile(ctx, await mandates.inScene(tenantId, (scene) => readEvidence(scene, idParam(ctx, 'id'), 'any')), false);
  });
}
