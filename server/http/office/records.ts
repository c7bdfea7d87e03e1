// The records at the officer's desk: the register on the screen and as a file, and what the eSSL waits for.
import type Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { decideRecordsAct, seeRecordsNews } from '../../cases/records-desk.ts';
import type { JournalCard } from '../../contract/filing-journal.ts';
import type { RecordsPage } from '../../contract/records.ts';
import { mayKeepRecords, permitRecords } from '../../domain/permission.ts';
import { Problem } from '../../domain/problem.ts';
import { filingJournal, journalCard } from '../../queries/filing-journal.ts';
import { recordsDesk, recordsPage, wholeRegister } from '../../queries/records.ts';
import { idParam, officerOf, param, sendFile, type House } from '../house.ts';
import { readJson } from '../middleware/body.ts';
import { addComparisonRoutes } from './records-comparison.ts';
import { journalCsv, printedJournal, registerCsv } from './journal-sheets.ts';

const querySchema = z.object({
  q: z.string().max(200).default(''),
  rok: z.coerce.number().int().min(0).max(9999).default(0),
  strana: z.coerce.number().int().min(1).max(100_000).default(1),
});
const reason = z.string().trim().min(3).max(2_000);
const decisionSchema = z.object({
  commandId: z.uuid(),
  decision: z.discriminatedUnion('what', [
    z.object({ what: z.literal('again') }),
    z.object({ what: z.literal('by-hand'), number: z.string().trim().min(1).max(50).nullable(), reason }),
    z.object({ what: z.literal('skip'), reason }),
  ]),
});

const yearSchema = z.object({ rok: z.coerce.number().int().min(1900).max(9999) });
/** A longer year is taken out as CSV: a PDF of it would be hundreds of pages that nobody reads. */
const MOST_PRINTED = 20_000;

export function addRecordsRoutes(router: Router, house: House): void {
  addJournalRoutes(router, house);
  addComparisonRoutes(router, house);
  router.get('/urad/api/records', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    const { q, rok: year, strana: page } = querySchema.parse(ctx.query);
    const service = house.corridor.town(tenantId).records ?? 'builtin';
    const found = await recordsPage(house.reader, tenantId, { q, year, page }, service);
    ctx.body = { ...found, mayKeep: mayKeepRecords(actor) } satisfies RecordsPage;
  });
  router.get('/urad/api/records/register.csv', async (ctx) => {
    const { tenantId } = officerOf(ctx);
    const { q, rok: year } = querySchema.parse(ctx.query);
    const name = year === 0 ? 'podaci-denik' : `podaci-denik-${year}`;
    sendSheet(ctx, `${name}-vyber`, registerCsv(await wholeRegister(house.reader, tenantId, { q, year })));
  });
  router.get('/urad/api/records/desk', async (ctx) => {
    ctx.body = await recordsDesk(house.reader, officerOf(ctx).tenantId);
  });
  router.post('/urad/api/records/:caseId/acts/:seq', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    const { commandId, decision } = await readJson(ctx, decisionSchema, 10_000);
    const seq = z.coerce.number().int().positive().max(1_000_000).parse(param(ctx, 'seq'));
    await decideRecordsAct(house.corridor, tenantId, { commandId, actor, caseId: idParam(ctx, 'caseId'), data: { seq, decision } });
    ctx.status = 204;
  });
  router.post('/urad/api/records/news/:id/seen', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    await seeRecordsNews(house.corridor, tenantId, { actor, id: idParam(ctx, 'id') });
    ctx.status = 204;
  });
}

function addJournalRoutes(router: Router, house: House): void {
  const asked = (ctx: Context): { readonly tenantId: number; readonly year: number } => {
    const { tenantId, actor } = officerOf(ctx);
    permitRecords(actor);
    return { tenantId, year: yearSchema.parse(ctx.query).rok };
  };
  router.get('/urad/api/records/journal', async (ctx) => {
    const { tenantId, year } = asked(ctx);
    ctx.body = (await journalCard(house.reader, tenantId, year)) satisfies JournalCard;
  });
  router.get('/urad/api/records/journal.csv', async (ctx) => {
    const { tenantId, year } = asked(ctx);
    sendSheet(ctx, `podaci-denik-${year}`, journalCsv(await filingJournal(house.reader, tenantId, year)));
  });
  router.get('/urad/api/records/journal.pdf', async (ctx) => {
    const { tenantId, year } = asked(ctx);
    const journal = await filingJournal(house.reader, tenantId, year);
    if (journal.lines.length > MOST_PRINTED) throw new Problem('invalid', 'journal-too-long', { limit: MOST_PRINTED });
    const content = await house.printJournal(tenantId, printedJournal(journal, house.corridor.clock.now().toISOString()));
    sendFile(ctx, { name: `podaci-denik-${year}.pdf`, mime: 'application/pdf', content }, false);
  });
}

function sendSheet(ctx: Context, name: string, csv: string): void {
  ctx.set('Content-Disposition', `attachment; filename="${name}.csv"`);
  ctx.type = 'text/csv; charset=utf-8';
  ctx.body = csv;
}
