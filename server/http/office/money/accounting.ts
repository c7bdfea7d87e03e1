// Months, the journal of accounting cases and the export to the economic system.
import type Router from '@koa/router';
import { z } from 'zod';
import { closeBooks } from '../../../books/desk/close-month.ts';
import { orderExports } from '../../../books/desk/exports.ts';
import { permitBooks } from '../../../domain/permission.ts';
import { ledgerJournal, monthDesk } from '../../../queries/accounting.ts';
import { exportFile } from '../../../queries/economy-exports.ts';
import { idParam, officerOf, param, sendFile, type House } from '../../house.ts';
import { askedOf, commandId, deskOf } from './asked.ts';
import { exportCsv } from './export-file.ts';

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const journal = z.object({
  month: z.union([z.literal(''), month]).default(''),
  kind: z.string().max(30).default(''),
  account: z.string().max(60).default(''),
  q: z.string().trim().max(100).default(''),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});

export function addAccountingRoutes(router: Router, house: House): void {
  const { reader } = house;
  router.get('/urad/api/accounting', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    permitBooks(actor);
    ctx.body = await monthDesk(
      reader,
      tenantId,
      z.object({ month: z.union([z.literal(''), month]).default('') }).parse({ ...ctx.query }).month,
    );
  });
  router.get('/urad/api/accounting/journal', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    permitBooks(actor);
    ctx.body = await ledgerJournal(reader, tenantId, journal.parse({ ...ctx.query }));
  });
  router.post('/urad/api/accounting/:month/close', async (ctx) => {
    const { tenantId } = officerOf(ctx);
    const asked = await askedOf(ctx, z.object({ commandId }));
    const closed = month.parse(param(ctx, 'month'));
    await closeBooks(deskOf(ctx, house), { ...asked, data: { month: closed } }, house.signBooks);
    ctx.body = await monthDesk(reader, tenantId, closed);
  });
  router.post('/urad/api/accounting/exports', async (ctx) => {
    const { tenantId } = officerOf(ctx);
    const asked = await askedOf(ctx, z.object({ commandId }));
    await orderExports(deskOf(ctx, house), { ...asked, data: {} });
    ctx.body = (await monthDesk(reader, tenantId, '')).exports;
  });
  router.get('/urad/api/accounting/exports/:id/file', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    permitBooks(actor);
    const id = idParam(ctx, 'id');
    const content = exportCsv(await exportFile(reader, tenantId, id));
    sendFile(ctx, { name: `ucetni-pripady-${id}.csv`, mime: 'text/csv', content }, false);
  });
}
