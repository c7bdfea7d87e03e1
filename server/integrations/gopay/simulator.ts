// Simulated GoPay: REST v3 under /api, the payer's page under /gw/v3, notifications to the shop.
import Router from '@koa/router';
import { z } from 'zod';
import { readForm } from '../request-body.ts';
import { journaled } from '../simulator-store.ts';
import { html, inOrder, showMoney, showPage, showTime } from '../simulator-page.ts';
import type { Simulator, SimulatorOptions } from '../simulator.ts';
import { createApi } from './simulator-api.ts';
import type { GopayCore, ShopAccount } from './simulator-api.ts';
import { createNotifier } from './simulator-notifier.ts';
import { applyGopayEvent, currentState } from './simulator-state.ts';
import type { GopayEvent, GopayState, TrackedPayment } from './simulator-state.ts';

export const demoShop: ShopAccount = { goid: 8_123_456_789, clientId: '1061399163', clientSecret: 'stDTmVXF' };

const outcomes = { pay: 'PAID', cancel: 'CANCELED', expire: 'TIMEOUTED' } as const;
const actSchema = z.object({ id: z.coerce.number(), outcome: z.enum(['pay', 'cancel', 'expire']) });

export function createGopaySimulator(options: SimulatorOptions & { readonly shop?: ShopAccount }): Simulator {
  const journal = journaled<GopayState, GopayEvent>(options.store, new Map(), applyGopayEvent);
  const notifier = createNotifier(options.faults);
  const tell = (tracked: TrackedPayment, state: TrackedPayment['state']): void =>
    notifier.notify(tracked.payment, () => journal.record({ type: 'notified', id: tracked.payment.id, state }));
  const core: GopayCore = {
    ...options,
    shop: options.shop ?? demoShop,
    payments: journal.state,
    record: journal.record,
    change: async (tracked, state, refunded) => {
      await journal.record({ type: 'changed', id: tracked.payment.id, state, ...(refunded ? { refunded } : {}) });
      tell(tracked, state);
    },
  };
  for (const tracked of journal.state.values()) for (const state of tracked.toNotify) tell(tracked, state);
  return {
    name: 'gopay',
    title: 'Platební brána GoPay',
    description: 'Přehled plateb kartou; stránku brány otevírá portál při placení.',
    middleware: inOrder(createPages(core), createApi(core)),
    ledger: () =>
      [...core.payments.values()].map((tracked) => ({
        id: String(tracked.payment.id),
        orderNumber: tracked.payment.orderNumber,
        amount: tracked.payment.amount,
        variableSymbol: tracked.payment.variableSymbol ?? null,
        state: currentState(tracked, core.clock.now()),
        refunded: tracked.refunded,
        notNotified: [...tracked.toNotify],
      })),
    control: {
      /** What the payer would click on the gateway's page. */
      act: async (input) => {
        const { id, outcome } = actSchema.parse(input);
        const tracked = core.payments.get(id);
        return { ok: tracked !== undefined && (await decide(core, tracked, outcome)) };
      },
    },
    operations: ['token', 'create', 'status', 'refund', 'notification'],
    accounts: [{ label: 'GoPay', value: `goid ${core.shop.goid}, ${core.shop.clientId} / ${core.shop.clientSecret}` }],
    close: async () => {
      await notifier.close();
      await options.store.close();
    },
  };
}

/** False when the payment is no longer open: a second click changes nothing. */
async function decide(core: GopayCore, tracked: TrackedPayment, outcome: keyof typeof outcomes): Promise<boolean> {
  const state = currentState(tracked, core.clock.now());
  if (state !== 'CREATED' && state !== 'PAYMENT_METHOD_CHOSEN') return false;
  await core.change(tracked, outcomes[outcome]);
  return true;
}

function createPages(core: GopayCore): Router {
  const router = new Router();
  router.get('/', (ctx) => {
    const rows = [...core.payments.values()].reverse().map((tracked) => {
      const { payment } = tracked;
      return html`<tr><td><a href="${core.baseUrl}/gw/v3/${payment.token}">${payment.id}</a></td><td>${payment.description}</td><td>${showMoney(payment.amount)}</td><td>${currentState(tracked, core.clock.now())}</td><td>${showTime(payment.at)}</td></tr>`;
    });
    const table = html`<div class="scroll" tabindex="0" role="region" aria-label="Platby"><table><caption>Platby</caption><thead><tr><th scope="col">Číslo</th><th scope="col">Za co</th><th scope="col">Částka</th><th scope="col">Stav</th><th scope="col">Založena</th></tr></thead><tbody>${rows}</tbody></table></div>`;
    showPage(ctx, { title: 'Platební brána GoPay', body: rows.length > 0 ? table : html`<p>Zatím žádná platba.</p>`, back: { href: `${core.baseUrl}/..`, text: 'Rozcestník' } });
  });
  router.get('/gw/v3/:token', (ctx) => {
    const tracked = byToken(core, ctx.params['token']) ?? ctx.throw(404);
    const state = currentState(tracked, core.clock.now());
    const { payment } = tracked;
    const buttons = html`<form class="card" method="post"><p>Obchodník: Město Lipová nad Orlicí</p><p>${payment.description}</p><p><strong>${showMoney(payment.amount)}</strong></p>
<button name="outcome" value="pay">Zaplatit</button><button class="plain" name="outcome" value="cancel">Zrušit platbu</button><button class="plain" name="outcome" value="expire">Nechat vypršet</button></form>`;
    const closed = html`<p class="notice">Platba je ve stavu ${state}. Nic dalšího s ní tady udělat nejde.</p><p><a href="${withId(payment.returnUrl, payment.id)}">Zpět na portál</a></p>`;
    showPage(ctx, { title: 'Platba kartou', body: state === 'CREATED' ? buttons : closed });
  });
  router.post('/gw/v3/:token', async (ctx) => {
    const tracked = byToken(core, ctx.params['token']) ?? ctx.throw(404);
    const outcome = z.enum(['pay', 'cancel', 'expire']).safeParse((await readForm(ctx)).get('outcome'));
    if (outcome.success) await decide(core, tracked, outcome.data);
    ctx.redirect(withId(tracked.payment.returnUrl, tracked.payment.id));
  });
  return router;
}

function byToken(core: GopayCore, token: string | undefined): TrackedPayment | undefined {
  return [...core.payments.values()].find(({ payment }) => payment.token === token);
}

function withId(address: string, id: number): string {
  const url = new URL(address);
  url.searchParams.set('id', String(id));
  return url.href;
}
