// Payers and their accounts at the clerk's desk.
import type Router from '@koa/router';
import { z } from 'zod';
import {
  addPayerNote,
  adjustPrescription,
  releaseAllocation,
  returnPayment,
  writeOffPrescription,
} from '../../../books/desk/payer-acts.ts';
import { endInstalments, grantPlan } from '../../../books/desk/plans.ts';
import { permitSeeingMoney } from '../../../domain/permission.ts';
import { whyPayment, whyPrescription } from '../../../queries/money-why.ts';
import { payerAccount } from '../../../queries/payer-account.ts';
import { findDebts, findPayers } from '../../../queries/payers.ts';
import { idParam, officerOf, sendFile, type House } from '../../house.ts';
import { amount, askedOf, commandId, deskOf, legalDay, reason } from './asked.ts';
import { accountSheet } from './sheets.ts';

const search = z.object({ q: z.string().max(200).default('') });
const account = z.union([z.literal(''), z.string().regex(/^(\d{1,6}-)?\d{2,10}\/\d{4}$/)]);

export function addPayerRoutes(router: Router, house: House): void {
  const { reader } = house;
  router.get('/urad/api/payers', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    permitSeeingMoney(actor);
    ctx.body = await findPayers(reader, tenantId, search.parse({ ...ctx.query }).q);
  });
  router.get('/urad/api/debts', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    permitSeeingMoney(actor);
    ctx.body = { debts: await findDebts(reader, tenantId, search.parse({ ...ctx.query }).q) };
  });
  router.get('/urad/api/payers/:id', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    permitSeeingMoney(actor);
    ctx.body = await payerAccount(reader, tenantId, idParam(ctx, 'id'), actor.id);
  });
  router.get('/urad/api/payers/:id/account.pdf', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    permitSeeingMoney(actor);
    const found = await payerAccount(reader, tenantId, idParam(ctx, 'id'), actor.id);
    const content = await house.printSheets(tenantId, [accountSheet(found, house.corridor.clock.now().toISOString())]);
    sendFile(ctx, { name: 'konto-platce.pdf', mime: 'application/pdf', content }, true);
  });
  router.get('/urad/api/prescriptions/:id/why', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    permitSeeingMoney(actor);
    ctx.body = await whyPrescription(reader, tenantId, idParam(ctx, 'id'));
  });
  router.get('/urad/api/payments/:id/why', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    permitSeeingMoney(actor);
    ctx.body = await whyPayment(reader, tenantId, idParam(ctx, 'id'));
  });
  addPayerActs(router, house);
  addPlanActs(router, house);
}

function addPayerActs(router: Router, house: House): void {
  router.post('/urad/api/payers/:id/notes', async (ctx) => {
    const { name } = officerOf(ctx);
    const asked = await askedOf(ctx, z.object({ commandId, text: z.string().trim().min(1).max(4_000) }));
    const note = await addPayerNote(deskOf(ctx, house), { ...asked, data: { payerId: idParam(ctx, 'id'), ...asked.data } });
    ctx.status = 201;
    ctx.body = { ...note, author: name, text: asked.data.text };
  });
  router.post('/urad/api/prescriptions/:id/adjust', async (ctx) => {
    const asked = await askedOf(ctx, z.object({ commandId, amount: z.number().int().min(0).max(10_000_000_000), reason }));
    ctx.body = await adjustPrescription(deskOf(ctx, house), { ...asked, data: { prescriptionId: idParam(ctx, 'id'), ...asked.data } });
  });
  router.post('/urad/api/prescriptions/:id/write-off', async (ctx) => {
    const asked = await askedOf(ctx, z.object({ commandId, amount, reason }));
    ctx.body = await writeOffPrescription(deskOf(ctx, house), { ...asked, data: { prescriptionId: idParam(ctx, 'id'), ...asked.data } });
  });
  router.post('/urad/api/payments/:id/release', async (ctx) => {
    const asked = await askedOf(ctx, z.object({ commandId, prescriptionId: z.uuid(), reason }));
    ctx.body = await releaseAllocation(deskOf(ctx, house), { ...asked, data: { paymentId: idParam(ctx, 'id'), ...asked.data } });
  });
  router.post('/urad/api/payments/:id/give-back', async (ctx) => {
    const asked = await askedOf(
      ctx,
      z.object({ commandId, amount, account: account.default(''), name: z.string().max(140).default(''), reason }),
    );
    ctx.body = await returnPayment(deskOf(ctx, house), { ...asked, data: { paymentId: idParam(ctx, 'id'), ...asked.data } });
  });
}

function addPlanActs(router: Router, house: House): void {
  const part = z.object({ dueOn: legalDay, amount });
  const plan = z.object({ commandId, prescriptionIds: z.array(z.uuid()).min(1).max(50), parts: z.array(part).min(1).max(72), reason });
  router.post('/urad/api/payers/:id/instalments', async (ctx) => {
    const asked = await askedOf(ctx, plan);
    ctx.body = await grantPlan(deskOf(ctx, house), { ...asked, data: { payerId: idParam(ctx, 'id'), ...asked.data } });
  });
  router.post('/urad/api/instalments/:id/end', async (ctx) => {
    const asked = await askedOf(ctx, z.object({ commandId, reason }));
    ctx.body = await endInstalments(deskOf(ctx, house), { ...asked, data: { planId: idParam(ctx, 'id'), ...asked.data } });
  });
}
