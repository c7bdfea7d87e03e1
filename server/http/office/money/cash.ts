// The cash desk: shifts, receipts, closing, and their papers.
import type Router from '@koa/router';
import { z } from 'zod';
import { payOut, takeBackReceipt, takeMoney } from '../../../books/desk/cash-money.ts';
import { addCashDesk, closeShift, openShift } from '../../../books/desk/cash-shift.ts';
import { mayHoldCash, permitBooks, permitCash, permitSeeingMoney } from '../../../domain/permission.ts';
import { cashState, findOverpaid, receiptPaper, shiftPaper } from '../../../queries/cash-desk.ts';
import { idParam, officerOf, sendFile, type House } from '../../house.ts';
import { amount, askedOf, commandId, deskOf, reason, shares } from './asked.ts';
import { receiptSheet, shiftSheet } from './sheets.ts';

const haler = z.number().int().min(0).max(10_000_000_000);
const whyOrNothing = z.string().trim().max(1_000).default('');
const take = z.object({
  commandId,
  way: z.enum(['cash', 'card']),
  shares,
  given: haler.nullable(),
  name: z.string().trim().min(1).max(140),
});
const close = z.object({
  commandId,
  denominations: z.record(z.string().regex(/^\d{3,6}$/), z.number().int().min(0).max(100_000)),
  reason: whyOrNothing,
  handOver: haler,
});

export function addCashRoutes(router: Router, house: House): void {
  const { reader } = house;
  router.get('/urad/api/cash', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    permitSeeingMoney(actor);
    ctx.body = await cashState(reader, tenantId, actor.id);
  });
  router.get('/urad/api/cash/overpaid', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    permitCash(actor);
    ctx.body = {
      payments: await findOverpaid(reader, tenantId, z.object({ q: z.string().max(200).default('') }).parse({ ...ctx.query }).q),
    };
  });
  router.post('/urad/api/cash/desks', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    if (!mayHoldCash(actor)) permitBooks(actor);
    const code = z.string().regex(/^[a-z0-9-]{1,20}$/);
    await addCashDesk(deskOf(ctx, house), await askedOf(ctx, z.object({ commandId, code, name: z.string().trim().min(1).max(80) })));
    ctx.body = await cashState(reader, tenantId, actor.id);
  });
  router.post('/urad/api/cash/open', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    await openShift(
      deskOf(ctx, house),
      await askedOf(ctx, z.object({ commandId, desk: z.string().max(20), counted: haler, reason: whyOrNothing })),
    );
    ctx.body = await cashState(reader, tenantId, actor.id);
  });
  router.post('/urad/api/cash/take', async (ctx) => {
    const { receiptId } = await takeMoney(deskOf(ctx, house), await askedOf(ctx, take));
    ctx.body = (await receiptPaper(reader, officerOf(ctx).tenantId, receiptId)).receipt;
  });
  router.post('/urad/api/cash/payout', async (ctx) => {
    const { receiptId } = await payOut(
      deskOf(ctx, house),
      await askedOf(ctx, z.object({ commandId, paymentId: z.uuid(), amount, reason })),
    );
    ctx.body = (await receiptPaper(reader, officerOf(ctx).tenantId, receiptId)).receipt;
  });
  router.post('/urad/api/cash/receipts/:id/storno', async (ctx) => {
    const asked = await askedOf(ctx, z.object({ commandId, reason }));
    const { receiptId } = await takeBackReceipt(deskOf(ctx, house), { ...asked, data: { receiptId: idParam(ctx, 'id'), ...asked.data } });
    ctx.body = (await receiptPaper(reader, officerOf(ctx).tenantId, receiptId)).receipt;
  });
  router.post('/urad/api/cash/close', async (ctx) => {
    ctx.body = await closeShift(deskOf(ctx, house), await askedOf(ctx, close));
  });
  addPapers(router, house);
}

function addPapers(router: Router, house: House): void {
  router.get('/urad/api/cash/receipts/:id/pdf', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    permitSeeingMoney(actor);
    const paper = await receiptPaper(house.reader, tenantId, idParam(ctx, 'id'));
    const content = await house.printSheets(tenantId, [receiptSheet(paper)], paper.receipt.issuedAt);
    sendFile(ctx, { name: `${paper.receipt.number}.pdf`, mime: 'application/pdf', content }, true);
  });
  router.get('/urad/api/cash/shifts/:id/pdf', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    permitSeeingMoney(actor);
    const paper = await shiftPaper(house.reader, tenantId, idParam(ctx, 'id'));
    const content = await house.printSheets(tenantId, [shiftSheet(paper)], paper.closedAt);
    sendFile(ctx, { name: 'uzaverka-pokladny.pdf', mime: 'application/pdf', content }, true);
  });
}
