// REST door of the simulated gateway: token, create, status, refunds, statement, with GoPay's shapes of answers and errors.
import { randomBytes } from 'node:crypto';
import Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { underFaults } from '../fault-plan.ts';
import { readBody, readForm } from '../request-body.ts';
import { refuse, type GopayCore } from './simulator-core.ts';
import { history, refund } from './simulator-refunds.ts';
import { currentState } from './simulator-state.ts';
import type { TrackedPayment } from './simulator-state.ts';
import { statement } from './simulator-transfers.ts';

/** What a payer can choose at GoPay. */
const instruments = [
  ...['PAYMENT_CARD', 'BANK_ACCOUNT', 'GPAY', 'APPLE_PAY', 'GOPAY', 'PAYPAL', 'MPAYMENT'],
  ...['PRSMS', 'PAYSAFECARD', 'BITCOIN', 'CLICK_TO_PAY', 'TWISTO', 'SKIPPAY'],
] as const;

const TOKEN_SECONDS = 1800;
const FIRST_ID = 3_000_000_001;

const newPaymentSchema = z.object({
  payer: z.object({ allowed_payment_instruments: z.array(z.enum(instruments)).min(1).optional() }).optional(),
  /** Recurring payments are not for a town: it must not ask for one. */
  recurrence: z.undefined().optional(),
  items: z.array(z.object({ name: z.string(), amount: z.number().int(), count: z.number().int() })).optional(),
  lang: z.string().optional(),
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
    underFaults(ctx, core.faults, 'refund', () => refund(core, ctx, Number(ctx.params['id']))),
  );
  router.get('/payments/payment/:id/refunds', (ctx) =>
    underFaults(ctx, core.faults, 'refunds', async () => {
      const tracked = core.payments.get(Number(ctx.params['id']));
      if (!tracked) return refuse(core, ctx, 404, 'PAYMENT_NOT_FOUND', null);
      history(core, ctx, tracked);
    }),
  );
  router.get('/eshops/eshop/:goid/payment-instruments/:currency', (ctx) =>
    underFaults(ctx, core.faults, 'instruments', async () => {
      ctx.body = { enabledPaymentInstruments: instruments.slice(0, 4).map((paymentInstrument) => ({ paymentInstrument })) };
    }),
  );
  router.post('/accounts/account-statement', (ctx) => underFaults(ctx, core.faults, 'statement', () => statement(core, ctx)));
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
    instruments: data.payer?.allowed_payment_instruments ?? ['PAYMENT_CARD'],
    ...(data.items ? { items: data.items.map(({ name, amount }) => ({ name, amount })) } : {}),
    ...(data.lang ? { lang: data.lang } : {}),
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
  const isPaid = ['PAID', 'REFUNDED', 'PARTIALLY_REFUNDED'].includes(state);
  const byCard = isPaid && tracked.instrument === 'PAYMENT_CARD';
  return {
    id: payment.id,
    order_number: payment.orderNumber,
    state,
    ...(tracked.subState ? { sub_state: tracked.subState } : {}),
    amount: payment.amount,
    currency: payment.currency,
    payer: {
      allowed_payment_instruments: payment.instruments ?? ['PAYMENT_CARD'],
      ...(byCard ? { payment_card: { card_number: '444444******4448', card_brand: 'VISA' } } : {}),
    },
    target: { type: 'ACCOUNT', goid: core.shop.goid },
    ...(payment.variableSymbol ? { additional_params: [{ name: 'vs', value: payment.variableSymbol }] } : {}),
    ...(tracked.instrument ? { payment_instrument: tracked.instrument } : {}),
    lang: payment.lang ?? 'CS',
    gw_url: `${core.baseUrl}/gw/v3/${payment.token}`,
  };
}
