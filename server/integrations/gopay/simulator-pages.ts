// Pages of the simulated gateway: what the payer sees and clicks, and a list of payments.
import Router from '@koa/router';
import { z } from 'zod';
import { readForm } from '../request-body.ts';
import { html, showMoney, showPage, showTime, table } from '../simulator-page.ts';
import type { Html } from '../simulator-page.ts';
import type { GopayCore, StateChange } from './simulator-core.ts';
import { currentState } from './simulator-state.ts';
import type { TrackedPayment } from './simulator-state.ts';

/** `pay` at once; `choose` = the payer went to his bank, the rest comes later; `refuse` = his bank said no; `authorize` is not asked for by us. */
export const outcomeSchema = z.enum(['pay', 'choose', 'refuse', 'cancel', 'expire', 'authorize']);
/** Words for people; the interface speaks GoPay's names. */
const stateWords: Readonly<Record<string, string>> = {
  CREATED: 'založena',
  PAYMENT_METHOD_CHOSEN: 'vybrán způsob platby',
  PAID: 'zaplacena',
  CANCELED: 'zrušena',
  TIMEOUTED: 'vypršela',
  AUTHORIZED: 'předautorizována',
  REFUNDED: 'vrácena',
  PARTIALLY_REFUNDED: 'vrácena zčásti',
};
const states: Readonly<Record<z.output<typeof outcomeSchema>, StateChange>> = {
  pay: { state: 'PAID' },
  choose: { state: 'PAYMENT_METHOD_CHOSEN', subState: '_101' },
  refuse: { state: 'CANCELED', subState: '_5002' },
  cancel: { state: 'CANCELED' },
  expire: { state: 'TIMEOUTED' },
  authorize: { state: 'AUTHORIZED' },
};
const instrumentWords: Readonly<Record<string, string>> = {
  PAYMENT_CARD: 'kartou',
  BANK_ACCOUNT: 'převodem z banky',
  GPAY: 'Google Pay',
  APPLE_PAY: 'Apple Pay',
};

/** False when the payment is no longer open: a second click changes nothing. */
export async function decide(
  core: GopayCore,
  tracked: TrackedPayment,
  choice: { readonly outcome: z.output<typeof outcomeSchema>; readonly instrument?: string | undefined },
): Promise<boolean> {
  if (!isOpen(core, tracked)) return false;
  const instrument = choice.instrument ?? tracked.instrument ?? tracked.payment.instruments?.[0] ?? 'PAYMENT_CARD';
  await core.change(tracked, { ...states[choice.outcome], instrument });
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
    const form = await readForm(ctx);
    const outcome = outcomeSchema.safeParse(form.get('outcome'));
    const instrument = form.get('instrument') ?? undefined;
    if (outcome.success) await decide(core, tracked, { outcome: outcome.data, instrument });
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
    button('choose', 'plain', 'Odejít do své banky'),
    button('refuse', 'plain', 'Banka platbu odmítne'),
    button('cancel', 'plain', 'Zrušit platbu'),
    button('expire', 'plain', 'Nechat vypršet'),
  ];
  const items = (payment.items ?? []).map(({ name, amount }) => html`<li>${name}: ${showMoney(amount)}</li>`);
  const options = (payment.instruments ?? []).map((name) => html`<option value="${name}">${instrumentWords[name] ?? name}</option>`);
  return html`<form class="card" method="post">
    <p>${payment.description}<br />Příjemce: Město Lipová nad Orlicí</p>
    <ul>
      ${items}
    </ul>
    <p><strong>${showMoney(payment.amount)}</strong></p>
    <label for="instrument">Čím platíte</label>
    <select id="instrument" name="instrument">
      ${options}
    </select>
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
