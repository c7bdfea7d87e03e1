// Prescribing what the preview says, a chunk in a transaction: prescriptions, ledger, items, proofs and the cursor stand or fall together.
import { prescribe } from '../../books/index.ts';
import type { CompiledSituation } from '../../catalog/index.ts';
import type { Json } from '../../engine/types.ts';
import { reach } from '../../platform/crash-point.ts';
import type { Transaction } from '../../store/database.ts';
import { makeRoom } from '../../store/duties.ts';
import { markHeld, markPrescribed, plannedItems, type PlannedItem } from '../../store/fee-run-items.ts';
import { moveRun, takeRun, updateRun, type RunRow } from '../../store/fee-runs.ts';
import type { Corridor } from '../corridor.ts';
import { prescriptionOf } from '../duties/prescribe-year.ts';
import type { Reckoned } from '../duties/reckon.ts';
import { compiledVersion } from '../duties/reprice.ts';
import { linkOf } from './chain.ts';
import { proveRun } from './prove.ts';

const CHUNK = 500;

/** Returns how many items were done; 0 when no run is being prescribed. */
export async function prescribeChunk(corridor: Corridor, tenantId: number): Promise<number> {
  const done = await corridor.db.withTenant(tenantId, async (trx) => {
    const run = await takeRun(trx, tenantId, 'prescribing');
    if (!run) return 0;
    const now = corridor.clock.now().toISOString();
    const place = (run.cursor as { readonly place?: number } | null)?.place ?? 0;
    const items = await plannedItems(trx, tenantId, run.id, place, CHUNK);
    if (items.length === 0) {
      const proof = await proveRun(trx, tenantId, run);
      await updateRun(trx, tenantId, run.id, { proof: { ...proof, at: now } as unknown as Json });
      await moveRun(trx, tenantId, run, 'prescribed', { actor: `run:${run.id}`, reason: '', at: now });
      return 1;
    }
    await prescribeItems(trx, tenantId, run, items, now);
    reach('before-commit:run-chunk');
    return items.length;
  });
  if (done > 0) reach('after-commit:run-chunk');
  return done;
}

async function prescribeItems(trx: Transaction, tenantId: number, run: RunRow, items: readonly PlannedItem[], now: string): Promise<void> {
  const situation = await compiledVersion(trx, tenantId, run.versionId);
  const fresh = items.filter(({ isFresh }) => isFresh);
  await markHeld(
    trx,
    tenantId,
    run.id,
    items.filter(({ isFresh }) => !isFresh).map(({ place }) => place),
  );
  await makeRoom(
    trx,
    tenantId,
    fresh.map(({ dutyId }) => dutyId),
    run.year,
    now,
  );
  const wanted = fresh.map((item) => wantedOf(run, situation, item));
  const made = fresh.length === 0 ? [] : await prescribe(trx, tenantId, wanted, { by: `run:${run.id}`, now });
  let head = run.head;
  const marked = fresh.map((item, index) => {
    const prescription = made[index];
    if (!prescription) throw new Error('the books gave fewer prescriptions than were asked for');
    const { id: prescriptionId, variableSymbol } = prescription;
    head = linkOf(head, { place: item.place, dutyId: item.dutyId, prescriptionId, variableSymbol, amount: item.amount });
    return { place: item.place, prescriptionId, variableSymbol, proof: head };
  });
  await markPrescribed(trx, tenantId, run.id, marked);
  await updateRun(trx, tenantId, run.id, { head, cursor: { place: items.at(-1)?.place ?? 0 } });
}

function wantedOf(run: RunRow, situation: CompiledSituation, item: PlannedItem) {
  const { parts, decision } = item.reckoning as unknown as Pick<Reckoned, 'parts' | 'decision'>;
  return prescriptionOf(
    {
      duty: { id: item.dutyId, kind: run.kind, payerId: item.payerId, subject: item.subject, caseId: item.caseId },
      situation,
      year: run.year,
      reckoned: { amount: item.amount, parts, decision },
    },
    { dueDate: run.dueDate, runId: run.id },
  );
}
