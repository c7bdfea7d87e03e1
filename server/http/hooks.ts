// Doors that others knock at. What a payment gateway says is never believed: it only makes us ask. A records service shows who it is.
import type Router from '@koa/router';
import type { Context } from 'koa';
import { Problem } from '../domain/problem.ts';
import { OutsideFailure } from '../integrations/connector.ts';
import { authState } from './auth/guards.ts';
import type { House } from './house.ts';
import { readBytes, readForm } from './middleware/body.ts';

/** Answered 200 only after the state was asked for and kept, else the gateway repeats its knock. */
export function addHooks(router: Router, house: House): void {
  // eSSL: SOAP of the National standard 2023; who knocks is checked before its body is read.
  router.post('/api/hooks/essl', (ctx) => serveDoor(house, ctx, 'essl'));
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

async function serveDoor(house: House, ctx: Context, connector: string): Promise<void> {
  const served = await house.serveDoor(authState(ctx).tenantId, connector, {
    authorization: ctx.get('Authorization'),
    certificate: (header) => ctx.get(header),
    body: (maxBytes) => readBytes(ctx, maxBytes, 'body-too-large'),
  });
  if (served === 'no-door') throw new Problem('not-found', 'not-found');
  if (served === 'not-admitted') {
    ctx.status = 401;
    ctx.set('WWW-Authenticate', 'Basic realm="vyrizeno"');
    ctx.body = '';
    return;
  }
  ctx.status = served.status;
  ctx.type = served.type;
  ctx.body = served.body;
}
