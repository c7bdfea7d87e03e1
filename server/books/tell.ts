// Which message a case gets about its money. Written with the money; the case hears it afterwards through the corridor.
import { dayOf } from '../domain/calendar.ts';
import type { Transaction } from '../store/database.ts';
import { keepEvents, withdrawEvents, type MoneyEvent } from '../store/money-events.ts';
import type { PaymentNow } from '../store/payments.ts';
import { overdueUntold, type PrescriptionNow } from '../store/prescriptions.ts';

/** Messages that diagrams wait for. */
export const PAID = 'platba';
export const PART_PAID = 'castecna-platba';
export const OVERDUE = 'po-splatnosti';
export const RETURNED = 'vratka';
export const REVOKED = 'platba-odvolana';
export const YEARLY = 'rocni-predpis';

export interface Credited {
  /** Id of the allocation: names the event. */
  readonly id: string;
  readonly amount: number;
  /** As it stands after the allocation. */
  readonly prescription: PrescriptionNow;
  readonly payment: Pick<PaymentNow, 'id' | 'receivedOn' | 'paidOn'>;
}

/** Money is on time when it was credited to the town by the due day (§ 166 odst. 1 písm. a) zákona č. 280/2009 Sb.: the day of the credit counts, not the day of sending). */
export function tellCredited(trx: Transaction, tenantId: number, credited: readonly Credited[], now: string): Promise<void> {
  const events = credited.flatMap(({ id, amount, prescription, payment }): readonly MoneyEvent[] => {
    if (prescription.caseId === null) return [];
    const isPaid = prescription.open === 0;
    return [
      {
        messageId: id,
        caseId: prescription.caseId,
        name: isPaid ? PAID : PART_PAID,
        payload: {
          prescriptionId: prescription.id,
          paymentId: payment.id,
          amount: isPaid ? prescription.total : amount,
          paidOn: payment.paidOn ?? payment.receivedOn,
          receivedOn: payment.receivedOn,
          onTime: payment.receivedOn <= prescription.dueDate,
          dueDate: prescription.dueDate,
          open: prescription.open,
          how: 'paid',
        },
      },
    ];
  });
  return keepEvents(trx, tenantId, events, now);
}

/** Allocations were undone: a case that has not heard of the money yet never will, one that has is told that it is gone. */
export async function tellRevoked(
  trx: Transaction,
  tenantId: number,
  undone: readonly { readonly id: string; readonly paymentId: string; readonly amount: number; readonly prescription: PrescriptionNow }[],
  reason: string,
  now: string,
): Promise<void> {
  const ofCases = undone.filter(({ prescription }) => prescription.caseId !== null);
  await withdrawEvents(trx, tenantId, PAID, [...new Set(ofCases.map(({ prescription }) => prescription.id))], now);
  await keepEvents(
    trx,
    tenantId,
    ofCases.map(({ id, paymentId, amount, prescription }) => ({
      messageId: `${id}/${REVOKED}`,
      caseId: prescription.caseId as string,
      name: REVOKED,
      payload: { prescriptionId: prescription.id, paymentId, amount, reason },
    })),
    now,
  );
}

/** Money has gone back: the cases of the prescriptions that it had come for hear of it. */
export function tellReturned(
  trx: Transaction,
  tenantId: number,
  returned: {
    readonly refundId: string;
    readonly paymentId: string;
    readonly amount: number;
    readonly returnedOn: string;
    readonly prescriptions: readonly PrescriptionNow[];
  },
  now: string,
): Promise<void> {
  const { refundId, paymentId, amount, returnedOn, prescriptions } = returned;
  const events = prescriptions.flatMap(({ id, caseId }): readonly MoneyEvent[] =>
    caseId === null
      ? []
      : [
          {
            messageId: `${RETURNED}:${refundId}:${id}`,
            caseId,
            name: RETURNED,
            payload: { prescriptionId: id, paymentId, refundId, amount, returnedOn },
          },
        ],
  );
  return keepEvents(trx, tenantId, events, now);
}

const AT_ONCE = 500;
/** The due day has passed and something is owed: told to the case once for a due day. Gives how many were told. */
export async function tellOverdue(trx: Transaction, tenantId: number, { now }: { readonly now: string }): Promise<number> {
  const late = await overdueUntold(trx, tenantId, dayOf(now), AT_ONCE);
  const events = late.map(({ id, caseId, dueDate, total, open, variableSymbol }): MoneyEvent => ({
    messageId: `${OVERDUE}:${id}:${dueDate}`,
    caseId: caseId as string,
    name: OVERDUE,
    payload: { prescriptionId: id, amount: total, open, dueDate, variableSymbol },
  }));
  await keepEvents(trx, tenantId, events, now);
  return events.length;
}
