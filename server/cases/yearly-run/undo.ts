// Taking a run back before its letters are sent: a counter-entry for each prescription, a chunk in a transaction. What was paid meanwhile becomes an overpayment.
import { cancelUnpaid } from '../../books/cancel-unpaid.ts';
import { cancelPrescription } from '../../books/index.ts';
import type { Json } from '../../engine/types.ts';
import { reach } from '../../platform/crash-point.ts';
import { ledgerOfRun, markUndone, prescribedItems } from '../../store/fee-run-items.ts';
import { moveRun, takeRun, updateRun } from '../../store/fee-runs.ts';
import type { Corridor } from '../corridor.ts';
import { proveRun } from './prove.ts';

const CHUNK = 250;
const REASON = 'storno hromadného předpisu';

/** Returns how many prescriptions were cancelled; 0 when no run is being taken back. */
export async function undoChunk(corridor: Corridor, tenantId: number): Promise<number> {
  const done = await corridor.db.withTenant(tenantId, async (trx) => {
    const run = await takeRun(trx, tenantId, 'undoing');
    if (!run) return 0;
    const now = corridor.clock.now().toISOString();
    const items = await prescribedItems(trx, tenantId, run.id, { after: 0, limit: CHUNK, states: ['prescribed'] });
    if (items.length === 0) {
      const { balance } = await ledgerOfRun(trx, tenantId, run.id);
      if (balance !== 0) throw new Error(`run ${run.id} was taken back and ${balance} haléře are left of it`);
      await updateRun(trx, tenantId, run.id, { proof: { ...(await proveRun(trx, tenantId, run)), at: now } as unknown as Json });
      await moveRun(trx, tenantId, run, 'undone', { actor: `run:${run.id}`, reason: '', at: now });
      return 1;
    }
    // No case has heard of this year's prescription yet: that is told with the letters.
    const deed = { reason: REASON, by: `run:${run.id}`, now, quiet: true };
    const prescriptionIds = items.map(({ prescriptionId }) => prescriptionId);
    for (const prescriptionId of await cancelUnpaid(trx, tenantId, { ...deed, prescriptionIds }))
      await cancelPrescription(trx, tenantId, { ...deed, prescriptionId });
    await markUndone(
      trx,
      tenantId,
      run.id,
      items.map(({ place }) => place),
    );
    reach('before-commit:undo-chunk');
    return items.length;
  });
  if (done > 0) reach('after-commit:undo-chunk');
  return done;
}
