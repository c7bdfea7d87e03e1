// Money that lies on no prescription: cleared by a clerk, learned from, sent back. And the second person's desk.
import type Router from '@koa/router';
import { z } from 'zod';
import { decide } from '../../../books/desk/decide.ts';
import { allocatePayment, forgetRule } from '../../../books/desk/payer-acts.ts';
import { refuseReturn } from '../../../books/desk/refuse-return.ts';
import { startApprovedRun } from '../../../cases/yearly-run/decided.ts';
import { mayKeepBooks, permitMoney, permitSeeingMoney } from '../../../domain/permission.ts';
import { approvalDesk } from '../../../queries/approvals.ts';
import { unmatchedDesk } from '../../../queries/unmatched-money.ts';
import { idParam, officerOf, type House } from '../../house.ts';
import { askedOf, commandId, deskOf, reason, shares } from './asked.ts';

const allocation = z.object({ commandId, shares, learn: z.object({ kind: z.string().max(40) }).nullish() });
const verdicts = [
  ['approve', 'approved'],
  ['refuse', 'refused'],
  ['take-back', 'taken-back'],
] as const;

export function addUnmatchedRoutes(router: Router, house: House): void {
  router.get('/urad/api/money/unmatched', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    permitMoney(actor);
    ctx.body = await unmatchedDesk(house.reader, tenantId);
  });
  router.post('/urad/api/payments/:id/allocate', async (ctx) => {
    const asked = await askedOf(ctx, allocation);
    ctx.body = await allocatePayment(deskOf(ctx, house), { ...asked, data: { paymentId: idParam(ctx, 'id'), ...asked.data } });
  });
  router.post('/urad/api/return-requests/:id/refuse', async (ctx) => {
    const asked = await askedOf(ctx, z.object({ commandId, reason }));
    ctx.body = await refuseReturn(deskOf(ctx, house), { ...asked, data: { requestId: idParam(ctx, 'id'), ...asked.data } });
  });
  router.post('/urad/api/money-rules/:id/revoke', async (ctx) => {
    const asked = await askedOf(ctx, z.object({ commandId }));
    ctx.body = await forgetRule(deskOf(ctx, house), { ...asked, data: { ruleId: idParam(ctx, 'id') } });
  });
}

export function addApprovalRoutes(router: Router, house: House): void {
  router.get('/urad/api/approvals', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    permitSeeingMoney(actor);
    ctx.body = await approvalDesk(house.reader, tenantId, { officerId: actor.id, mayApprove: mayKeepBooks(actor) });
  });
  for (const [word, verdict] of verdicts)
    router.post(`/urad/api/approvals/:id/${word}`, async (ctx) => {
      const { tenantId, actor } = officerOf(ctx);
      const asked = await askedOf(ctx, z.object({ commandId, reason: z.string().trim().max(1_000).default('') }));
      await decide(
        deskOf(ctx, house),
        { ...asked, data: { approvalId: idParam(ctx, 'id'), verdict, reason: asked.data.reason } },
        { run: startApprovedRun },
      );
      ctx.body = await approvalDesk(house.reader, tenantId, { officerId: actor.id, mayApprove: mayKeepBooks(actor) });
    });
}
