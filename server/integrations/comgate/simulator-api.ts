// REST door of the simulated Comgate, protocol 2.0: payments, refunds, lists of transfers.
import { randomBytes } from 'node:crypto';
import Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { underFaults } from '../fault-plan.ts';
import { readBody } from '../request-body.ts';
import { refuse, type ComgateCore } from './simulator-core.ts';
import { currentState, refundedOf } from './simulator-state.ts';
import type { TrackedPayment } from './simulator-state.ts';

const newPaymentSchema = z.object({
  price: z.number().int().min(100),
  curr: z.literal('CZK'),
  label: z.string().min(1).max(16),
  name: z.string().optional(),
  refId: z.string().min(1),
  email: z.string(),
  method: z.string().regex(/^[A-Z][A-Z0-9_]*([+-][A-Z][A-Z0-9_]*)*$/),
  prepareOnly: z.literal('true'),
  preauth: z.literal('false').optional(),
  initRecurring: z.literal('false').optional(),
  url_paid: z.url(),
});
const refundSchema = z.object({ transId: z.string(), amount: z.number().int().positive(), refId: z.string().optional() });

export function createApi(core: ComgateCore): Router {
  const router = new Router({ prefix: '/v2.0' });
  const expected = `Basic ${Buffer.from(`${core.shop.merchant}:${core.shop.secret}`, 'utf8').toString('base64')}`;
  router.use(async (ctx, next) => {
    if (ctx.get('authorization') === expected) return next();
    ctx.status = 403;
    ctx.body = { code: 1301, message: 'unknown e-shop' };
  });
  const guarded = (operation: string, work: (ctx: Context) => Promise<void> | void) => (ctx: Context) =>
    underFaults(ctx, core.faults, operation, async () => work(ctx));
  const known = (ctx: Context): TrackedPayment | undefined =>
    core.state.payments.get((ctx as Context & { params: Record<string, string> }).params['id'] ?? '');
  router.post(
    '/payment.json',
    guarded('create', (ctx) => create(core, ctx)),
  );
  router.get(
    '/payment/transId/:id.json',
    guarded('status', (ctx) => {
      const tracked = known(ctx);
      if (!tracked) return refuse(ctx, 1400, 'transaction not found');
      ctx.body = { code: 0, message: 'OK', test: 'false', ...factsOf(core, tracked) };
    }),
  );
  router.delete(
    '/payment/transId/:id.json',
    guarded('cancel', async (ctx) => {
      const tracked = known(ctx);
      if (!tracked || currentState(tracked, core.clock.now()) !== 'PENDING') return refuse(ctx, 1400, 'transaction cannot be cancelled');
      await core.change(tracked, { state: 'CANCELLED' });
      ctx.body = { code: 0, message: 'OK' };
    }),
  );
  router.post(
    '/refund.json',
    guarded('refund', (ctx) => refund(core, ctx)),
  );
  router.get(
    '/method.json',
    guarded('methods', (ctx) => void (ctx.body = { code: 0, message: 'OK', methods: [] })),
  );
  router.get(
    '/transferList/date/:day.json',
    guarded('transfers', (ctx) => transferList(core, ctx)),
  );
  router.get(
    '/singleTransfer/transferId/:id.json',
    guarded('transfers', (ctx) => transferItems(core, ctx)),
  );
  return router;
}

async function create(core: ComgateCore, ctx: Context): Promise<void> {
  const parsed = newPaymentSchema.safeParse(JSON.parse((await readBody(ctx)).toString('utf8')));
  if (!parsed.success) return refuse(ctx, 1400, `wrong parameter ${parsed.error.issues[0]?.path.join('.') ?? ''}`);
  const { data } = parsed;
  const transId = (randomBytes(6).toString('hex').toUpperCase().match(/.{4}/g) ?? []).join('-');
  const { price, curr, label, refId, email, method, url_paid: returnUrl, name = label } = data;
  const at = core.clock.now().toISOString();
  await core.record({ type: 'created', payment: { transId, refId, price, curr, label, name, email, method, returnUrl, at } });
  ctx.body = { code: 0, message: 'OK', transId, redirect: `${core.baseUrl}/client/instructions/index?id=${transId}` };
}

export function factsOf(core: ComgateCore, tracked: TrackedPayment): Readonly<Record<string, string>> {
  const { transId, refId, price, curr, label, email } = tracked.payment;
  return {
    merchant: core.shop.merchant,
    transId,
    refId,
    price: String(price),
    curr,
    label,
    email,
    method: tracked.method,
    status: currentState(tracked, core.clock.now()),
    fee: 'unknown',
    vs: '1',
  };
}

async function refund(core: ComgateCore, ctx: Context): Promise<void> {
  const parsed = refundSchema.safeParse(JSON.parse((await readBody(ctx)).toString('utf8')));
  const tracked = parsed.success ? core.state.payments.get(parsed.data.transId) : undefined;
  if (!parsed.success || !tracked) return refuse(ctx, 1400, 'wrong query');
  if (tracked.state !== 'PAID') return refuse(ctx, 1401, 'payment is not paid');
  if (parsed.data.amount > tracked.payment.price - refundedOf(tracked)) return refuse(ctx, 1402, 'refund amount higher than allowed');
  const { transId, amount, refId = tracked.payment.refId } = parsed.data;
  await core.record({ type: 'refunded', transId, amount, refId });
  ctx.body = { code: 0, message: 'OK' };
}

type WithParams = Context & { params: Record<string, string> };

function transferList(core: ComgateCore, ctx: Context): void {
  const sent = core.state.transfers.filter(({ day }) => day === (ctx as WithParams).params['day']);
  ctx.body = sent.map(({ id, day, variableSymbol }) => ({
    transferId: id,
    transferDate: day,
    accountCounterparty: '0/0000',
    accountOutgoing: '2100022222/2010',
    variableSymbol,
  }));
}

function transferItems(core: ComgateCore, ctx: Context): void {
  const transfer = core.state.transfers.find(({ id }) => String(id) === (ctx as WithParams).params['id']);
  ctx.body = (transfer?.items ?? []).map(({ transId, amount, fee }) => ({
    typ: 1,
    Merchant: core.shop.merchant,
    'Datum prevodu': transfer?.day ?? '',
    'ID Comgate': transId,
    'ID od klienta': core.state.payments.get(transId)?.payment.refId ?? '',
    Mena: 'CZK',
    'Potvrzena castka': crowns(amount),
    'Prevedena castka': crowns(amount - fee),
    'Poplatek celkem': crowns(fee),
  }));
}

const crowns = (halere: number): string =>
  `${halere < 0 ? '-' : ''}${Math.floor(Math.abs(halere) / 100)},${String(Math.abs(halere) % 100).padStart(2, '0')}`;
