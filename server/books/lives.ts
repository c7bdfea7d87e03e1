// The state of each payment follows its balances; every step is looked up in the table of allowed ones and recorded with who and why.
import { paymentState, stepsTo, type PaymentState } from '../domain/money/payment-life.ts';
import { Problem } from '../domain/problem.ts';
import type { Transaction } from '../store/database.ts';
import { addMoves, paymentsNow, setStates, type PaymentMove } from '../store/payments.ts';
import type { Deed } from './booking.ts';

/** The payments' rows are locked by the caller. Refuses `payment-step-not-allowed`. Gives the states after it. */
export async function settleLives(
  trx: Transaction,
  tenantId: number,
  paymentIds: readonly string[],
  { by, now, reason }: Deed & { readonly reason: string },
): Promise<ReadonlyMap<string, PaymentState>> {
  const payments = await paymentsNow(trx, tenantId, [...new Set(paymentIds)]);
  const states = new Map<string, PaymentState>();
  const moves: PaymentMove[] = [];
  for (const payment of payments) {
    const to = paymentState(payment);
    states.set(payment.id, to);
    const from = payment.state as PaymentState | null;
    if (from === null) moves.push({ paymentId: payment.id, from: null, to: 'received', reason: '', actor: by, at: now });
    const steps = stepsTo(from ?? 'received', to);
    if (!steps) throw new Problem('conflict', 'payment-step-not-allowed', { paymentId: payment.id, from, to });
    let at = from ?? 'received';
    for (const step of steps) {
      moves.push({ paymentId: payment.id, from: at, to: step, reason, actor: by, at: now });
      at = step;
    }
  }
  await addMoves(trx, tenantId, moves);
  await setStates(trx, tenantId, states);
  return states;
}
