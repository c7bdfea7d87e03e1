// What is stuck in the town: elements that cannot go on, and effects that ran out of tries, as one list.
import type { Transaction } from './database.ts';
import { fromRow } from './row.ts';

export interface IncidentFilter {
  /** These very incidents. */
  readonly ids?: readonly string[];
  readonly situation?: string;
  readonly elementId?: string;
  readonly code?: string;
}
export interface OpenIncident {
  /** Id of the row, or `effect:` and the effect's key. */
  readonly id: string;
  readonly caseId: string;
  readonly mark: string;
  readonly situation: string;
  readonly versionId: string;
  readonly executionId: string | null;
  readonly elementId: string;
  readonly elementName: string;
  readonly kind: 'process' | 'effect';
  readonly code: string;
  readonly reason: string;
  readonly since: string;
}

const FOUND = `select i.id::text as id, i.case_id, i.execution_id, i.element_id, i.element_name, 'process' as kind, i.code, i.reason, i.since from incident i where i.tenant_id = :tenant and i.closed_at is null
  union all select 'effect:' || o.key, o.case_id, o.execution_id, coalesce(o.element_id, ''), o.title, 'effect', o.effect, coalesce(o.last_error, ''), o.finished_at from outbox o where o.tenant_id = :tenant and o.state = 'dead'`;
const MATCHES = `c.tenant_id = :tenant and (:ids::jsonb is null or f.id in (select jsonb_array_elements_text(:ids::jsonb)))
  and (:situation::text is null or c.situation = :situation) and (:element::text is null or f.element_id = :element) and (:code::text is null or f.code = :code)`;

const bindings = (tenantId: number, filter: IncidentFilter): Record<string, string | number | null> => ({
  tenant: tenantId,
  ids: filter.ids === undefined ? null : JSON.stringify(filter.ids),
  situation: filter.situation ?? null,
  element: filter.elementId ?? null,
  code: filter.code ?? null,
});

/** The newest first. */
export async function openIncidents(
  trx: Transaction,
  tenantId: number,
  filter: IncidentFilter,
  limit: number,
): Promise<readonly OpenIncident[]> {
  const { rows } = await trx.raw<{ rows: object[] }>(
    `select f.*, c.mark, c.situation, c.version_id from (${FOUND}) f join cases c on c.id = f.case_id where ${MATCHES} order by f.since desc, f.id limit :limit`,
    { ...bindings(tenantId, filter), limit } as never,
  );
  return rows.map((row) => fromRow<OpenIncident>(row));
}

export interface IncidentCount {
  readonly situation: string;
  readonly elementId: string;
  readonly elementName: string;
  readonly code: string;
  readonly reason: string;
  readonly count: number;
  readonly since: string;
}

/** The same cause at the same step together, the most frequent first. */
export async function incidentCounts(trx: Transaction, tenantId: number): Promise<readonly IncidentCount[]> {
  const { rows } = await trx.raw<{ rows: object[] }>(
    `select c.situation, f.element_id, f.code, min(f.element_name) as element_name, min(f.reason) as reason, count(*)::int as count, min(f.since) as since
       from (${FOUND}) f join cases c on c.id = f.case_id where ${MATCHES} group by 1, 2, 3 order by count(*) desc, 1, 2, 3`,
    bindings(tenantId, {}) as never,
  );
  return rows.map((row) => fromRow<IncidentCount>(row));
}
