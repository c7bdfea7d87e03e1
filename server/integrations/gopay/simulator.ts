// Simulated GoPay: REST v3 under /api, the payer's page under /gw/v3, notifications to the shop.
import { z } from 'zod';
import { journaled } from '../simulator-store.ts';
import { inOrder } from '../simulator-page.ts';
import type { Simulator, SimulatorOptions } from '../simulator.ts';
import { createApi } from './simulator-api.ts';
import type { GopayCore, ShopAccount } from './simulator-api.ts';
import { createGatewayPages, decide, outcomeSchema } from './simulator-pages.ts';
import { createNotifier } from './simulator-notifier.ts';
import { applyGopayEvent, currentState } from './simulator-state.ts';
import type { GopayEvent, GopayState, TrackedPayment } from './simulator-state.ts';

export const demoShop: ShopAccount = { goid: 8_123_456_789, clientId: '1061399163', clientSecret: 'stDTmVXF' };

const actSchema = z.object({ id: z.coerce.number(), outcome: outcomeSchema });

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
    middleware: inOrder(createGatewayPages(core), createApi(core)),
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
