// Pages of the simulated Comgate: what the payer sees and clicks, and a list of payments.
import Router from '@koa/router';
import { z } from 'zod';
import { readForm } from '../request-body.ts';
import { html, showMoney, showPage, showTime, table } from '../simulator-page.ts';
import type { Html } from '../simulator-page.ts';
import type { ComgateCore } from './simulator-core.ts';
import { currentState } from './simulator-state.ts';
import type { TrackedPayment } from './simulator-state.ts';

export const outcomeSchema = z.enum(['pay', 'cancel', 'authorize']);
const states = { pay: 'PAID', cancel: 'CANCELLED', authorize: 'AUTHORIZED' } as const;
/** Words for people; the interface speaks Comgate's names. */
const stateWords: Readonly<Record<string, string>> = {
  PENDING: 'čeká na zaplacení',
  PAID: 'zaplacena',
  CANCELLED: 'zrušena',
  AUTHORIZED: 'předautorizována',
};

/** False when the payment is no longer open: a second click changes nothing. */
export async function decide(
  core: ComgateCore,
  tracked: TrackedPayment,
  { outcome, method }: { readonly outcome: z.output<typeof outcomeSchema>; readonly method?: string | undefined },
): Promise<boolean> {
  if (currentState(tracked, core.clock.now()) !== 'PENDING') return false;
  await core.change(tracked, { state: states[outcome], method: method ?? 'CARD_CZ_COMGATE' });
  return true;
}

export function createGatewayPages(core: ComgateCore): Router {
  const router = new Router();
  router.get('/', (ctx) =>
    showPage(ctx, { title: 'Platební brána Comgate', body: paymentList(core), back: { href: `${core.baseUrl}/..`, text: 'Rozcestník' } }),
  );
  router.get('/client/instructions/index', (ctx) => {
    const tracked = core.state.payments.get(String(ctx.query['id'] ?? '')) ?? ctx.throw(404);
    const isOpen = currentState(tracked, core.clock.now()) === 'PENDING';
    showPage(ctx, { title: 'Platba', body: isOpen ? openPayment(tracked) : closedPayment(core, tracked) });
  });
  router.post('/client/instructions/index', async (ctx) => {
    const tracked = core.state.payments.get(String(ctx.query['id'] ?? '')) ?? ctx.throw(404);
    const outcome = outcomeSchema.safeParse((await readForm(ctx)).get('outcome'));
    if (outcome.success) await decide(core, tracked, { outcome: outcome.data });
    ctx.redirect(withIds(tracked));
  });
  return router;
}

function paymentList(core: ComgateCore): Html {
  const rows = [...core.state.payments.values()].reverse().map((tracked) => {
    const { transId, name, price, at } = tracked.payment;
    const link = html`<a href="${core.baseUrl}/client/instructions/index?id=${transId}">${transId}</a>`;
    return [link, name, showMoney(price), inWords(core, tracked), showTime(at)];
  });
  return rows.length > 0 ? table('Platby', ['Číslo', 'Za co', 'Částka', 'Stav', 'Založena'], rows) : html`<p>Zatím žádná platba.</p>`;
}

function openPayment({ payment }: TrackedPayment): Html {
  return html`<form class="card" method="post">
    <p>${payment.name}<br />Příjemce: ${payment.label}</p>
    <p><strong>${showMoney(payment.price)}</strong></p>
    <button class="main" name="outcome" value="pay">Zaplatit</button>
    <button class="plain" name="outcome" value="cancel">Zrušit platbu</button>
  </form>`;
}

function closedPayment(core: ComgateCore, tracked: TrackedPayment): Html {
  return html`<p class="notice">Platba je ${inWords(core, tracked)}. Nic dalšího s ní tady udělat nejde.</p>
    <p><a href="${withIds(tracked)}">Zpět na portál</a></p>`;
}

function inWords(core: ComgateCore, tracked: TrackedPayment): string {
  const state = currentState(tracked, core.clock.now());
  return stateWords[state] ?? state;
}

/** The merchant's return address with the number of the payment and our reference. */
function withIds({ payment }: TrackedPayment): string {
  const url = new URL(payment.returnUrl);
  url.searchParams.set('id', payment.transId);
  url.searchParams.set('refId', payment.refId);
  return url.href;
}
