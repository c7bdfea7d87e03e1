// Payments, refunds and transfers of the simulated Comgate, rebuilt from the journal.
import type { PaymentState } from './client.ts';

export interface SimulatedPayment {
  readonly transId: string;
  readonly refId: string;
  readonly price: number;
  readonly curr: string;
  readonly label: string;
  readonly name: string;
  readonly email: string;
  readonly method: string;
  readonly returnUrl: string;
  readonly at: string;
}

export interface SimulatedTransfer {
  readonly id: number;
  readonly day: string;
  readonly amount: number;
  readonly variableSymbol: string;
  readonly items: readonly { readonly transId: string; readonly amount: number; readonly fee: number }[];
}

export type ComgateEvent =
  | { readonly type: 'created'; readonly payment: SimulatedPayment }
  | { readonly type: 'changed'; readonly transId: string; readonly state: PaymentState; readonly method?: string }
  | { readonly type: 'refunded'; readonly transId: string; readonly amount: number; readonly refId: string }
  | { readonly type: 'altered'; readonly transId: string; readonly price?: number; readonly curr?: string; readonly refId?: string }
  | { readonly type: 'transferred'; readonly transfer: SimulatedTransfer }
  | { readonly type: 'notified'; readonly transId: string; readonly state: PaymentState };

export interface TrackedPayment {
  payment: SimulatedPayment;
  state: PaymentState;
  method: string;
  readonly refunds: { readonly amount: number; readonly refId: string }[];
  transferred: number;
  /** States not yet confirmed by the town with 200; PENDING is never told. */
  readonly toNotify: Set<PaymentState>;
}

export interface ComgateState {
  readonly payments: Map<string, TrackedPayment>;
  readonly transfers: SimulatedTransfer[];
}

export function applyComgateEvent({ payments, transfers }: ComgateState, event: ComgateEvent): void {
  if (event.type === 'created') {
    payments.set(event.payment.transId, {
      payment: event.payment,
      state: 'PENDING',
      method: '',
      refunds: [],
      transferred: 0,
      toNotify: new Set(),
    });
    return;
  }
  if (event.type === 'transferred') {
    transfers.push(event.transfer);
    for (const { transId, amount } of event.transfer.items) {
      const tracked = payments.get(transId);
      if (tracked) tracked.transferred += amount;
    }
    return;
  }
  const tracked = payments.get(event.transId);
  if (!tracked) return;
  if (event.type === 'notified') tracked.toNotify.delete(event.state);
  if (event.type === 'refunded') tracked.refunds.push({ amount: event.amount, refId: event.refId });
  if (event.type === 'altered') {
    const { type: _type, ...altered } = event;
    tracked.payment = { ...tracked.payment, ...altered };
  }
  if (event.type !== 'changed') return;
  tracked.state = event.state;
  tracked.method = event.method ?? tracked.method;
  if (event.state !== 'PENDING') tracked.toNotify.add(event.state);
}

export const refundedOf = ({ refunds }: TrackedPayment): number => refunds.reduce((sum, { amount }) => sum + amount, 0);

const EXPIRY = 3_600_000;

/** A payment nobody touched for an hour is CANCELLED: Comgate has no word of its own for that. */
export function currentState(tracked: TrackedPayment, now: Date): PaymentState {
  return tracked.state === 'PENDING' && now.getTime() - Date.parse(tracked.payment.at) > EXPIRY ? 'CANCELLED' : tracked.state;
}
