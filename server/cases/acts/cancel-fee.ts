// Cancels the case's open prescriptions with a reason; money that already came for them is free again, to be returned. The diagram did it: it is told nothing.
import { cancelPrescription } from '../../books/index.ts';
import { prescriptionsOf } from '../../store/prescriptions.ts';
import type { Act } from './act.ts';
import { text } from './prescribe-fee.ts';

export const cancelFee: Act = async (wait, scene) => {
  const { trx, file } = scene;
  const reason = text(wait.input, 'reason') ?? 'process';
  const open = (await prescriptionsOf(trx, file.tenantId, file.row.id)).filter((one) => !one.isCancelled && one.open > 0);
  for (const { id } of open)
    await cancelPrescription(trx, file.tenantId, { prescriptionId: id, reason, by: 'rule:fee.cancel', now: file.now, quiet: true });
  scene.booked += open.length;
  return { done: { cancelled: open.length } };
};
