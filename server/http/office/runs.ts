// The yearly run over HTTP: preview, four eyes, progress, proof, letters and print files; and the import of duties from the old program.
import type Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { importDuties } from '../../cases/import-duties.ts';
import { decideRun } from '../../cases/yearly-run/decided.ts';
import { notePrinted, sheetLetters } from '../../cases/yearly-run/print-sheets.ts';
import { askForRun } from '../../cases/yearly-run/ask.ts';
import { prepareRun } from '../../cases/yearly-run/prepare.ts';
import { steerRun } from '../../cases/yearly-run/steer.ts';
import { proveNow } from '../../cases/yearly-run/prove.ts';
import { permitMoney } from '../../domain/permission.ts';
import { readRun, readRunItems, readRuns } from '../../queries/runs.ts';
import { idParam, officerOf, param, sendFile, type House } from '../house.ts';
import { readBytes, readJson } from '../middleware/body.ts';
import { addressSheet } from './address-sheet.ts';

const commandId = z.string().min(8).max(100);
const reason = z.string().max(2_000);
const situation = z.string().regex(/^[a-z0-9-]{1,100}$/);
const MAX_CSV_BYTES = 20_000_000;
const BASE = '/urad/api/runs';

/** Who has nothing to do with money sees no fees of people either. */
function clerkOf(ctx: Context) {
  const clerk = officerOf(ctx);
  permitMoney(clerk.actor);
  return clerk;
}

export function addRunRoutes(router: Router, house: House): void {
  const { corridor, reader } = house;
  router.get(BASE, async (ctx) => {
    const { tenantId, actor } = clerkOf(ctx);
    ctx.body = await readRuns(reader, tenantId, actor);
  });
  router.post(BASE, async (ctx) => {
    const { tenantId, actor } = clerkOf(ctx);
    const asked = await readJson(ctx, z.object({ commandId, situation, year: z.int() }));
    const id = await prepareRun(corridor, tenantId, { ...asked, actor });
    ctx.status = 201;
    ctx.body = await readRun(reader, tenantId, actor, id);
  });
  router.get(`${BASE}/:id`, async (ctx) => {
    const { tenantId, actor } = clerkOf(ctx);
    ctx.body = await readRun(reader, tenantId, actor, idParam(ctx, 'id'));
  });
  router.get(`${BASE}/:id/items`, async (ctx) => {
    const { tenantId } = clerkOf(ctx);
    ctx.body = await readRunItems(reader, tenantId, idParam(ctx, 'id'), filter.parse({ ...ctx.query }));
  });
  addOrders(router, house);
  addSheets(router, house);
  router.post('/urad/api/duties/files', async (ctx) => {
    const { tenantId, actor } = clerkOf(ctx);
    const asked = z.object({ situation }).parse({ ...ctx.query });
    const content = await readBytes(ctx, MAX_CSV_BYTES, 'file-too-large');
    ctx.body = await importDuties(corridor, tenantId, { ...asked, actor, content });
  });
}

const filter = z
  .object({
    state: z.enum(['planned', 'free', 'gone', 'already', 'problem', 'held', 'prescribed', 'undone']).optional(),
    difference: z.enum(['new', 'gone', 'up', 'down', 'same', 'exempt', 'none']).optional(),
    rule: z.string().max(2_000).optional(),
    amount: z.coerce.number().int().min(0).optional(),
    problem: z.literal('1').optional(),
    page: z.coerce.number().int().min(1).max(100_000).default(1),
  })
  .transform(({ problem, ...rest }) => ({ ...rest, ...(problem === undefined ? {} : { isProblem: true }) }));

function addOrders(router: Router, { corridor, reader }: House): void {
  router.post(`${BASE}/:id/ask`, async (ctx) => {
    const { tenantId, actor } = clerkOf(ctx);
    const runId = idParam(ctx, 'id');
    const asked = await readJson(ctx, z.object({ commandId, question: z.enum(['start', 'undo']), reason: reason.min(1) }));
    await askForRun(corridor, tenantId, { ...asked, actor, runId });
    ctx.body = await readRun(reader, tenantId, actor, runId);
  });
  router.post(`${BASE}/:id/decide`, async (ctx) => {
    const { tenantId, actor } = clerkOf(ctx);
    const runId = idParam(ctx, 'id');
    const asked = await readJson(ctx, z.object({ commandId, verdict: z.enum(['approved', 'refused', 'taken-back']), reason }));
    await decideRun(corridor, tenantId, { ...asked, actor, runId });
    ctx.body = await readRun(reader, tenantId, actor, runId);
  });
  router.post(`${BASE}/:id/steer`, async (ctx) => {
    const { tenantId, actor } = clerkOf(ctx);
    const runId = idParam(ctx, 'id');
    const asked = await readJson(ctx, z.object({ commandId, step: z.enum(['pause', 'resume', 'send', 'discard']), reason }));
    await steerRun(corridor, tenantId, { ...asked, actor, runId });
    ctx.body = await readRun(reader, tenantId, actor, runId);
  });
  router.post(`${BASE}/:id/prove`, async (ctx) => {
    const { tenantId } = clerkOf(ctx);
    ctx.body = await proveNow(corridor, tenantId, idParam(ctx, 'id'));
  });
}

function addSheets(router: Router, { corridor, printLetters }: House): void {
  const number = z.coerce.number().int().min(1).max(10_000);
  router.get(`${BASE}/:id/sheets/:number.pdf`, async (ctx) => {
    const { tenantId } = clerkOf(ctx);
    const sheet = number.parse(param(ctx, 'number'));
    const { name, createdAt, papers } = await sheetLetters(corridor, tenantId, { runId: idParam(ctx, 'id'), sheet });
    sendFile(ctx, { name, mime: 'application/pdf', content: await printLetters(papers, createdAt) }, false);
  });
  router.get(`${BASE}/:id/sheets/:number.csv`, async (ctx) => {
    const { tenantId } = clerkOf(ctx);
    const sheet = number.parse(param(ctx, 'number'));
    const { name, letters } = await sheetLetters(corridor, tenantId, { runId: idParam(ctx, 'id'), sheet });
    sendFile(ctx, { name: name.replace(/\.pdf$/, '.csv'), mime: 'text/csv; charset=utf-8', content: addressSheet(letters) }, false);
  });
  router.post(`${BASE}/:id/sheets/:number/printed`, async (ctx) => {
    const { tenantId } = clerkOf(ctx);
    await notePrinted(corridor, tenantId, { runId: idParam(ctx, 'id'), sheet: number.parse(param(ctx, 'number')) });
    ctx.status = 204;
  });
}
