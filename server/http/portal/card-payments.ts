// Paying at the gateway: one prescription, several or all of a citizen's, and without login by symbol and exact amount.
import type Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import { z } from 'zod';
import { ownCardPayment, payByGateway, payWithoutLogin, publicCardPayment, requirePublicDebt } from '../../cases/pay-by-gateway.ts';
import type { CardPayment, PublicCardPayment, PublicPayment } from '../../contract/portal.ts';
import { spayd } from '../../domain/qr-payment.ts';
import { OutsideFailure } from '../../integrations/connector.ts';
import { authState } from '../auth/guards.ts';
import { accountViewer, citizenOf, idParam, type House } from '../house.ts';
import { apiLanguage } from '../language.ts';
import { readJson } from '../middleware/body.ts';
import { rateLimit } from '../middleware/rate-limit.ts';

const commandId = z.string().min(8).max(100);
const debt = z.object({
  variableSymbol: z
    .string()
    .trim()
    .regex(/^\d{1,10}$/),
  /** Haléře. */
  amount: z.number().int().positive().max(999_999_999),
});

/** With the moment of prescribing, which decides on the account; without it the account that holds now. */
const shownDebt = debt.extend({ prescribedAt: z.iso.datetime().optional() });
type ShownDebt = z.output<typeof shownDebt>;

type Card = Awaited<ReturnType<typeof ownCardPayment>>;

export function addCardPaymentRoutes(router: Router, house: House): void {
  const { corridor } = house;
  router.post('/api/cases/:id/prescriptions/:prescriptionId/card', async (ctx) => {
    const { tenantId, actor } = citizenOf(ctx);
    const asked = await readJson(ctx, z.object({ commandId }));
    const order = { prescriptionIds: [idParam(ctx, 'prescriptionId')], caseId: idParam(ctx, 'id'), ...asked };
    const id = await payByGateway(corridor, tenantId, { gateway: house.gateway(), personId: accountViewer(actor), ...order });
    ctx.body = shown(await ownCardPayment(corridor, tenantId, actor.id, id));
  });
  router.post('/api/card-payments', house.auth.limitForms, async (ctx) => {
    const { tenantId, actor } = citizenOf(ctx);
    const asked = await readJson(ctx, z.object({ commandId, prescriptionIds: z.array(z.uuid()).max(200) }));
    const id = await payByGateway(corridor, tenantId, { gateway: house.gateway(), personId: accountViewer(actor), ...asked });
    ctx.body = shown(await ownCardPayment(corridor, tenantId, actor.id, id));
  });
  router.get('/api/card-payments/:id', async (ctx) => {
    const { tenantId, actor } = citizenOf(ctx);
    const card = await ownCardPayment(corridor, tenantId, actor.id, idParam(ctx, 'id'));
    ctx.body = shown(card);
    // The payer came back: the gateway is asked at once, its own notification may come late or never.
    if (ctx.query['zeptat'] === '1') await askGateway(house, tenantId, card);
  });
  addPublicRoutes(router, house);
}

const MINUTE = 60_000;
const symbolOf = (ctx: Context): string | undefined => (ctx.state as { symbol?: string }).symbol;

function addPublicRoutes(router: Router, house: House): void {
  const { corridor } = house;
  const byAddress = rateLimit({ limit: 20, windowMs: MINUTE, keyOf: (ctx) => ctx.ip });
  // Whoever knows a symbol must not find its amount by trying, from however many addresses.
  const bySymbol = rateLimit({ limit: 20, windowMs: 60 * MINUTE, keyOf: symbolOf });
  const body =
    (schema: z.ZodType<z.output<typeof debt>>): Middleware =>
    async (ctx, next) => {
      const asked = await readJson(ctx, schema, 2_000);
      Object.assign(ctx.state, { asked, symbol: asked.variableSymbol.replace(/^0+/, '') });
      await next();
    };
  router.post('/api/public-payments', byAddress, body(debt), bySymbol, async (ctx) => {
    const asked = ctx.state['asked'] as z.output<typeof debt>;
    const { tenantId } = authState(ctx);
    ctx.body = publicPayment(house, tenantId, { ...asked, prescribedAt: await requirePublicDebt(corridor, tenantId, asked) });
  });
  const order = debt.extend({ commandId: z.uuid() });
  router.post('/api/public-payments/card', byAddress, body(order), bySymbol, async (ctx) => {
    const { tenantId } = authState(ctx);
    const asked = ctx.state['asked'] as z.output<typeof order>;
    const id = await payWithoutLogin(corridor, tenantId, { gateway: house.gateway(), lang: apiLanguage(ctx), ...asked });
    ctx.body = publicShown(await publicCardPayment(corridor, tenantId, id, asked.commandId));
  });
  router.get('/api/public-payments/card/:id', async (ctx) => {
    const { tenantId } = authState(ctx);
    const card = await publicCardPayment(corridor, tenantId, idParam(ctx, 'id'), String(ctx.query['klic'] ?? ''));
    ctx.body = publicShown(card);
    if (ctx.query['zeptat'] === '1') await askGateway(house, tenantId, card);
  });
  // Made of what was typed and of an account of the town alone: it says nothing about whether there is such a debt.
  router.get('/api/public-payments/qr.svg', byAddress, async (ctx) => {
    const { vs, castka, od } = ctx.query;
    const asked = shownDebt.parse({ variableSymbol: vs, amount: Number(castka), prescribedAt: od });
    ctx.type = 'image/svg+xml';
    ctx.body = await house.qrSvg(spaydOf(house, authState(ctx).tenantId, asked));
  });
}

const STATES: Readonly<Record<Card['state'], CardPayment['state']>> = {
  ordered: 'preparing',
  open: 'ready',
  authorized: 'ready',
  paid: 'paid',
  'part-refunded': 'paid',
  refunded: 'paid',
  cancelled: 'cancelled',
  expired: 'expired',
  failed: 'failed',
};

const shown = ({ id, caseId, state, gatewayUrl }: Card): CardPayment => ({ id, caseId, state: STATES[state], gatewayUrl });
const publicShown = ({ id, state, gatewayUrl }: Card): PublicCardPayment => ({ id, state: STATES[state], gatewayUrl });

function spaydOf(house: House, tenantId: number, { variableSymbol, amount, prescribedAt }: ShownDebt): string {
  return spayd({ account: house.reader.account(tenantId, prescribedAt).account, amount, variableSymbol });
}

/** Whatever moment the address names, the account is one of the town's. */
function publicPayment(house: House, tenantId: number, asked: ShownDebt): PublicPayment {
  const { variableSymbol, amount, prescribedAt } = asked;
  const qrHref = `/api/public-payments/qr.svg?${new URLSearchParams({ vs: variableSymbol, castka: String(amount), od: prescribedAt ?? '' }).toString()}`;
  return {
    ...{ variableSymbol, amount, qrHref },
    ...house.reader.account(tenantId, prescribedAt),
    spayd: spaydOf(house, tenantId, asked),
    byGateway: house.gateway() !== undefined,
  };
}

/** A gateway that does not answer changes nothing for the payer: he sees the last known state and the page asks again. */
async function askGateway(house: House, tenantId: number, card: Card): Promise<void> {
  if (card.remoteId === null || !['open', 'authorized'].includes(card.state)) return;
  try {
    await house.askGateway(tenantId, card.gateway, card.remoteId);
  } catch (error) {
    if (!(error instanceof OutsideFailure)) throw error;
    house.log.warn({ code: error.code }, 'gateway could not be asked');
  }
}
