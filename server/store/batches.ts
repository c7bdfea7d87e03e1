// Acts on many cases: the order, its items, and which of them a worker holds now.
import type { Json } from './json.ts';
import type { Transaction } from './database.ts';
import { fromRow } from './row.ts';

export type BatchKind = 'migrate' | 'revert' | 'retry';
export type BatchState = 'running' | 'paused' | 'done' | 'stopped';
export type ItemState = 'waiting' | 'done' | 'refused' | 'skipped';

export interface BatchRow {
  readonly id: string;
  readonly kind: BatchKind;
  readonly rehearsal: boolean;
  readonly situation: string | null;
  readonly fromVersion: string | null;
  readonly toVersion: string | null;
  readonly plan: Json;
  readonly reason: string;
  readonly state: BatchState;
  readonly officerId: string;
  readonly officerGroups: readonly string[];
  readonly createdAt: string;
  readonly finishedAt: string | null;
}
export interface BatchItem {
  readonly batchId: string;
  readonly place: number;
  readonly caseId: string;
  readonly subject: string | null;
}

export async function insertBatch(
  trx: Transaction,
  tenantId: number,
  batch: Omit<BatchRow, 'state' | 'finishedAt'>,
  items: readonly { readonly caseId: string; readonly subject: string | null }[],
): Promise<void> {
  await trx('case_batch').insert({
    tenant_id: tenantId,
    id: batch.id,
    kind: batch.kind,
    rehearsal: batch.rehearsal,
    situation: batch.situation,
    from_version: batch.fromVersion,
    to_version: batch.toVersion,
    plan: JSON.stringify(batch.plan),
    reason: batch.reason,
    state: items.length === 0 ? 'done' : 'running',
    officer_id: batch.officerId,
    officer_groups: [...batch.officerGroups],
    created_at: batch.createdAt,
    finished_at: items.length === 0 ? batch.createdAt : null,
  });
  if (items.length === 0) return;
  await trx.raw(
    `insert into case_batch_item (tenant_id, batch_id, case_id, place, subject)
       select ?, ?, (i.item ->> 'caseId')::uuid, i.place, i.item ->> 'subject' from jsonb_array_elements(?::jsonb) with ordinality as i (item, place)`,
    [tenantId, batch.id, JSON.stringify(items)],
  );
}

export async function batchById(trx: Transaction, tenantId: number, id: string): Promise<BatchRow | undefined> {
  const row = await trx('case_batch').where({ tenant_id: tenantId, id }).first();
  return row && fromRow<BatchRow>(row);
}

/** The newest batches of a situation. */
export async function batchesOf(trx: Transaction, tenantId: number, situation: string, limit: number): Promise<readonly BatchRow[]> {
  const rows = await trx('case_batch').where({ tenant_id: tenantId, situation }).orderBy('created_at', 'desc').limit(limit);
  return rows.map((row: object) => fromRow<BatchRow>(row));
}

export async function itemCounts(trx: Transaction, tenantId: number, batchId: string): Promise<Readonly<Record<ItemState, number>>> {
  const rows = await trx('case_batch_item')
    .where({ tenant_id: tenantId, batch_id: batchId })
    .groupBy('state')
    .select('state')
    .count('* as n');
  const counts: Record<ItemState, number> = { waiting: 0, done: 0, refused: 0, skipped: 0 };
  for (const row of rows) counts[row['state'] as ItemState] = Number(row['n']);
  return counts;
}

