// Cases on their way between versions: which ones are meant, and how each was before.
import type { Transaction } from './database.ts';
import { fromRow } from './row.ts';

export interface CaseFilter {
  readonly situation: string;
  readonly versionId: string;
  /** Waits at one of these elements. */
  readonly elements: readonly string[];
  /** An open task belongs to one of these groups. */
  readonly groups: readonly string[];
  /** Filed before this instant. */
  readonly filedBefore: string | null;
  /** Only these cases. */
  readonly caseIds: readonly string[];
}

const WAITS = `select case_id, element_id from task where tenant_id = c.tenant_id and case_id = c.id and closed_at is null
  union all select case_id, element_id from subscription where tenant_id = c.tenant_id and case_id = c.id
  union all select case_id, element_id from timer where tenant_id = c.tenant_id and case_id = c.id and fired_at is null and cancelled_at is null
  union all select case_id, element_id from incident where tenant_id = c.tenant_id and case_id = c.id and closed_at is null
  union all select case_id, element_id from outbox where tenant_id = c.tenant_id and case_id = c.id and execution_id is not null and state in ('ready', 'leased', 'dead', 'by-hand')`;

/** Running cases of the version that fit every condition given, the oldest first. */
export async function casesToMove(trx: Transaction, tenantId: number, filter: CaseFilter, limit: number): Promise<readonly string[]> {
  const { rows } = await trx.raw<{ rows: { id: string }[] }>(
    `select c.id from cases c where c.tenant_id = ? and c.situation = ? and c.version_id = ? and c.ended_at is null
       and (cardinality(?::text[]) = 0 or exists (select from (${WAITS}) w where w.element_id = any(?::text[])))
       and (cardinality(?::text[]) = 0 or exists (select from task t where t.tenant_id = c.tenant_id and t.case_id = c.id and t.closed_at is null and t.group_name = any(?::text[])))
       and (?::timestamptz is null or c.filed_at < ?::timestamptz)
       and (cardinality(?::uuid[]) = 0 or c.id = any(?::uuid[]))
     order by c.filed_at, c.id limit ?`,
    [
      tenantId,
      filter.situation,
      filter.versionId,
      [...filter.elements],
      [...filter.elements],
      [...filter.groups],
      [...filter.groups],
      filter.filedBefore,
      filter.filedBefore,
      [...filter.caseIds],
      [...filter.caseIds],
      limit,
    ],
  );
  return rows.map((row) => row.id);
}

export interface CaseBefore {
  readonly caseId: string;
  readonly batchId: string;
  readonly versionId: string;
  /** The engine's state as JSON text. */
  readonly engineState: string;
  readonly afterHash: string;
  readonly revertible: boolean;
  readonly migratedAt: string;
}

/** One image a case: the next migration replaces it. */
export async function keepBefore(trx: Transaction, tenantId: number, before: CaseBefore): Promise<void> {
  await trx('case_before')
    .insert({
      tenant_id: tenantId,
      case_id: before.caseId,
      batch_id: before.batchId,
      version_id: before.versionId,
      engine_state: before.engineState,
      after_hash: before.afterHash,
      revertible: before.revertible,
      migrated_at: before.migratedAt,
    })
    .onConflict(['tenant_id', 'case_id'])
    .merge();
}

export async function caseBefore(trx: Transaction, tenantId: number, caseId: string): Promise<CaseBefore | undefined> {
  const row = await trx('case_before').where({ tenant_id: tenantId, case_id: caseId }).first();
  return row && fromRow<CaseBefore>(row);
}

export async function forgetBefore(trx: Transaction, tenantId: number, caseId: string): Promise<void> {
  await trx('case_before').where({ tenant_id: tenantId, case_id: caseId }).delete();
}

/** Drops the images older than `before`: they cannot be used any more. */
export async function forgetOld(trx: Transaction, tenantId: number, before: string): Promise<number> {
  return trx('case_before').where({ tenant_id: tenantId }).where('migrated_at', '<', before).delete();
}

/** Effects of these executions that somebody has begun or ended. */
export async function begunEffects(trx: Transaction, tenantId: number, caseId: string): Promise<ReadonlyMap<string, 'begun' | 'ended'>> {
  const rows = await trx('outbox')
    .where({ tenant_id: tenantId, case_id: caseId })
    .whereNotNull('execution_id')
    .where((w) => w.whereIn('state', ['done', 'refused', 'leased']).orWhere('attempts', '>', 0))
    .select('execution_id', 'state');
  return new Map(
    rows.map((row) => [row['execution_id'] as string, ['done', 'refused'].includes(row['state'] as string) ? 'ended' : 'begun']),
  );
}

/** Steps and groups that running cases of a version wait at, for choosing among them. */
export async function placesOfWaiting(
  trx: Transaction,
  tenantId: number,
  versionId: string,
): Promise<{
  readonly running: number;
  readonly elements: Readonly<Record<string, number>>;
  readonly groups: Readonly<Record<string, number>>;
}> {
  const { rows: elements } = await trx.raw<{ rows: { element_id: string; n: number }[] }>(
    `select w.element_id, count(distinct c.id)::int as n from cases c cross join lateral (${WAITS}) w
      where c.tenant_id = ? and c.version_id = ? and c.ended_at is null group by 1`,
    [tenantId, versionId],
  );
  const { rows: groups } = await trx.raw<{ rows: { group_name: string; n: number }[] }>(
    `select t.group_name, count(distinct c.id)::int as n from cases c join task t on t.tenant_id = c.tenant_id and t.case_id = c.id and t.closed_at is null
      where c.tenant_id = ? and c.version_id = ? and c.ended_at is null and t.group_name is not null group by 1`,
    [tenantId, versionId],
  );
  const { rows: running } = await trx.raw<{ rows: { n: number }[] }>(
    'select count(*)::int as n from cases where tenant_id = ? and version_id = ? and ended_at is null',
    [tenantId, versionId],
  );
  return {
    running: running[0]?.n ?? 0,
    elements: Object.fromEntries(elements.map((row) => [row.element_id, row.n])),
    groups: Object.fromEntries(groups.map((row) => [row.group_name, row.n])),
  };
}
