// The records at the officer's desk: the register on the screen and as a file, and what the eSSL waits for.
import type Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { decideRecordsAct, seeRecordsNews } from '../../cases/records-desk.ts';
import type { RecordRow } from '../../contract/records.ts';
import { recordsDesk, recordsPage, wholeRegister } from '../../queries/records.ts';
import { idParam, officerOf, param, type House } from '../house.ts';
import { readJson } from '../middleware/body.ts';

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

export function addRecordsRoutes(router: Router, house: House): void {
  router.get('/urad/api/records', async (ctx) => {
    const { tenantId } = officerOf(ctx);
    const { q, rok: year, strana: page } = querySchema.parse(ctx.query);
    ctx.body = await recordsPage(house.reader, tenantId, { q, year, page }, house.corridor.town(tenantId).records ?? 'builtin');
  });
  router.get('/urad/api/records/register.csv', async (ctx) => {
    const { tenantId } = officerOf(ctx);
    const { q, rok: year } = querySchema.parse(ctx.query);
    sendSheet(ctx, await wholeRegister(house.reader, tenantId, { q, year }), year);
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

const HEAD = ['Číslo jednací', 'Zapsáno', 'Směr', 'Věc', 'Odesílatel nebo adresát', 'Příloh', 'Spisová značka', 'Značka ve spisové službě'];
const MORE = ['Vypraveno', 'Doručeno', 'Stav spisu', 'Skartační režim', 'Skartace možná od roku'];
const STATES = { open: 'otevřený', settled: 'vyřízený', closed: 'uzavřený' } as const;

/** CSV as Czech spreadsheets open it: UTF-8 with BOM, semicolons. */
function sendSheet(ctx: Context, register: readonly RecordRow[], year: number): void {
  const lines = register.map((row) => [
    row.number ?? 'čeká na číslo jednací',
    day(row.registeredAt),
    row.direction === 'in' ? 'doručený' : 'vlastní',
    row.title,
    row.correspondent,
    String(row.parts),
    row.mark,
    row.outsideMark ?? '',
    day(row.dispatchedAt),
    day(row.deliveredAt),
    STATES[row.fileState],
    row.retention,
    row.shredFrom === null ? '' : String(row.shredFrom),
  ]);
  ctx.set('Content-Disposition', `attachment; filename="podaci-denik${year === 0 ? '' : `-${year}`}.csv"`);
  ctx.type = 'text/csv; charset=utf-8';
  ctx.body = `\uFEFF${[[...HEAD, ...MORE], ...lines].map((line) => line.map(cell).join(';')).join('\r\n')}\r\n`;
}
const day = (at: string | null): string => (at === null ? '' : new Date(at).toLocaleDateString('cs-CZ', { timeZone: 'Europe/Prague' }));
/** A cell that a spreadsheet would reckon with is kept as a text. */
function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
