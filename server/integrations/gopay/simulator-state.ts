// Payments and refunds of the simulated gateway and its transfers to the shop, rebuilt from the journal.
import type { PaymentState, RefundState } from './client.ts';

export interface SimulatedPayment {
  readonly id: number;
  /** Secret part of gw_url. */
  readonly token: string;
  readonly orderNumber: string;
  readonly amount: number;
  readonly currency: string;
  readonly description: string;
  readonly variableSymbol?: string;
  /** Instruments the shop allows; the payer chooses among them. */
  readonly instruments?: readonly string[];
  readonly items?: readonly { readonly name: string; readonly amount: number }[];
  readonly lang?: string;
  readonly returnUrl: string;
  readonly notificationUrl: string;
  readonly at: string;
}

export interface SimulatedRefund {
  readonly id: number;
  readonly amount: number;
  readonly at: string;
  state: RefundState;
}

/** Bulk transfer to the shop's bank account: payments less refunds and fees. */
export interface SimulatedTransfer {
  readonly id: number;
  readonly day: string;
  readonly amount: number;
  readonly variableSymbol: string;
  /** Signed: a refund is negative. */
  readonly items: readonly { readonly paymentId: number; readonly variableSymbol: string; readonly amount: number; readonly fee: number }[];
}

export type GopayEvent =
  | { readonly type: 'created'; readonly payment: SimulatedPayment }
  | {
      readonly type: 'changed';
      readonly id: number;
      readonly state: PaymentState;
      readonly subState?: string;
      readonly instrument?: string;
      readonly refunded?: number;
    }
  | { readonly type: 'refund'; readonly id: number; readonly refund: SimulatedRefund }
  | { readonly type: 'refund-ended'; readonly id: number; readonly refundId: number; readonly state: RefundState }
  | { readonly type: 'next-refund'; readonly result: 'FINISHED' | 'ACCEPTED' | 'FAILED' }
  | { readonly type: 'altered'; readonly id: number; readonly amount?: number; readonly currency?: string; readonly orderNumber?: string }
  | { readonly type: 'transferred'; readonly transfer: SimulatedTransfer }
  | { readonly type: 'notified'; readonly id: number; readonly state: PaymentState };

export interface TrackedPayment {
  payment: SimulatedPayment;
  state: PaymentState;
  /** Opaque to the shop: `_101` waits for a bank, `_5002` a refusal. */
  subState: string | undefined;
  instrument: string | undefined;
  /** Haléře given back so far. */
  refunded: number;
  readonly refunds: SimulatedRefund[];
  /** What of payment and refunds has been transferred to the shop already. */
  transferred: number;
  /** States not yet confirmed by the shop with 200. */
  readonly toNotify: Set<PaymentState>;
}

export type GopayState = Map<number, TrackedPayment> & {
  transfers?: SimulatedTransfer[];
  nextRefund?: 'FINISHED' | 'ACCEPTED' | 'FAILED';
};

export function applyGopayEvent(state: GopayState, event: GopayEvent): void {
  if (event.type === 'created') {
    const fresh = { state: 'CREATED', subState: undefined, instrument: undefined, refunded: 0, transferred: 0 } as const;
    state.set(event.payment.id, { payment: event.payment, ...fresh, refunds: [], toNotify: new Set() });
    return;
  }
  if (event.type === 'next-refund') return void (state.nextRefund = event.result);
  if (event.type === 'transferred') {
    (state.transfers ??= []).push(event.transfer);
    for (const { paymentId, amount } of event.transfer.items) {
      const tracked = state.get(paymentId);
      if (tracked) tracked.transferred += amount;
    }
    return;
  }
  const tracked = state.get(event.id);
  if (tracked) change(state, tracked, event);
}

type OfPayment = Extract<GopayEvent, { readonly id: number }>;

function change(state: GopayState, tracked: TrackedPayment, event: OfPayment): void {
  switch (event.type) {
    case 'notified':
      tracked.toNotify.delete(event.state);
      return;
    case 'altered': {
      const { type: _type, id: _id, ...altered } = event;
      tracked.payment = { ...tracked.payment, ...altered };
      return;
    }
    case 'refund':
      tracked.refunds.push({ ...event.refund });
      delete state.nextRefund;
      return;
    case 'refund-ended': {
      const refund = tracked.refunds.find(({ id }) => id === event.refundId);
      if (refund) refund.state = event.state;
      return;
    }
    case 'changed':
      tracked.state = event.state;
      tracked.subState = event.subState;
      tracked.instrument = event.instrument ?? tracked.instrument;
      tracked.refunded += event.refunded ?? 0;
      tracked.toNotify.add(event.state);
      return;
    default:
      event satisfies never;
  }
}

const EXPIRY = 3_600_000;

/** A payment nobody touched for an hour is TIMEOUTED. */
export function currentState(tracked: TrackedPayment, now: Date): PaymentState {
  const isOpen = tracked.state === 'CREATED' || tracked.state === 'PAYMENT_METHOD_CHOSEN';
  return isOpen && now.getTime() - Date.parse(tracked.payment.at) > EXPIRY ? 'TIMEOUTED' : tracked.state;
}
