// One item of a batch, in a transaction of its own. The command's id comes from the batch and the place: done twice, it is done once.
import type { Actor } from '../domain/permission.ts';
import { Problem } from '../domain/problem.ts';
import type { MigrationPlan } from '../engine/index.ts';
import type { Json } from '../engine/types.ts';
import { batchById, finishItem, type BatchItem, type BatchRow } from '../store/batches.ts';
import type { Database } from '../store/database.ts';
import { caseBefore } from '../store/migrations-of-cases.ts';
import { versionFiles } from '../store/situations.ts';
import { Overtaken } from './changes.ts';
import { retryIncident } from './clerks-desk.ts';
import { migrateTo, revertTo } from './commands/migrate.ts';
import type { Corridor } from './corridor.ts';
import { execute } from './execute.ts';
import { rehearse } from './rehearse.ts';

/** What could not be done is a verdict of the item; a defect is thrown and the item is tried again. */
export async function carryItem(corridor: Corridor, tenantId: number, item: BatchItem): Promise<void> {
  const batch = await corridor.db.withTenant(tenantId, (trx) => batchById(trx, tenantId, item.batchId));
  if (!batch) return;
  try {
    const verdict = await carry(corridor, tenantId, batch, item);
    await finish(corridor, tenantId, item, 'done', verdict);
  } catch (error) {
    if (error instanceof Overtaken) return;
    if (!(error instanceof Problem)) throw error;
    await finish(corridor, tenantId, item, 'refused', refusal(error));
  }
}

async function carry(corridor: Corridor, tenantId: number, batch: BatchRow, item: BatchItem): Promise<Json> {
  const actor: Actor = { kind: 'officer', id: batch.officerId, groups: batch.officerGroups };
  const commandId = `batch:${batch.id}:${item.place}`;
  switch (batch.kind) {
    case 'retry':
      await retryIncident(corridor, tenantId, { commandId, actor, id: item.subject ?? '' });
      return null;
    case 'revert': {
      const before = await corridor.db.withTenant(tenantId, (trx) => caseBefore(trx, tenantId, item.caseId));
      const command = revertTo(await versionGiven(corridor, tenantId, before?.versionId ?? batch.toVersion ?? ''));
      const data = { batchId: batch.id, place: item.place, reason: batch.reason };
      await execute(corridor, tenantId, item.caseId, command, { commandId, actor, data });
      return null;
    }
    case 'migrate': {
      const command = migrateTo(await versionGiven(corridor, tenantId, batch.toVersion ?? ''));
      const data = {
        batchId: batch.id,
        place: item.place,
        fromVersion: batch.fromVersion ?? '',
        plan: (batch.plan ?? {}) as unknown as MigrationPlan,
        reason: batch.rehearsal ? 'zkouška' : batch.reason,
      };
      if (!batch.rehearsal) {
        await execute(corridor, tenantId, item.caseId, command, { commandId, actor, data });
        return null;
      }
      const { differences } = await rehearse(corridor, tenantId, item.caseId, command, { commandId, actor, data });
      return { changes: differences ?? null };
    }
  }
}

async function versionGiven(corridor: Corridor, tenantId: number, versionId: string): Promise<Parameters<typeof migrateTo>[0]> {
  const read = (db: Database): ReturnType<typeof versionFiles> => db.withTenant(tenantId, (trx) => versionFiles(trx, tenantId, versionId));
  return { versionId, situation: await corridor.shelf.get(versionId, () => read(corridor.db)) };
}

function refusal(problem: Problem): Json {
  const reasons = problem.details['reasons'];
  return { reasons: Array.isArray(reasons) ? (reasons as Json) : [{ code: problem.code }] };
}

/** A migration has written its own verdict in the same transaction; then this changes nothing. */
async function finish(corridor: Corridor, tenantId: number, item: BatchItem, state: 'done' | 'refused', verdict: Json): Promise<void> {
  const at = corridor.clock.now().toISOString();
  await corridor.db.withTenant(tenantId, (trx) => finishItem(trx, tenantId, item, { state, verdict, at }));
}
