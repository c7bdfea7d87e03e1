// Cancels the case's open prescriptions with a reason; money that already came stays visible as unmatched, to be returned.
import { prescriptionsOf } from '../../store/money.ts';
import type { Act } from './act.ts';

export const cancelFee: Act = async (wait, scene) => {
  const reason = typeof wait.input['reason'] === 'string' ? wait.input['reason'] : 'process';
  const open = (await prescriptionsOf(scene.trx, scene.file.tenantId, scene.file.row.id)).filter(
    (p) => p.cancelledAt === null && p.paid < p.amount,
  );
  if (open.length > 0) scene.changes.push({ kind: 'cancel-prescriptions', ids: open.map((p) => p.id), reason });
  return { done: { cancelled: open.length } };
};