/** Takes up to `limit` items of the oldest running batch for `leaseMs`; another worker takes other ones. */
export async function claimItems(trx: Transaction, tenantId: number, limit: number, leaseMs: number): Promise<readonly BatchItem[]> {
  const { rows } = await trx.raw<{ rows: BatchItem[] }>(
    `update case_batch_item i set leased_until = clock_timestamp() + ? * interval '1 millisecond'
       from (select w.batch_id, w.place from case_batch_item w join case_batch b on b.tenant_id = w.tenant_id and b.id = w.batch_id
              where w.tenant_id = ? and b.state = 'running' and w.state = 'waiting' and (w.leased_until is null or w.leased_until < clock_timestamp())
              order by b.created_at, w.batch_id, w.place limit ? for update of w skip locked) free
      where i.tenant_id = ? and i.batch_id = free.batch_id and i.place = free.place
      returning i.batch_id as "batchId", i.place, i.case_id as "caseId", i.subject`,
    [leaseMs, tenantId, limit, tenantId],
  );
  return rows;
}

/** Writes what came of an item; the first verdict stands. False when it had one. */
export async function finishItem(
  trx: Transaction,
  tenantId: number,
  item: Pick<BatchItem, 'batchId' | 'place'>,
  came: { readonly state: 'done' | 'refused'; readonly verdict: Json; readonly at: string },
): Promise<boolean> {
  const count = await trx('case_batch_item')
    .where({ tenant_id: tenantId, batch_id: item.batchId, place: item.place, state: 'waiting' })
    .update({ state: came.state, verdict: JSON.stringify(came.verdict), finished_at: came.at, leased_until: null });
  return count === 1;
}

/** Ends batches that have nothing left to do. */
export async function closeFinished(trx: Transaction, tenantId: number, at: string): Promise<void> {
  await trx.raw(
    `update case_batch b set state = 'done', finished_at = ? where b.tenant_id = ? and b.state in ('running', 'paused')
       and not exists (select from case_batch_item i where i.tenant_id = b.tenant_id and i.batch_id = b.id and i.state = 'waiting')`,
    [at, tenantId],
  );
}

/** Between running and paused. False when the batch has ended meanwhile. */
export async function setBatchState(trx: Transaction, tenantId: number, id: string, state: 'running' | 'paused'): Promise<boolean> {
  const count = await trx('case_batch').where({ tenant_id: tenantId, id }).whereIn('state', ['running', 'paused']).update({ state });
  return count === 1;
}

/** What has not been done yet never will be. */
export async function stopBatch(trx: Transaction, tenantId: number, id: string, at: string): Promise<boolean> {
  const count = await trx('case_batch')
    .where({ tenant_id: tenantId, id })
    .whereIn('state', ['running', 'paused'])
    .update({ state: 'stopped', finished_at: at });
  if (count === 0) return false;
  await trx('case_batch_item').where({ tenant_id: tenantId, batch_id: id, state: 'waiting' }).update({ state: 'skipped', finished_at: at });
  return true;
}

export interface ItemView {
  readonly caseId: string;
  readonly mark: string;
  readonly subject: string | null;
  readonly state: ItemState;
  readonly verdict: Json;
  readonly finishedAt: string | null;
}

/** A page of items with their marks; refused ones first. */
export async function itemsOf(
  trx: Transaction,
  tenantId: number,
  batchId: string,
  page: { readonly state: ItemState | null; readonly offset: number; readonly limit: number },
): Promise<readonly ItemView[]> {
  const { rows } = await trx.raw<{ rows: object[] }>(
    `select i.case_id, c.mark, i.subject, i.state, i.verdict, i.finished_at from case_batch_item i
       join cases c on c.tenant_id = i.tenant_id and c.id = i.case_id
      where i.tenant_id = ? and i.batch_id = ? and (?::text is null or i.state = ?) order by i.state = 'refused' desc, i.place offset ? limit ?`,
    [tenantId, batchId, page.state, page.state, page.offset, page.limit],
  );
  return rows.map((row) => fromRow<ItemView>(row));
}

/** Cases of a batch whose items went well, in their order. */
export async function doneCases(trx: Transaction, tenantId: number, batchId: string): Promise<readonly string[]> {
  const rows = await trx('case_batch_item')
    .where({ tenant_id: tenantId, batch_id: batchId, state: 'done' })
    .orderBy('place')
    .select('case_id');
  return rows.map((row) => row['case_id'] as string);
}
