// Money came for a prescription of this case: recorded once, allocated, and the process told when all is paid.
import { newId } from '../../platform/ids.ts';
import { prescriptionById, type PrescriptionRow } from '../../store/money.ts';
import { isSubscribed } from '../../store/waits.ts';
import { PAYMENT_MESSAGE } from '../carry-out.ts';
import { Overtaken, type Change } from '../changes.ts';
import type { CaseFile, Command } from '../corridor.ts';

export interface IncomingPayment {
  /** `bank` or `gopay`, and the item's id there: credited at most once. */
  readonly source: string;
  readonly sourceId: string;
  readonly amount: number;
  readonly variableSymbol: string;
  readonly counterAccount: string;
  readonly payerName: string;
  readonly message: string;
  readonly receivedOn: string;
}
export interface PaymentData {
  readonly inboxId: string;
  readonly prescriptionId: string;
  readonly payment: IncomingPayment;
  readonly cardPaymentId?: string;
}
interface Extra {
  readonly prescription: PrescriptionRow | undefined;
  readonly isAwaited: boolean;
}

export const receivePayment: Command<PaymentData, Extra> = {
  name: 'receive-payment',
  gather: async (trx, file, data) => ({
    prescription: await prescriptionById(trx, file.tenantId, data.prescriptionId),
    isAwaited: await isSubscribed(trx, file.tenantId, file.row.id, PAYMENT_MESSAGE),
  }),
  accept(file, { data }, { prescription, isAwaited }) {
    if (!prescription) throw new Overtaken('prescription unknown');
    const paymentId = newId(new Date(file.now));
    const share = clear(prescription, data.payment.amount);
    const changes: Change[] = [
      { kind: 'finish-message', id: data.inboxId, result: share.allocated > 0 ? 'credited' : 'unmatched' },
      { kind: 'add-payment', payment: { ...data.payment, id: paymentId, recordedAt: file.now, unmatchedReason: share.unmatched } },
      ...(share.allocated > 0 ? [allocation(file, paymentId, prescription.id, share.allocated)] : []),
      ...(data.cardPaymentId ? [{ kind: 'update-card-payment' as const, id: data.cardPaymentId, change: { remoteState: 'PAID' } }] : []),
    ];
    const detail = { payment: paymentId, prescription: prescription.id, allocated: share.allocated, source: data.payment.source };
    if (!share.isPaid || !isAwaited) return { changes, detail, result: { paymentId } };
    return {
      stimulus: {
        kind: 'message',
        message: PAYMENT_MESSAGE,
        payload: { amount: prescription.amount, prescriptionId: prescription.id, paymentId },
      },
      lateIsFine: true,
      changes,
      detail,
      result: { paymentId },
    };
  },
};

export interface Clearing {
  /** Haléře that go to the prescription. */
  readonly allocated: number;
  readonly isPaid: boolean;
  /** Why the rest, or all of it, stays unmatched. */
  readonly unmatched: 'overpaid' | 'already-paid' | 'prescription-cancelled' | null;
}

/** How much of `amount` a prescription takes. Nothing goes to a cancelled one; what is over stays visible, to be returned. */
export function clear(prescription: Pick<PrescriptionRow, 'amount' | 'paid' | 'cancelledAt'>, amount: number): Clearing {
  if (prescription.cancelledAt !== null) return { allocated: 0, isPaid: false, unmatched: 'prescription-cancelled' };
  const open = prescription.amount - prescription.paid;
  if (open <= 0) return { allocated: 0, isPaid: false, unmatched: 'already-paid' };
  return { allocated: Math.min(open, amount), isPaid: amount >= open, unmatched: amount > open ? 'overpaid' : null };
}

export function allocation(file: CaseFile, paymentId: string, prescriptionId: string, amount: number, by = 'rule:variable-symbol'): Change {
  return { kind: 'add-allocation', allocation: { id: newId(new Date(file.now)), paymentId, prescriptionId, amount, at: file.now, by } };
}
