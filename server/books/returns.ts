// Sending money back: ordered (payment + / refund −), paid out (refund + / where it left from −), or failed and free again.
import { Problem } from '../domain/problem.ts';
import type { PaymentState } from '../domain/money/payment-life.ts';
import { newId } from '../platform/ids.ts';
import type { Transaction } from '../store/database.ts';
import { postTransactions } from '../store/ledger.ts';
import { lockPayments, type PaymentNow } from '../store/payments.ts';
import { concernedBy } from '../store/prescriptions.ts';
import { settleRequest } from '../store/return-requests.ts';
import { insertRefund, refundNow, type RefundNow, type RefundWay } from '../store/refunds.ts';
import { PAYMENT, REFUND, bookingDay, reasons, today, type Deed } from './booking.ts';
import { settleLives } from './lives.ts';
import { keyOf, mustBeNew, secondPerson } from './second-person.ts';
import { tellReturned } from './tell.ts';

export interface ReturnOrder extends Deed {
  readonly paymentId: string;
  /** Haléře, at most what is free. */
  readonly amount: number;
  /** Account that it goes to, `prefix-number/bank`; '' = the account or card that it came from. */
  readonly to: string;
  readonly name: string;
  readonly reason: string;
  readonly approval?: string;
  /** Default: to the account that was said; without one back the way it came, through the gateway or at the cash desk. */
  readonly way?: RefundWay;
}
/** The id of the return. Refuses `payment-not-found`, `reason-missing`, `amount-not-positive`, `not-enough-free`, `account-missing`, and what second-person.ts refuses. */
export async function orderReturn(trx: Transaction, tenantId: number, given: ReturnOrder): Promise<string> {
  const { paymentId, amount, by, now, reason } = given;
  if (!Number.isSafeInteger(amount) || amount <= 0) throw new Problem('invalid', 'amount-not-positive');
  if (reason.trim() === '') throw new Problem('invalid', 'reason-missing');
  const payment = (await lockPayments(trx, tenantId, [paymentId])).get(paymentId);
  if (!payment) throw new Problem('not-found', 'payment-not-found');
  if (payment.free <= 0) throw new Problem('conflict', 'payment-already-cleared');
  if (amount > payment.free) throw new Problem('conflict', 'not-enough-free', { free: payment.free });
  const approvedBy = await secondPerson(trx, tenantId, { kind: 'return', subject: paymentId, amount, by, approval: given.approval });
  const way = given.way ?? (given.to === '' ? wayOf(payment) : 'transfer');
  const toAccount = given.to === '' && way === 'transfer' ? payment.counterAccount : given.to;
  if (way === 'transfer' && toAccount === '') throw new Problem('invalid', 'account-missing');
  const id = newId(new Date(now));
  const name = given.name === '' ? payment.payerName : given.name;
  const { variableSymbol } = payment;
  await insertRefund(trx, tenantId, {
    id,
    paymentId,
    amount,
    way,
    toAccount,
    toName: name,
    variableSymbol,
    reason,
    orderedBy: by,
    orderedAt: now,
  });
  const { day, moved } = await bookingDay(trx, tenantId, today({ now }));
  const booked = await postTransactions(trx, tenantId, [
    {
      id,
      kind: 'return-ordered',
      key: keyOf('return', id, given.approval),
      bookedOn: day,
      recordedAt: now,
      actor: by,
      ...(approvedBy ? { approvedBy } : {}),
      reason: reasons(reason, moved),
      entries: [
        { account: PAYMENT, subject: paymentId, amount },
        { account: REFUND, subject: id, amount: -amount },
      ],
    },
  ]);
  mustBeNew(booked, id);
  // Whoever orders it, and above the limit whoever approves it: the payer's request is answered by the same commit.
  await settleRequest(trx, tenantId, { paymentId }, { by, at: now, refundId: id });
  await settleLives(trx, tenantId, [paymentId], { by, now, reason: 'return-ordered' });
  return id;
}
const wayOf = ({ source }: PaymentNow): RefundWay =>
  source === 'gopay' || source === 'comgate' ? 'gateway' : source === 'cash' ? 'cash' : 'transfer';

