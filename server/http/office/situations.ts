// Life situations for analysts: drafts, the gate, publication, versions.
import type Router from '@koa/router';
import { z } from 'zod';
import {
  checkFiles,
  dropSituationDraft,
  keepSituationDraft,
  publishDraft,
  publishedProcesses,
  vocabulary,
  withCalled,
} from '../../cases/publication.ts';
import { ADMINISTRATORS, ANALYSTS, permitGroup } from '../../domain/permission.ts';
import { Problem } from '../../domain/problem.ts';
import { listSituations, readSituationDraft, readSituationVersion } from '../../queries/situations.ts';
import { officerOf, param, type House } from '../house.ts';
import { readJson } from '../middleware/body.ts';

const MAX_BYTES = 4_000_000;
const files = z.record(
  z
    .string()
    .regex(/^[a-z0-9_.-]+(\/[a-z0-9_.-]+)?$/i)
    .max(200),
  z.string().max(1_500_000),
);
/** Fits the database's `integer`, with room to count on. */
const revision = z.number().int().min(0).max(2_000_000_000);
const save = z.object({ files, revision });
const publish = z.object({ commandId: z.string().min(8).max(100), revision, note: z.string().trim().max(500) });
const BASE = '/urad/api/situations/:id';

export function addSituationRoutes(router: Router, house: House): void {
  const { corridor, reader } = house;
  router.get('/urad/api/situations', async (ctx) => {
    ctx.body = await listSituations(reader, officerOf(ctx).tenantId);
  });
  router.get('/urad/api/vocabulary', async (ctx) => {
    const { tenantId } = officerOf(ctx);
    ctx.body = { ...vocabulary(), processes: await publishedProcesses(corridor, tenantId) };
  });
  router.get(`${BASE}/draft`, async (ctx) => {
    ctx.body = await readSituationDraft(reader, officerOf(ctx).tenantId, situationId(param(ctx, 'id')));
  });
  router.put(`${BASE}/draft`, async (ctx) => {
    const { tenantId, actor, name } = officerOf(ctx);
    permitGroup(actor, [ANALYSTS, ADMINISTRATORS]);
    ctx.body = await keepSituationDraft(corridor, tenantId, situationId(param(ctx, 'id')), name, await readJson(ctx, save, MAX_BYTES));
  });
  router.delete(`${BASE}/draft`, async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    permitGroup(actor, [ANALYSTS, ADMINISTRATORS]);
    await dropSituationDraft(corridor, tenantId, situationId(param(ctx, 'id')));
    ctx.status = 204;
  });
  router.post(`${BASE}/check`, async (ctx) => {
    const { actor, tenantId } = officerOf(ctx);
    permitGroup(actor, [ANALYSTS, ADMINISTRATORS]);
    const drawn = (await readJson(ctx, z.object({ files }), MAX_BYTES)).files;
    ctx.body = await checkFiles(await withCalled(corridor, tenantId, drawn));
  });
  router.post(`${BASE}/publish`, async (ctx) => {
    const { tenantId, actor, name } = officerOf(ctx);
    permitGroup(actor, [ANALYSTS, ADMINISTRATORS]);
    const version = await publishDraft(corridor, tenantId, {
      ...(await readJson(ctx, publish)),
      situation: situationId(param(ctx, 'id')),
      by: name,
    });
    ctx.status = 201;
    ctx.body = {
      number: version.number,
      publishedAt: version.publishedAt,
      publishedBy: version.publishedBy,
      note: version.note,
      runningCases: 0,
      endedCases: 0,
      contentHash: version.contentHash,
    };
  });
  router.get(`${BASE}/versions/:number`, async (ctx) => {
    const number = Number(param(ctx, 'number'));
    ctx.body = await readSituationVersion(reader, officerOf(ctx).tenantId, situationId(param(ctx, 'id')), number);
  });
}

function situationId(value: string): string {
  if (!/^[a-z0-9-]{1,100}$/.test(value)) throw new Problem('not-found', 'situation-not-found');
  return value;
}
