// Simulated GoPay: REST v3 under /api, the payer's page under /gw/v3, notifications to the shop.
import { z } from 'zod';
import { createNotifier } from '../simulator-notifier.ts';
import { journaled } from '../simulator-store.ts';
import { inOrder } from '../simulator-page.ts';
import type { Json, Simulator, SimulatorOptions } from '../simulator.ts';
import { createApi } from './simulator-api.ts';
import type { GopayCore, ShopAccount } from './simulator-core.ts';
import { createGatewayPages, decide, outcomeSchema } from './simulator-pages.ts';
import { endRefund } from './simulator-refunds.ts';
import { applyGopayEvent, currentState } from './simulator-state.ts';
import type { GopayEvent, GopayState, SimulatedPayment, TrackedPayment } from './simulator-state.ts';
import { transferAll } from './simulator-transfers.ts';

export const demoShop: ShopAccount = { goid: 8_123_456_789, clientId: '1061399163', clientSecret: 'stDTmVXF' };

const paymentId = z.coerce.number();
const actSchema = z.object({ id: paymentId, outcome: outcomeSchema, instrument: z.string().optional() });
const alterSchema = z.object({
  id: paymentId,
  amount: z.number().int().optional(),
  currency: z.string().optional(),
  orderNumber: z.string().optional(),
});
const refundEndSchema = z.object({ id: paymentId, refundId: z.coerce.number(), state: z.enum(['SUCCESS', 'FAILED']) });
const nextRefundSchema = z.object({ result: z.enum(['FINISHED', 'ACCEPTED', 'FAILED']) });

/** Where the money of a bulk transfer goes: the world gives it to its bank. */
export type TransferOut = (transfer: {
  readonly amount: number;
  readonly variableSymbol: string;
  readonly message: string;
}) => Promise<void>;

export function createGopaySimulator(
  options: SimulatorOptions & { readonly shop?: ShopAccount; readonly transferOut?: TransferOut },
): Simulator {
  const journal = journaled<GopayState, GopayEvent>(options.store, new Map(), applyGopayEvent);
  const notifier = createNotifier(options.faults);
  const tell = (tracked: TrackedPayment, state: TrackedPayment['state']): void =>
    notifier.notify(
      () => call(tracked.payment),
      () => journal.record({ type: 'notified', id: tracked.payment.id, state }),
    );
  const core: GopayCore = {
    ...options,
    shop: options.shop ?? demoShop,
    payments: journal.state,
    record: journal.record,
    change: async (tracked, to) => {
      await journal.record({ type: 'changed', id: tracked.payment.id, ...to });
      tell(tracked, to.state);
    },
  };
  for (const tracked of journal.state.values()) for (const state of tracked.toNotify) tell(tracked, state);
  return {
    name: 'gopay',
    title: 'Platební brána GoPay',
    description: 'Přehled plateb kartou; stránku brány otevírá portál při placení.',
    middleware: inOrder(createGatewayPages(core), createApi(core)),
    ledger: () => ledgerOf(core),
    control: controlOf(core, { tell, ...(options.transferOut ? { transferOut: options.transferOut } : {}) }),
    operations: ['token', 'create', 'status', 'refund', 'refunds', 'statement', 'notification'],
    accounts: [{ label: 'GoPay', value: `goid ${core.shop.goid}, ${core.shop.clientId} / ${core.shop.clientSecret}` }],
    close: async () => {
      await notifier.close();
      await options.store.close();
    },
  };
}

function ledgerOf(core: GopayCore): Json {
  return [...core.payments.values()].map((tracked) => ({
    id: String(tracked.payment.id),
    orderNumber: tracked.payment.orderNumber,
    amount: tracked.payment.amount,
    variableSymbol: tracked.payment.variableSymbol ?? null,
    state: currentState(tracked, core.clock.now()),
    refunded: tracked.refunded,
    refunds: tracked.refunds.map(({ id, amount, state }) => ({ id: String(id), amount, state })),
    transferred: tracked.transferred,
    notNotified: [...tracked.toNotify],
  }));
}

interface Hands {
  readonly tell: (tracked: TrackedPayment, state: TrackedPayment['state']) => void;
  readonly transferOut?: TransferOut;
}

function controlOf(core: GopayCore, { tell, transferOut }: Hands): NonNullable<Simulator['control']> {
  return {
    /** What the payer would click on the gateway's page. */
    act: async (input) => {
      const { id, ...choice } = actSchema.parse(input);
      const tracked = core.payments.get(id);
      return { ok: tracked !== undefined && (await decide(core, tracked, choice)) };
    },
    /** Tells the shop again, though nothing has changed. */
    notify: async (input) => {
      const tracked = core.payments.get(z.object({ id: paymentId }).parse(input).id);
      if (tracked) tell(tracked, tracked.state);
      return { ok: tracked !== undefined };
    },
    /** From now on the gateway says something else about a payment than was ordered. */
    alter: async (input) => {
      const { id, amount, currency, orderNumber } = alterSchema.parse(input);
      const altered = {
        ...(amount === undefined ? {} : { amount }),
        ...(currency ? { currency } : {}),
        ...(orderNumber ? { orderNumber } : {}),
      };
      await core.record({ type: 'altered', id, ...altered });
      return { ok: true };
    },
    /** How the next refund ends. */
    'next-refund': async (input) => {
      await core.record({ type: 'next-refund', result: nextRefundSchema.parse(input).result });
      return { ok: true };
    },
    'end-refund': async (input) => {
      const { id, refundId, state } = refundEndSchema.parse(input);
      const tracked = core.payments.get(id);
      return { ok: tracked !== undefined && (await endRefund(core, tracked, refundId, state)) };
    },
    /** Sends the shop all that was collected. */
    transfer: async () => {
      const sent = await transferAll(core);
      if (sent) await transferOut?.({ amount: sent.amount, variableSymbol: sent.variableSymbol, message: `GoPay vyrovnání ${sent.id}` });
      return { amount: sent?.amount ?? 0 };
    },
  };
}

/** GET notification_url?id=… */
async function call(payment: SimulatedPayment): Promise<boolean> {
  const url = new URL(payment.notificationUrl);
  url.searchParams.set('id', String(payment.id));
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(10_000) });
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    // The shop is down or slow: what a gateway sees as "not told yet".
    return false;
  }
}
