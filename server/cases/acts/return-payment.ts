// Sends back what came for a prescription of this case and belongs to nothing: money after a cancellation, an overpayment, a late payment.
import { orderReturn } from '../../books/index.ts';
import { freeOfPrescription } from '../../store/payments.ts';
import { prescriptionBy } from '../../store/prescriptions.ts';
import type { Act } from './act.ts';
import { text } from './prescribe-fee.ts';

/** Money without an account to go to stays free and visible to a clerk. Refuses `prescription-not-found` (also somebody else's). */
export const returnPayment: Act = async (wait, scene) => {
  const { trx, file } = scene;
  const { prescriptionId } = wait.input;
  const found = typeof prescriptionId === 'string' ? await prescriptionBy(trx, file.tenantId, { id: prescriptionId }) : undefined;
  if (found?.caseId !== file.row.id)
    return { refused: { code: 'prescription-not-found', reason: 'Takový předpis u tohoto případu není.' } };
  const reason = text(wait.input, 'reason') ?? 'process';
  const refunds: string[] = [];
  for (const { id, free, hasWayBack } of await freeOfPrescription(trx, file.tenantId, found)) {
    if (!hasWayBack) continue;
    const order = { paymentId: id, amount: free, to: '', name: '', reason, by: 'rule:payment.return', now: file.now };
    refunds.push(await orderReturn(trx, file.tenantId, order));
  }
  scene.booked += refunds.length;
  return { done: { refunds } };
};
