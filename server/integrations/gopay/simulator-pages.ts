// Pages of the simulated gateway: what the payer sees and clicks, and a list of payments.
import Router from '@koa/router';
import { z } from 'zod';
import { readForm } from '../request-body.ts';
import { html, showMoney, showPage, showTime, table } from '../simulator-page.ts';
import type { Html } from '../simulator-page.ts';
import type { GopayCore } from './simulator-api.ts';
import { currentState } from './simulator-state.ts';
import type { TrackedPayment } from './simulator-state.ts';

export const outcomeSchema = z.enum(['pay', 'cancel', 'expire']);
/** Words for people; the interface speaks GoPay's names. */
const stateWords: Readonly<Record<string, string>> = {
  CREATED: 'založena',
  PAYMENT_METHOD_CHOSEN: 'vybrán způsob platby',
  PAID: 'zaplacena',
  CANCELED: 'zrušena',
  TIMEOUTED: 'vypršela',
  REFUNDED: 'vrácena',
};
const states = { pay: 'PAID', cancel: 'CANCELED', expire: 'TIMEOUTED' } as const;

/** False when the payment is no longer open: a second click changes nothing. */
export async function decide(core: GopayCore, tracked: TrackedPayment, outcome: z.output<typeof outcomeSchema>): Promise<boolean> {
  if (!isOpen(core, tracked)) return false;
  await core.change(tracked, states[outcome]);
  return true;
}

export function createGatewayPages(core: GopayCore): Router {
  const router = new Router();
  router.get('/', (ctx) =>
    showPage(ctx, { title: 'Platební brána GoPay', body: paymentList(core), back: { href: `${core.baseUrl}/..`, text: 'Rozcestník' } }),
  );
  router.get('/gw/v3/:token', (ctx) => {
    const tracked = byToken(core, ctx.params['token']) ?? ctx.throw(404);
    showPage(ctx, { title: 'Platba kartou', body: isOpen(core, tracked) ? openPayment(tracked) : closedPayment(core, tracked) });
  });
  router.post('/gw/v3/:token', async (ctx) => {
    const tracked = byToken(core, ctx.params['token']) ?? ctx.throw(404);
    const outcome = outcomeSchema.safeParse((await readForm(ctx)).get('outcome'));
    if (outcome.success) await decide(core, tracked, outcome.data);
    ctx.redirect(withId(tracked));
  });
  return router;
}

function paymentList(core: GopayCore): Html {
  const rows = [...core.payments.values()].reverse().map((tracked) => {
    const { id, token, description, amount, at } = tracked.payment;
    const link = html`<a href="${core.baseUrl}/gw/v3/${token}">${id}</a>`;
    return [link, description, showMoney(amount), inWords(core, tracked), showTime(at)];
  });
  return rows.length > 0 ? table('Platby', ['Číslo', 'Za co', 'Částka', 'Stav', 'Založena'], rows) : html`<p>Zatím žádná platba.</p>`;
}

function openPayment({ payment }: TrackedPayment): Html {
  const button = (outcome: string, look: string, text: string): Html =>
    html`<button class="${look}" name="outcome" value="${outcome}">${text}</button>`;
  const buttons = [
    button('pay', 'main', 'Zaplatit'),
    button('cancel', 'plain', 'Zrušit platbu'),
    button('expire', 'plain', 'Nechat vypršet'),
  ];
  return html`<form class="card" method="post">
    <p>${payment.description}<br />Příjemce: Město Lipová nad Orlicí</p>
    <p><strong>${showMoney(payment.amount)}</strong></p>
    ${buttons}
  </form>`;
}

function closedPayment(core: GopayCore, tracked: TrackedPayment): Html {
  return html`<p class="notice">Platba je ${inWords(core, tracked)}. Nic dalšího s ní tady udělat nejde.</p>
    <p><a href="${withId(tracked)}">Zpět na portál</a></p>`;
}

function inWords(core: GopayCore, tracked: TrackedPayment): string {
  const state = currentState(tracked, core.clock.now());
  return stateWords[state] ?? state;
}

function isOpen(core: GopayCore, tracked: TrackedPayment): boolean {
  return ['CREATED', 'PAYMENT_METHOD_CHOSEN'].includes(currentState(tracked, core.clock.now()));
}

function byToken(core: GopayCore, token: string | undefined): TrackedPayment | undefined {
  return [...core.payments.values()].find(({ payment }) => payment.token === token);
}

/** The shop's return address with the number of the payment. */
function withId({ payment }: TrackedPayment): string {
  const url = new URL(payment.returnUrl);
  url.searchParams.set('id', String(payment.id));
  return url.href;
}
