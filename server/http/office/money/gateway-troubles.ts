// Transfers of gateways that do not add up.
import type Router from '@koa/router';
import { z } from 'zod';
import { closeTrouble, settleTransfer } from '../../../books/desk/gateway-troubles.ts';
import { permitMoney } from '../../../domain/permission.ts';
import { gatewayTroubles } from '../../../queries/gateway-troubles.ts';
import { officerOf, type House } from '../../house.ts';
import { askedOf, commandId, deskOf, reason } from './asked.ts';

const name = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => text.isWellFormed() && !text.includes('\0'));
const transfer = { commandId, gateway: name, id: name };

export function addGatewayTroubleRoutes(router: Router, house: House): void {
  router.get('/urad/api/money/gateway-troubles', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    permitMoney(actor);
    ctx.body = await gatewayTroubles(house.reader, tenantId);
  });
  router.post('/urad/api/money/gateway-troubles/settle', async (ctx) => {
    ctx.body = await settleTransfer(deskOf(ctx, house), await askedOf(ctx, z.object(transfer)));
  });
  router.post('/urad/api/money/gateway-troubles/close', async (ctx) => {
    ctx.body = await closeTrouble(deskOf(ctx, house), await askedOf(ctx, z.object({ ...transfer, reason })));
  });
}
