// The source takes a payment back (a storno of the bank, a chargeback): its allocations are released, then payment + / bank −.
import { Problem } from '../domain/problem.ts';
import type { PaymentState } from '../domain/money/payment-life.ts';
import { newId } from '../platform/ids.ts';
import type { Transaction } from '../store/database.ts';
import { allocationsOf, postTransactions } from '../store/ledger.ts';
import { lockPayments } from '../store/payments.ts';
import { lockPrescriptions } from '../store/prescriptions.ts';
import { undo } from './allocate.ts';
import { PAYMENT, bookingDay, reasons, today, type Deed } from './booking.ts';
import { settleLives } from './lives.ts';

/** Reversed before: nothing happens. Refuses `payment-not-found` and `payment-returned` (what went back to the payer is not there to be taken). */
export async function reversePayment(
  trx: Transaction,
  tenantId: number,
  given: Deed & {
    readonly paymentId: string;
    readonly reason: string;
    /** Names the storno item at the source; it is booked at most once. */
    readonly source?: string;
    readonly on?: string;
  },
): Promise<{ readonly state: PaymentState; readonly repeated: boolean }> {
  const { paymentId, by, now, reason } = given;
  const payment = (await lockPayments(trx, tenantId, [paymentId])).get(paymentId);
  if (!payment) throw new Problem('not-found', 'payment-not-found');
  if (payment.reversed > 0) return { state: 'reversed', repeated: true };
  if (payment.returning > 0 || payment.returned > 0) throw new Problem('conflict', 'payment-returned');
  const standing = await allocationsOf(trx, tenantId, { paymentId });
  await lockPrescriptions(
    trx,
    tenantId,
    standing.map(({ prescriptionId }) => prescriptionId),
  );
  if (standing.length > 0) {
    await undo(trx, tenantId, standing, { by, now, reason });
    await settleLives(trx, tenantId, [paymentId], { by, now, reason: 'reversed' });
  }
  const { day, moved } = await bookingDay(trx, tenantId, given.on ?? today({ now }));
  await postTransactions(trx, tenantId, [
    {
      id: newId(new Date(now)),
      kind: 'reverse',
      key: given.source ?? `reverse:${paymentId}`,
      bookedOn: day,
      recordedAt: now,
      actor: by,
      reason: reasons(reason, moved),
      reverses: paymentId,
      entries: [
        { account: payment.ledgerAccount, amount: -payment.amount },
        { account: PAYMENT, subject: paymentId, amount: payment.amount },
      ],
    },
  ]);
  const states = await settleLives(trx, tenantId, [paymentId], { by, now, reason: 'reversed' });
  return { state: states.get(paymentId) as PaymentState, repeated: false };
}
