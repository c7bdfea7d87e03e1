// Batches for people: how far they are, who ordered them, and what came of each case.
import type { BatchCard, BatchItems, ItemVerdict } from '../contract/operations.ts';
import { Problem } from '../domain/problem.ts';
import { batchById, batchesOf, itemCounts, itemsOf, type BatchRow, type ItemState } from '../store/batches.ts';
import type { Transaction } from '../store/database.ts';
import { inTurn, type Reader } from './reader.ts';

const PAGE_SIZE = 100;
const NEWEST = 10;
const DAY_MS = 24 * 60 * 60 * 1_000;

export function readBatch(reader: Reader, tenantId: number, id: string): Promise<BatchCard> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const batch = await batchById(trx, tenantId, id);
    if (!batch) throw new Problem('not-found', 'batch-not-found');
    return card(reader, trx, tenantId, batch);
  });
}

export function listBatches(reader: Reader, tenantId: number, situation: string): Promise<readonly BatchCard[]> {
  return reader.db.withTenant(tenantId, async (trx) =>
    inTurn(await batchesOf(trx, tenantId, situation, NEWEST), (batch) => card(reader, trx, tenantId, batch)),
  );
}

export function readBatchItems(
  reader: Reader,
  tenantId: number,
  id: string,
  asked: { readonly state: ItemState | null; readonly page: number },
): Promise<BatchItems> {
  return reader.db.withTenant(tenantId, async (trx) => {
    if (!(await batchById(trx, tenantId, id))) throw new Problem('not-found', 'batch-not-found');
    const items = await itemsOf(trx, tenantId, id, { state: asked.state, offset: (asked.page - 1) * PAGE_SIZE, limit: PAGE_SIZE });
    return {
      page: asked.page,
      pageSize: PAGE_SIZE,
      items: items.map(({ caseId, mark, state, verdict, finishedAt }) => ({
        caseId,
        mark,
        state,
        verdict: verdict as ItemVerdict | null,
        finishedAt,
      })),
    };
  });
}

async function card(reader: Reader, trx: Transaction, tenantId: number, batch: BatchRow): Promise<BatchCard> {
  const counts = await itemCounts(trx, tenantId, batch.id);
  const officer = await trx('officer').where({ tenant_id: tenantId, id: batch.officerId }).first('name');
  return {
    id: batch.id,
    kind: batch.kind,
    rehearsal: batch.rehearsal,
    state: batch.state,
    situation: batch.situation,
    from: await numberOf(trx, tenantId, batch.fromVersion),
    to: await numberOf(trx, tenantId, batch.toVersion),
    reason: batch.reason,
    officer: officer?.name ?? '',
    createdAt: batch.createdAt,
    finishedAt: batch.finishedAt,
    counts,
    revertUntil: await revertUntil(reader, trx, tenantId, batch),
  };
}

async function numberOf(trx: Transaction, tenantId: number, versionId: string | null): Promise<number | null> {
  if (versionId === null) return null;
  const row = await trx('situation_version').where({ tenant_id: tenantId, id: versionId }).first('number');
  return row?.number ?? null;
}

/** As long as a case of it has its image, and the last of them is younger than a day. */
async function revertUntil(reader: Reader, trx: Transaction, tenantId: number, batch: BatchRow): Promise<string | null> {
  if (batch.kind !== 'migrate' || batch.rehearsal) return null;
  const row = await trx('case_before')
    .where({ tenant_id: tenantId, batch_id: batch.id, revertible: true })
    .max('migrated_at as last')
    .first();
  if (!row?.last) return null;
  const until = new Date((row.last as Date).getTime() + DAY_MS);
  return until > reader.now() ? until.toISOString() : null;
}
