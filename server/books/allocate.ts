// Clearing: money of a payment goes to prescriptions (payment + / receivable −), and back by the exact opposite entry.
import { Problem } from '../domain/problem.ts';
import type { Share } from '../domain/money/allocation-order.ts';
import type { PaymentState } from '../domain/money/payment-life.ts';
import { newId } from '../platform/ids.ts';
import type { Transaction } from '../store/database.ts';
import { allocationsOf, postTransactions, type Allocation, type LedgerTransaction } from '../store/ledger.ts';
import { lockPayments, notePayer, type PaymentNow } from '../store/payments.ts';
import { lockPrescriptions, prescriptionsNow, type PrescriptionNow } from '../store/prescriptions.ts';
import { PAYMENT, RECEIVABLE, bookingDay, reasons, today, type Deed } from './booking.ts';
import { settleLives } from './lives.ts';
import { tellCredited, tellRevoked } from './tell.ts';

export interface Allocated {
  readonly shares: readonly Share[];
  readonly state: PaymentState;
}

/** Refuses `payment-not-found`, `prescription-not-found`, `not-enough-free`, `prescription-cancelled`, `already-paid`, `more-than-owed`. */
export async function allocate(
  trx: Transaction,
  tenantId: number,
  given: Deed & { readonly paymentId: string; readonly shares: readonly Share[]; readonly reason?: string },
): Promise<Allocated> {
  const payment = await freePayment(trx, tenantId, given.paymentId);
  if (given.shares.some(({ amount }) => !Number.isSafeInteger(amount) || amount <= 0)) throw new Problem('invalid', 'amount-not-positive');
  if (new Set(given.shares.map(({ prescriptionId }) => prescriptionId)).size !== given.shares.length)
    throw new Problem('invalid', 'prescription-twice');
  const wanted = given.shares.reduce((sum, { amount }) => sum + amount, 0);
  if (wanted > payment.free) throw new Problem('conflict', 'not-enough-free', { free: payment.free });
  const prescriptions = await lockPrescriptions(
    trx,
    tenantId,
    given.shares.map(({ prescriptionId }) => prescriptionId),
  );
  for (const { prescriptionId, amount } of given.shares) permitShare(prescriptions.get(prescriptionId), amount);
  return bookShares(trx, tenantId, { ...given, payment, reason: given.reason ?? '', day: today(given) });
}

function permitShare(prescription: PrescriptionNow | undefined, amount: number): void {
  if (!prescription) throw new Problem('not-found', 'prescription-not-found');
  if (prescription.total === 0) throw new Problem('conflict', 'prescription-cancelled');
  if (prescription.open <= 0) throw new Problem('conflict', 'already-paid');
  if (amount > prescription.open) throw new Problem('conflict', 'more-than-owed', { open: prescription.open });
}

async function freePayment(trx: Transaction, tenantId: number, id: string): Promise<PaymentNow> {
  const payment = (await lockPayments(trx, tenantId, [id])).get(id);
  if (!payment) throw new Problem('not-found', 'payment-not-found');
  if (payment.free <= 0) throw new Problem('conflict', 'payment-already-cleared');
  return payment;
}

export interface Booking extends Deed {
  readonly payment: Pick<PaymentNow, 'id' | 'receivedOn' | 'paidOn' | 'payerId'>;
  readonly shares: readonly Share[];
  /** Why the rest stays free, for the payment's life; also the reason of the entries. */
  readonly reason: string;
  readonly day: string;
}
/** Books shares that were looked at under the locks of payment and prescriptions, tells the cases and records the payment's step. */
export async function bookShares(trx: Transaction, tenantId: number, booking: Booking): Promise<Allocated> {
  const { payment, shares, by, now } = booking;
  const { day, moved } = await bookingDay(trx, tenantId, booking.day);
  const booked = shares.map((share) => ({ ...share, id: newId(new Date(now)) }));
  await postTransactions(
    trx,
    tenantId,
    booked.map((share) => allocation(share, payment.id, { by, now, day, reason: reasons(booking.reason, moved) })),
  );
  const after = new Map(
    (
      await prescriptionsNow(
        trx,
        tenantId,
        booked.map(({ prescriptionId }) => prescriptionId),
      )
    ).map((row) => [row.id, row]),
  );
  await tellCredited(
    trx,
    tenantId,
    booked.map(({ id, amount, prescriptionId }) => ({ id, amount, prescription: after.get(prescriptionId) as PrescriptionNow, payment })),
    now,
  );
  const payerId = [...after.values()].find((row) => row.payerId !== null)?.payerId;
  if (payment.payerId === null && payerId) await notePayer(trx, tenantId, payment.id, payerId);
  const states = await settleLives(trx, tenantId, [payment.id], { by, now, reason: booking.reason });
  return { shares, state: states.get(payment.id) as PaymentState };
}

