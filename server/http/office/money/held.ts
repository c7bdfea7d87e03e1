// Money that came in another currency and waits for its amount in crowns.
import type Router from '@koa/router';
import { z } from 'zod';
import { bookHeld, putHeldAside } from '../../../books/desk/held-money.ts';
import { permitMoney } from '../../../domain/permission.ts';
import { heldDesk } from '../../../queries/held-money.ts';
import { officerOf, type House } from '../../house.ts';
import { amount, askedOf, commandId, deskOf, reason } from './asked.ts';

/** Ids of movements are the bank's: account, reference and a hash. */
const itemId = z
  .string()
  .min(1)
  .max(300)
  .refine((text) => text.isWellFormed() && !text.includes('\0'));

export function addHeldRoutes(router: Router, house: House): void {
  router.get('/urad/api/money/held', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    permitMoney(actor);
    ctx.body = await heldDesk(house.reader, tenantId);
  });
  router.post('/urad/api/money/held/book', async (ctx) => {
    const asked = await askedOf(ctx, z.object({ commandId, itemId, amount: amount.optional() }));
    ctx.body = await bookHeld(deskOf(ctx, house), asked);
  });
  router.post('/urad/api/money/held/aside', async (ctx) => {
    const asked = await askedOf(ctx, z.object({ commandId, itemId, reason }));
    ctx.body = await putHeldAside(deskOf(ctx, house), asked);
  });
}
