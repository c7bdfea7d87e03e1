// Payments of the simulated gateway, rebuilt from the journal.
import type { PaymentState } from './client.ts';

export interface SimulatedPayment {
  readonly id: number;
  /** Secret part of gw_url. */
  readonly token: string;
  readonly orderNumber: string;
  readonly amount: number;
  readonly currency: string;
  readonly description: string;
  readonly variableSymbol?: string;
  readonly returnUrl: string;
  readonly notificationUrl: string;
  readonly at: string;
}

export type GopayEvent =
  | { readonly type: 'created'; readonly payment: SimulatedPayment }
  | { readonly type: 'changed'; readonly id: number; readonly state: PaymentState; readonly refunded?: number }
  | { readonly type: 'notified'; readonly id: number; readonly state: PaymentState };

export interface TrackedPayment {
  readonly payment: SimulatedPayment;
  state: PaymentState;
  /** Haléře given back so far. */
  refunded: number;
  /** States not yet confirmed by the shop with 200. */
  readonly toNotify: Set<PaymentState>;
}

export type GopayState = Map<number, TrackedPayment>;

export function applyGopayEvent(state: GopayState, event: GopayEvent): void {
  if (event.type === 'created') {
    state.set(event.payment.id, { payment: event.payment, state: 'CREATED', refunded: 0, toNotify: new Set() });
    return;
  }
  const tracked = state.get(event.id);
  if (!tracked) return;
  if (event.type === 'notified') {
    tracked.toNotify.delete(event.state);
    return;
  }
  tracked.state = event.state;
  tracked.refunded += event.refunded ?? 0;
  tracked.toNotify.add(event.state);
}

const EXPIRY = 3_600_000;

/** A payment nobody touched for an hour is TIMEOUTED. */
export function currentState(tracked: TrackedPayment, now: Date): PaymentState {
  const isOpen = tracked.state === 'CREATED' || tracked.state === 'PAYMENT_METHOD_CHOSEN';
  return isOpen && now.getTime() - Date.parse(tracked.payment.at) > EXPIRY ? 'TIMEOUTED' : tracked.state;
}
