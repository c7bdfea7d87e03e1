// Refunds at the simulated gateway: done at once, accepted and done later, or failed; and their history.
import type { Context } from 'koa';
import { readForm } from '../request-body.ts';
import { refuse, type GopayCore } from './simulator-core.ts';
import type { TrackedPayment } from './simulator-state.ts';

const FIRST_REFUND = 4_000_000_001;

export async function refund(core: GopayCore, ctx: Context, id: number): Promise<void> {
  const tracked = core.payments.get(id);
  const amount = Number((await readForm(ctx)).get('amount'));
  const left = tracked ? tracked.payment.amount - spoken(tracked) : 0;
  const isPaid = tracked?.state === 'PAID' || tracked?.state === 'PARTIALLY_REFUNDED';
  if (!tracked || !isPaid || !Number.isInteger(amount) || amount <= 0 || amount > left)
    return refuse(core, ctx, 409, 'PAYMENT_REFUND_NOT_SUPPORTED', 'amount');
  const result = core.payments.nextRefund ?? 'FINISHED';
  const refundId = FIRST_REFUND + [...core.payments.values()].reduce((sum, { refunds }) => sum + refunds.length, 0);
  const state = result === 'FAILED' ? 'FAILED' : 'REQUESTED';
  await core.record({ type: 'refund', id, refund: { id: refundId, amount, at: core.clock.now().toISOString(), state } });
  if (result === 'FINISHED') await endRefund(core, tracked, refundId, 'SUCCESS');
  ctx.body = { id: tracked.payment.id, result };
}

/** Whoever accepted a refund does it, or fails to, later. False when there is nothing to end. */
export async function endRefund(core: GopayCore, tracked: TrackedPayment, refundId: number, state: 'SUCCESS' | 'FAILED'): Promise<boolean> {
  const found = tracked.refunds.find((one) => one.id === refundId && one.state === 'REQUESTED');
  if (!found) return false;
  const { id, amount } = tracked.payment;
  await core.record({ type: 'refund-ended', id, refundId, state });
  if (state === 'SUCCESS') {
    const isWhole = tracked.refunded + found.amount === amount;
    await core.change(tracked, { state: isWhole ? 'REFUNDED' : 'PARTIALLY_REFUNDED', refunded: found.amount });
  }
  return true;
}

export function history(core: GopayCore, ctx: Context, tracked: TrackedPayment): void {
  ctx.body = tracked.refunds.map(({ id, amount, at, state }) => ({
    id,
    state,
    amount,
    currency: tracked.payment.currency,
    date_requested: at,
    date_last_change: core.clock.now().toISOString(),
  }));
}

/** Given back, or promised to be. */
const spoken = ({ refunds }: TrackedPayment): number =>
  refunds.filter(({ state }) => state !== 'FAILED').reduce((sum, { amount }) => sum + amount, 0);