function allocation(
  share: Share & { readonly id: string },
  paymentId: string,
  { by, now, day, reason }: Deed & { readonly day: string; readonly reason: string },
): LedgerTransaction {
  return {
    id: share.id,
    kind: 'allocate',
    key: `allocate:${share.id}`,
    bookedOn: day,
    recordedAt: now,
    actor: by,
    reason,
    entries: [
      { account: PAYMENT, subject: paymentId, amount: share.amount },
      { account: RECEIVABLE, subject: share.prescriptionId, amount: -share.amount },
    ],
  };
}

/** Takes back all that a payment gave to a prescription. Refuses `allocation-not-found`. */
export async function release(
  trx: Transaction,
  tenantId: number,
  given: Deed & { readonly paymentId: string; readonly prescriptionId: string; readonly reason: string },
): Promise<{ readonly freed: number; readonly state: PaymentState }> {
  const payment = (await lockPayments(trx, tenantId, [given.paymentId])).get(given.paymentId);
  if (!payment) throw new Problem('not-found', 'payment-not-found');
  await lockPrescriptions(trx, tenantId, [given.prescriptionId]);
  const standing = (await allocationsOf(trx, tenantId, { paymentId: given.paymentId })).filter(
    ({ prescriptionId }) => prescriptionId === given.prescriptionId,
  );
  if (standing.length === 0) throw new Problem('not-found', 'allocation-not-found');
  await undo(trx, tenantId, standing, given);
  const states = await settleLives(trx, tenantId, [given.paymentId], given);
  return { freed: standing.reduce((sum, { amount }) => sum + amount, 0), state: states.get(given.paymentId) as PaymentState };
}

/** The exact opposites of these allocations. Payments and prescriptions are locked by the caller, who settles the payments' lives afterwards. */
export async function undo(
  trx: Transaction,
  tenantId: number,
  standing: readonly Allocation[],
  { by, now, reason, quiet }: Deed & { readonly reason: string; readonly quiet?: boolean },
): Promise<void> {
  const { day, moved } = await bookingDay(trx, tenantId, today({ now }));
  await postTransactions(
    trx,
    tenantId,
    standing.map((one) => ({
      id: newId(new Date(now)),
      kind: 'release',
      key: `release:${one.id}`,
      bookedOn: day,
      recordedAt: now,
      actor: by,
      reason: reasons(reason, moved),
      reverses: one.id,
      entries: [
        { account: PAYMENT, subject: one.paymentId, amount: -one.amount },
        { account: RECEIVABLE, subject: one.prescriptionId, amount: one.amount },
      ],
    })),
  );
  if (quiet) return;
  const rows = await prescriptionsNow(trx, tenantId, [...new Set(standing.map(({ prescriptionId }) => prescriptionId))]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const undone = standing.map((one) => ({ ...one, prescription: byId.get(one.prescriptionId) as PrescriptionNow }));
  await tellRevoked(trx, tenantId, undone, reason, now);
}

/** Gives back a part of an allocation: its whole opposite, and what stays as a new one. */
export function keepRest(
  trx: Transaction,
  tenantId: number,
  rest: readonly Allocation[],
  { by, now, reason, day }: Deed & { readonly reason: string; readonly day: string },
): Promise<ReadonlySet<string>> {
  return postTransactions(
    trx,
    tenantId,
    rest.map((one) =>
      allocation({ prescriptionId: one.prescriptionId, amount: one.amount, id: newId(new Date(now)) }, one.paymentId, {
        by,
        now,
        day,
        reason,
      }),
    ),
  );
}
