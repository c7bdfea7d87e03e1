// Doors that payment gateways knock at. What they say is never believed: it only makes us ask.
import type Router from '@koa/router';
import type { Context } from 'koa';
import { Problem } from '../domain/problem.ts';
import { OutsideFailure } from '../integrations/connector.ts';
import { authState } from './auth/guards.ts';
import type { House } from './house.ts';
import { readForm } from './middleware/body.ts';

/** Answered 200 only after the state was asked for and kept, else the gateway repeats its knock. */
export function addHooks(router: Router, house: House): void {
  // GoPay: GET notification_url?id=…
  router.get('/api/hooks/gopay', (ctx) => hear(house, ctx, 'gopay', {}));
  // Comgate: POST of a form with the shop's secret.
  router.post('/api/hooks/comgate', async (ctx) => hear(house, ctx, 'comgate', await readForm(ctx)));
}

async function hear(house: House, ctx: Context, gateway: string, form: Readonly<Record<string, string>>): Promise<void> {
  const query = Object.fromEntries(Object.entries(ctx.query).map(([name, value]) => [name, String(value)]));
  try {
    const isTheirs = await house.hearGateway(authState(ctx).tenantId, { gateway, notification: { query, form } });
    if (!isTheirs) throw new Problem('invalid', 'payment-id-invalid');
    ctx.body = 'OK';
  } catch (error) {
    if (!(error instanceof OutsideFailure)) throw error;
    ctx.status = error.retryable ? 503 : 404;
    ctx.body = error.code;
  }
}
