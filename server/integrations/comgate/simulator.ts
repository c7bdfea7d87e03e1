// Simulated Comgate: protocol 2.0 under /v2.0, the payer's page, notifications to the merchant, transfers of what was collected.
import { z } from 'zod';
import { createNotifier } from '../simulator-notifier.ts';
import { journaled } from '../simulator-store.ts';
import { inOrder } from '../simulator-page.ts';
import type { Json, Simulator, SimulatorOptions } from '../simulator.ts';
import { createApi, factsOf } from './simulator-api.ts';
import type { ComgateCore, Merchant } from './simulator-core.ts';
import { createGatewayPages, decide, outcomeSchema } from './simulator-pages.ts';
import { applyComgateEvent, currentState, refundedOf } from './simulator-state.ts';
import type { ComgateEvent, ComgateState, TrackedPayment } from './simulator-state.ts';

export const demoMerchant = { merchant: '148257', secret: 'demo-only-secret-of-comgate' } as const;

const idSchema = z.object({ id: z.string() });
const actSchema = idSchema.extend({ outcome: outcomeSchema, method: z.string().optional() });
const alterSchema = idSchema.extend({ price: z.number().int().optional(), curr: z.string().optional(), refId: z.string().optional() });

/** What the gateway keeps of a payment: 1 % and 2 Kč. */
export const feeOf = (price: number): number => Math.round(price / 100) + 200;

/** Where the money of a bulk transfer goes: the world gives it to its bank. */
export type TransferOut = (transfer: {
  readonly amount: number;
  readonly variableSymbol: string;
  readonly message: string;
}) => Promise<void>;

interface Given extends SimulatorOptions {
  readonly shop: Merchant;
  readonly transferOut?: TransferOut;
}

export function createComgateSimulator(options: Given): Simulator {
  const journal = journaled<ComgateState, ComgateEvent>(options.store, { payments: new Map(), transfers: [] }, applyComgateEvent);
  const notifier = createNotifier(options.faults);
  const tell = (tracked: TrackedPayment, state: TrackedPayment['state']): void =>
    notifier.notify(
      () => post(options.shop.notificationUrl, { ...factsOf(core, tracked), test: 'false', secret: options.shop.secret }),
      () => journal.record({ type: 'notified', transId: tracked.payment.transId, state }),
    );
  const core: ComgateCore = {
    ...options,
    state: journal.state,
    record: journal.record,
    change: async (tracked, to) => {
      await journal.record({ type: 'changed', transId: tracked.payment.transId, ...to });
      if (to.state !== 'PENDING') tell(tracked, to.state);
    },
  };
  for (const tracked of core.state.payments.values()) for (const state of tracked.toNotify) tell(tracked, state);
  return {
    name: 'comgate',
    title: 'Platební brána Comgate',
    description: 'Druhá platební brána; město má v nastavení jednu z nich.',
    middleware: inOrder(createGatewayPages(core), createApi(core)),
    ledger: () => ledgerOf(core),
    control: controlOf(core, tell, options.transferOut),
    operations: ['create', 'status', 'cancel', 'refund', 'methods', 'transfers', 'notification'],
    accounts: [{ label: 'Comgate', value: `${options.shop.merchant} / ${options.shop.secret}` }],
    close: async () => {
      await notifier.close();
      await options.store.close();
    },
  };
}

function ledgerOf(core: ComgateCore): Json {
  return [...core.state.payments.values()].map((tracked) => ({
    id: tracked.payment.transId,
    orderNumber: tracked.payment.refId,
    amount: tracked.payment.price,
    state: currentState(tracked, core.clock.now()),
    refunded: refundedOf(tracked),
    refunds: tracked.refunds.map(({ amount, refId }) => ({ amount, refId })),
    transferred: tracked.transferred,
    notNotified: [...tracked.toNotify],
  }));
}

type Tell = (tracked: TrackedPayment, state: TrackedPayment['state']) => void;

function controlOf(core: ComgateCore, tell: Tell, transferOut: TransferOut | undefined): NonNullable<Simulator['control']> {
  const known = (id: string): TrackedPayment | undefined => core.state.payments.get(id);
  return {
    /** What the payer would click on the gateway's page. */
    act: async (input) => {
      const { id, ...choice } = actSchema.parse(input);
      const tracked = known(id);
      return { ok: tracked !== undefined && (await decide(core, tracked, choice)) };
    },
    /** Tells the merchant again, though nothing has changed. */
    notify: async (input) => {
      const tracked = known(idSchema.parse(input).id);
      if (tracked) tell(tracked, tracked.state);
      return { ok: tracked !== undefined };
    },
    /** From now on the gateway says something else about a payment than was ordered. */
    alter: async (input) => {
      const { id: transId, price, curr, refId } = alterSchema.parse(input);
      const altered = { ...(price === undefined ? {} : { price }), ...(curr ? { curr } : {}), ...(refId ? { refId } : {}) };
      await core.record({ type: 'altered', transId, ...altered });
      return { ok: true };
    },
    /** Sends the merchant all that was collected. */
    transfer: async () => ({ amount: await transferAll(core, transferOut) }),
  };
}

async function transferAll(core: ComgateCore, transferOut: TransferOut | undefined): Promise<number> {
  const items = [...core.state.payments.values()].flatMap((tracked) => {
    const due = tracked.state === 'PAID' ? tracked.payment.price - refundedOf(tracked) - tracked.transferred : 0;
    const { transId, price } = tracked.payment;
    return due === 0 ? [] : [{ transId, amount: due, fee: tracked.transferred === 0 ? feeOf(price) : 0 }];
  });
  const amount = items.reduce((sum, item) => sum + item.amount - item.fee, 0);
  if (amount <= 0) return 0;
  const id = core.state.transfers.length + 1;
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Prague' }).format(core.clock.now());
  const variableSymbol = core.shop.merchant;
  await core.record({ type: 'transferred', transfer: { id, day, amount, variableSymbol, items } });
  await transferOut?.({ amount, variableSymbol, message: `Comgate vyrovnání ${id}` });
  return amount;
}

/** POST of a form; PENDING is never told. */
async function post(url: string, form: Readonly<Record<string, string>>): Promise<boolean> {
  try {
    const body = new URLSearchParams(form);
    const response = await fetch(url, { method: 'POST', body, redirect: 'manual', signal: AbortSignal.timeout(10_000) });
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    // The merchant is down or slow: what a gateway sees as "not told yet".
    return false;
  }
}
