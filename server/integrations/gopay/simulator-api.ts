// REST door of the simulated gateway: token, create, status, refund, with GoPay's shapes of answers and errors.
import { randomBytes } from 'node:crypto';
import Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { underFaults } from '../fault-plan.ts';
import { readBody, readForm } from '../request-body.ts';
import type { SimulatorOptions } from '../simulator.ts';
import { currentState } from './simulator-state.ts';
import type { GopayEvent, GopayState, TrackedPayment } from './simulator-state.ts';

export interface ShopAccount {
  readonly goid: number;
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface GopayCore extends SimulatorOptions {
  readonly shop: ShopAccount;
  readonly payments: GopayState;
  record(event: GopayEvent): Promise<void>;
  /** Changes the state, remembers and tells the shop. */
  change(tracked: TrackedPayment, state: TrackedPayment['state'], refunded?: number): Promise<void>;
}

const TOKEN_SECONDS = 1800;
const FIRST_ID = 3_000_000_001;

const newPaymentSchema = z.object({
  target: z.object({ type: z.literal('ACCOUNT'), goid: z.number() }),
  amount: z.number().int().positive(),
  currency: z.literal('CZK'),
  order_number: z.string().min(1).max(128),
  order_description: z.string().max(255).optional(),
  additional_params: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
  callback: z.object({ return_url: z.url(), notification_url: z.url() }),
});

export function createApi(core: GopayCore): Router {
  const tokens = new Map<string, number>();
  const router = new Router({ prefix: '/api' });
  router.post('/oauth2/token', (ctx) =>
    underFaults(ctx, core.faults, 'token', async () => {
      await readForm(ctx);
      const expected = Buffer.from(`${core.shop.clientId}:${core.shop.clientSecret}`, 'utf8').toString('base64');
      if (ctx.get('authorization') !== `Basic ${expected}`) return refuse(core, ctx, 401, 'AUTH_WRONG_CREDENTIALS', null);
      const token = randomBytes(24).toString('base64url');
      tokens.set(token, core.clock.now().getTime() + TOKEN_SECONDS * 1000);
      ctx.body = { token_type: 'bearer', access_token: token, expires_in: TOKEN_SECONDS };
    }),
  );
  router.use(async (ctx, next) => {
    const validUntil = tokens.get(ctx.get('authorization').replace(/^Bearer /i, ''));
    if (validUntil === undefined || validUntil < core.clock.now().getTime()) return refuse(core, ctx, 401, 'AUTH_TOKEN_EXPIRED', null);
    await next();
  });
  router.post('/payments/payment', (ctx) => underFaults(ctx, core.faults, 'create', () => create(core, ctx)));
  router.get('/payments/payment/:id', (ctx) =>
    underFaults(ctx, core.faults, 'status', async () => {
      const tracked = core.payments.get(Number(ctx.params['id']));
      if (!tracked) return refuse(core, ctx, 404, 'PAYMENT_NOT_FOUND', null);
      ctx.body = show(core, tracked);
    }),
  );
  router.post('/payments/payment/:id/refund', (ctx) =>
    underFaults(ctx, core.faults, 'refund', async () => {
      const tracked = core.payments.get(Number(ctx.params['id']));
      const amount = Number((await readForm(ctx)).get('amount'));
      const left = tracked ? tracked.payment.amount - tracked.refunded : 0;
      const isPaid = tracked?.state === 'PAID' || tracked?.state === 'PARTIALLY_REFUNDED';
      if (!tracked || !isPaid || !Number.isInteger(amount) || amount <= 0 || amount > left)
        return refuse(core, ctx, 409, 'PAYMENT_REFUND_NOT_SUPPORTED', 'amount');
      await core.change(tracked, amount === left ? 'REFUNDED' : 'PARTIALLY_REFUNDED', amount);
      ctx.body = { id: tracked.payment.id, result: 'FINISHED' };
    }),
  );
  return router;
}

async function create(core: GopayCore, ctx: Context): Promise<void> {
  const parsed = newPaymentSchema.safeParse(JSON.parse((await readBody(ctx)).toString('utf8')));
  if (!parsed.success) return refuse(core, ctx, 409, 'INVALID', parsed.error.issues[0]?.path.join('.') ?? null);
  const { data } = parsed;
  if (data.target.goid !== core.shop.goid) return refuse(core, ctx, 409, 'INVALID', 'target.goid');
  const variableSymbol = data.additional_params?.find(({ name }) => name === 'vs')?.value;
  const payment = {
    id: FIRST_ID + core.payments.size,
    token: randomBytes(18).toString('base64url'),
    orderNumber: data.order_number,
    amount: data.amount,
    currency: data.currency,
    description: data.order_description ?? '',
    ...(variableSymbol ? { variableSymbol } : {}),
    returnUrl: data.callback.return_url,
    notificationUrl: data.callback.notification_url,
    at: core.clock.now().toISOString(),
  };
  await core.record({ type: 'created', payment });
  const tracked = core.payments.get(payment.id);
  ctx.body = tracked ? show(core, tracked) : null;
}

function show(core: GopayCore, tracked: TrackedPayment): unknown {
  const { payment } = tracked;
  const state = currentState(tracked, core.clock.now());
  return {
    id: payment.id,
    order_number: payment.orderNumber,
    state,
    amount: payment.amount,
    currency: payment.currency,
    payer: {
      allowed_payment_instruments: ['PAYMENT_CARD', 'BANK_ACCOUNT'],
      ...(state === 'PAID' ? { payment_card: { card_number: '444444******4448', card_brand: 'VISA' } } : {}),
    },
    target: { type: 'ACCOUNT', goid: core.shop.goid },
    ...(payment.variableSymbol ? { additional_params: [{ name: 'vs', value: payment.variableSymbol }] } : {}),
    ...(state === 'PAID' ? { payment_instrument: 'PAYMENT_CARD' } : {}),
    lang: 'CS',
    gw_url: `${core.baseUrl}/gw/v3/${payment.token}`,
  };
}

/** GoPay's envelope of errors. The numbers are the sandbox's examples, not a contract. */
function refuse(core: GopayCore, ctx: Context, status: number, name: string, field: string | null): void {
  ctx.status = status;
  ctx.body = {
    date_issued: core.clock.now().toISOString(),
    errors: [{ scope: field ? 'F' : 'G', field, error_code: field ? 111 : 202, error_name: name, message: name, description: null }],
  };
}