export interface Returned extends Deed {
  readonly refundId: string;
  /** Day on which it left. */
  readonly bookedOn: string;
  readonly way?: RefundWay;
  /** Ledger account that it left from; default the one that the payment came to. */
  readonly account?: string;
  readonly reason?: string;
}
/** The money has left. Noted before: nothing happens. Refuses `refund-not-found` and `refund-failed-before`. */
export async function noteReturned(
  trx: Transaction,
  tenantId: number,
  given: Returned,
): Promise<{ readonly state: PaymentState; readonly repeated: boolean }> {
  const { refund, payment } = await lockReturn(trx, tenantId, given.refundId);
  if (refund.isPaid) return { state: payment.state as PaymentState, repeated: true };
  if (refund.owed === 0) throw new Problem('conflict', 'refund-failed-before');
  const { day, moved } = await bookingDay(trx, tenantId, given.bookedOn);
  await postTransactions(trx, tenantId, [
    {
      id: newId(new Date(given.now)),
      kind: 'returned',
      key: `returned:${refund.id}`,
      bookedOn: day,
      recordedAt: given.now,
      actor: given.by,
      reason: reasons(given.reason ?? '', moved),
      entries: [
        { account: REFUND, subject: refund.id, amount: refund.amount },
        { account: given.account ?? refund.ledgerAccount, amount: -refund.amount },
      ],
    },
  ]);
  const prescriptions = await concernedBy(trx, tenantId, payment);
  const { id: refundId, amount } = refund;
  await tellReturned(trx, tenantId, { refundId, paymentId: payment.id, amount, returnedOn: given.bookedOn, prescriptions }, given.now);
  return { state: await settled(trx, tenantId, payment.id, { ...given, reason: 'returned' }), repeated: false };
}

/** It did not get there: the money is free again. Noted before: nothing happens. Refuses `refund-not-found` and `refund-paid-before`. */
export async function returnFailed(
  trx: Transaction,
  tenantId: number,
  given: Deed & { readonly refundId: string; readonly reason: string },
): Promise<{ readonly state: PaymentState; readonly repeated: boolean }> {
  const { refund, payment } = await lockReturn(trx, tenantId, given.refundId);
  if (refund.isPaid) throw new Problem('conflict', 'refund-paid-before');
  if (refund.owed === 0) return { state: payment.state as PaymentState, repeated: true };
  const { day, moved } = await bookingDay(trx, tenantId, today(given));
  await postTransactions(trx, tenantId, [
    {
      id: newId(new Date(given.now)),
      kind: 'return-failed',
      key: `return-failed:${refund.id}`,
      bookedOn: day,
      recordedAt: given.now,
      actor: given.by,
      reason: reasons(given.reason, moved),
      reverses: refund.id,
      entries: [
        { account: PAYMENT, subject: payment.id, amount: -refund.amount },
        { account: REFUND, subject: refund.id, amount: refund.amount },
      ],
    },
  ]);
  return { state: await settled(trx, tenantId, payment.id, { ...given, reason: 'return-failed' }), repeated: false };
}

/** The payment is what everybody locks; its return is read again under the lock. */
async function lockReturn(
  trx: Transaction,
  tenantId: number,
  refundId: string,
): Promise<{ readonly refund: RefundNow; readonly payment: PaymentNow }> {
  const found = await refundNow(trx, tenantId, refundId);
  if (!found) throw new Problem('not-found', 'refund-not-found');
  const payment = (await lockPayments(trx, tenantId, [found.paymentId])).get(found.paymentId);
  const refund = await refundNow(trx, tenantId, refundId);
  if (!payment || !refund) throw new Problem('not-found', 'refund-not-found');
  return { refund, payment };
}

const settled = async (trx: Transaction, tenantId: number, id: string, given: Deed & { readonly reason: string }): Promise<PaymentState> =>
  (await settleLives(trx, tenantId, [id], given)).get(id) as PaymentState;
