// Gives a prescription of this case a new total, by a counter-entry; what was paid over is free again as an overpayment.
import { adjust } from '../../books/index.ts';
import { prescriptionBy } from '../../store/prescriptions.ts';
import type { Act } from './act.ts';
import { text } from './prescribe-fee.ts';

/** Refuses `fee-not-whole`, `prescription-not-found` (also somebody else's), `prescription-cancelled`. */
export const adjustFee: Act = async (wait, scene) => {
  const { trx, file } = scene;
  const { amount, prescriptionId } = wait.input;
  if (typeof amount !== 'number' || !Number.isSafeInteger(amount) || amount < 0)
    return { refused: { code: 'fee-not-whole', reason: 'Nová výše není celé číslo v haléřích.' } };
  const found = typeof prescriptionId === 'string' ? await prescriptionBy(trx, file.tenantId, { id: prescriptionId }) : undefined;
  if (found?.caseId !== file.row.id)
    return { refused: { code: 'prescription-not-found', reason: 'Takový předpis u tohoto případu není.' } };
  if (found.isCancelled && amount > 0) return { refused: { code: 'prescription-cancelled', reason: 'Předpis je zrušen.' } };
  const reason = text(wait.input, 'reason') ?? 'process';
  // To nothing, the diagram has cancelled it and goes on from there. To less, it may wait for money that has come already.
  const deed = { reason, by: 'rule:fee.adjust', now: file.now, quiet: amount === 0 };
  const { freed } = await adjust(trx, file.tenantId, { prescriptionId: found.id, amount, ...deed });
  scene.booked += 1;
  return { done: { freed } };
};
