// The dispatch room over HTTP: what waits, printing, posting, what the post brings back, and a mistake taken back.
import type Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { notePaperOutcome, takeBackPaperNote } from '../../cases/commands/index.ts';
import { execute } from '../../cases/execute.ts';
import { addressLetter, caseOfLetter, notePrinted, postLetters } from '../../cases/paper/desk.ts';
import type { PaperLetterList, PaperPosting, PaperPrint } from '../../contract/paper-letters.ts';
import { POST_WAYS, RETURN_CAUSES } from '../../domain/paper-letter.ts';
import { permitRegister } from '../../domain/permission.ts';
import { lettersToPrint, listPaperLetters, paperLettersOfCase, printedBatch } from '../../queries/paper-letters.ts';
import { idParam, officerOf, sendFile, type House } from '../house.ts';
import { readJson } from '../middleware/body.ts';
import { postBatchOf, postingSheet } from './posting-sheet.ts';

const BASE = '/urad/api/paper-letters';
/** Letters in one print. */
const MOST = 100;
const commandId = z.string().min(8).max(100);
const view = z.enum(['waiting', 'printed', 'posted', 'returned', 'delivered']).default('waiting');
const printing = z.object({ commandId: z.uuid(), ids: z.array(z.uuid()).min(1).max(MOST) });
const line = z.string().max(200);
const addressing = z.object({ lines: z.array(line).max(10) });
const posting = z.object({
  commandId,
  on: z.iso.date(),
  letters: z
    .array(z.object({ id: z.uuid(), way: z.enum(POST_WAYS), postingNumber: z.string().max(40).default('') }))
    .min(1)
    .max(MOST),
});
const on = z.iso.date();
const outcome = z.union([
  z.strictObject({ what: z.enum(['stored', 'handed', 'refused', 'in-person', 'notice']), on }),
  z.strictObject({ what: z.literal('fiction'), storedOn: on }),
  z.strictObject({ what: z.literal('returned'), on, cause: z.enum(RETURN_CAUSES) }),
]);
const noting = z.object({ commandId, outcome });
const takingBack = z.object({ commandId, seq: z.number().int().min(1).max(100_000), reason: z.string().max(2_000) });

export function addPaperLetterRoutes(router: Router, house: House): void {
  router.get(BASE, async (ctx) => {
    const { tenantId } = dispatcher(ctx);
    const q = String(ctx.query['q'] ?? '').slice(0, 100);
    ctx.body = (await listPaperLetters(house.reader, tenantId, { view: view.parse(ctx.query['stav']), q })) satisfies PaperLetterList;
  });
  router.get('/urad/api/cases/:id/paper-letters', async (ctx) => {
    ctx.body = { letters: await paperLettersOfCase(house.reader, officerOf(ctx).tenantId, idParam(ctx, 'id')) };
  });
  addPrinting(router, house);
  addNotes(router, house);
}

/** Who works with citizens' papers; who only models or only takes cash does not. */
function dispatcher(ctx: Context): ReturnType<typeof officerOf> {
  const officer = officerOf(ctx);
  permitRegister(officer.actor);
  return officer;
}

function addPrinting(router: Router, house: House): void {
  const { corridor, reader } = house;
  router.post(`${BASE}/print`, async (ctx) => {
    const { tenantId, actor } = dispatcher(ctx);
    const asked = await readJson(ctx, printing);
    // Drawn before it is written down: what cannot be drawn was not printed.
    const letters = await lettersToPrint(reader, tenantId, asked.ids);
    const { apart } = await house.printPost(tenantId, await postBatchOf(house, tenantId, letters), corridor.clock.now().toISOString());
    await notePrinted(corridor, tenantId, { ...asked, actor });
    const hrefs = new Map(letters.map(({ card }) => [card.id, card.documentHref]));
    ctx.body = {
      batchId: asked.commandId,
      lettersHref: `${BASE}/batches/${asked.commandId}/letters.pdf`,
      sheetHref: `${BASE}/batches/${asked.commandId}/sheet.pdf`,
      apart: apart.map(({ letterId, title }) => ({ letterId, title, href: hrefs.get(letterId) ?? '' })),
    } satisfies PaperPrint;
  });
  router.get(`${BASE}/batches/:id/letters.pdf`, async (ctx) => {
    const { tenantId } = dispatcher(ctx);
    const batch = await printedBatch(reader, tenantId, idParam(ctx, 'id'));
    const { pdf } = await house.printPost(tenantId, await postBatchOf(house, tenantId, batch.letters), batch.at);
    sendFile(ctx, { name: `zasilky-${batch.at.slice(0, 10)}.pdf`, mime: 'application/pdf', content: pdf }, true);
  });
  router.get(`${BASE}/batches/:id/sheet.pdf`, async (ctx) => {
    const { tenantId } = dispatcher(ctx);
    const batch = await printedBatch(reader, tenantId, idParam(ctx, 'id'));
    const content = await house.printSheets(tenantId, [postingSheet(batch)], batch.at);
    sendFile(ctx, { name: `podaci-arch-${batch.at.slice(0, 10)}.pdf`, mime: 'application/pdf', content }, true);
  });
}

function addNotes(router: Router, { corridor }: House): void {
  router.post(`${BASE}/post`, async (ctx) => {
    const { tenantId, actor } = dispatcher(ctx);
    ctx.body = (await postLetters(corridor, tenantId, { ...(await readJson(ctx, posting)), actor })) satisfies PaperPosting;
  });
  router.post(`${BASE}/:id/address`, async (ctx) => {
    const { tenantId, actor } = dispatcher(ctx);
    const { lines } = await readJson(ctx, addressing);
    await addressLetter(corridor, tenantId, { actor, letterId: idParam(ctx, 'id'), lines });
    ctx.status = 204;
  });
  router.post(`${BASE}/:id/outcome`, async (ctx) => {
    const { tenantId, actor } = dispatcher(ctx);
    const asked = await readJson(ctx, noting);
    const letterId = idParam(ctx, 'id');
    const request = { commandId: asked.commandId, actor, data: { letterId, outcome: asked.outcome } };
    await execute(corridor, tenantId, await caseOfLetter(corridor, tenantId, letterId), notePaperOutcome, request);
    ctx.status = 204;
  });
  router.post(`${BASE}/:id/take-back`, async (ctx) => {
    const { tenantId, actor } = dispatcher(ctx);
    const { commandId: id, seq, reason } = await readJson(ctx, takingBack);
    const letterId = idParam(ctx, 'id');
    const request = { commandId: id, actor, data: { letterId, seq, reason } };
    await execute(corridor, tenantId, await caseOfLetter(corridor, tenantId, letterId), takeBackPaperNote, request);
    ctx.status = 204;
  });
}
