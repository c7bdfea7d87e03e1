// An officer clears an unmatched payment on a prescription by hand.
import { permitOfficer } from '../../domain/permission.ts';
import { Problem } from '../../domain/problem.ts';
import { paymentById, prescriptionBySymbol, type PrescriptionRow } from '../../store/money.ts';
import { isSubscribed } from '../../store/waits.ts';
import { PAYMENT_MESSAGE } from '../carry-out.ts';
import type { Command } from '../corridor.ts';
import { allocation, clear } from './receive-payment.ts';

export interface MatchData {
  readonly paymentId: string;
  readonly variableSymbol: string;
  readonly note: string;
}
interface Extra {
  readonly prescription: PrescriptionRow | undefined;
  readonly payment: Awaited<ReturnType<typeof paymentById>>;
  readonly isAwaited: boolean;
}

export const matchPayment: Command<MatchData, Extra> = {
  name: 'match-payment',
  gather: async (trx, file, data) => ({
    prescription: await prescriptionBySymbol(trx, file.tenantId, data.variableSymbol),
    payment: await paymentById(trx, file.tenantId, data.paymentId),
    isAwaited: await isSubscribed(trx, file.tenantId, file.row.id, PAYMENT_MESSAGE),
  }),
  accept(file, { actor }, { prescription, payment, isAwaited }) {
    permitOfficer(actor);
    if (!payment || payment.unmatchedReason === null || payment.returnRequestedAt !== null)
      throw new Problem('conflict', 'payment-already-cleared');
    if (!prescription || prescription.caseId !== file.row.id) throw new Problem('not-found', 'prescription-not-found');
    const share = clear(prescription, payment.amount - payment.allocated);
    if (share.allocated === 0) throw new Problem('conflict', share.unmatched ?? 'already-paid');
    const changes = [
      allocation(file, payment.id, prescription.id, share.allocated, `officer:${actor.id}`),
      { kind: 'set-unmatched' as const, paymentId: payment.id, reason: share.unmatched },
    ];
    const detail = { payment: payment.id, prescription: prescription.id, allocated: share.allocated };
    if (!share.isPaid || !isAwaited) return { changes, detail, result: null };
    return {
      stimulus: {
        kind: 'message',
        message: PAYMENT_MESSAGE,
        payload: { amount: prescription.amount, prescriptionId: prescription.id, paymentId: payment.id },
      },
      lateIsFine: true,
      changes,
      detail,
      result: null,
    };
  },
};
