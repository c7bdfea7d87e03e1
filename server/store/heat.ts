// Counts of what running cases of a version wait for, by element. Events beside the flow (boundaries, listening starts) are not counted: a case does not stand on them.
import type { Transaction } from './database.ts';

export interface HeatRow {
  readonly elementId: string;
  readonly waiting: number;
  readonly overdue: number;
  readonly incidents: number;
}

/** `overdue`: tasks past their due time, and timers of the flow that should have fired. */
export async function heatOf(trx: Transaction, tenantId: number, versionId: string, now: string): Promise<readonly HeatRow[]> {
  const { rows } = await trx.raw<{ rows: HeatRow[] }>(
    `with running as (select id from cases where tenant_id = :tenant and version_id = :version and ended_at is null)
     select element_id as "elementId", count(*)::int as waiting, (count(*) filter (where due_at < :now))::int as overdue, (count(*) filter (where stuck))::int as incidents from (
       select t.element_id, t.due_at, false as stuck from task t join running r on r.id = t.case_id where t.tenant_id = :tenant and t.closed_at is null
       union all select s.element_id, null, false from subscription s join running r on r.id = s.case_id where s.tenant_id = :tenant and s.attached_to is null
       union all select m.element_id, m.due_at, false from timer m join running r on r.id = m.case_id where m.tenant_id = :tenant and m.fired_at is null and m.cancelled_at is null and m.attached_to is null
       union all select o.element_id, null, o.state = 'dead' from outbox o join running r on r.id = o.case_id where o.tenant_id = :tenant and o.execution_id is not null and o.state in ('ready', 'leased', 'dead', 'by-hand')
       union all select i.element_id, null, true from incident i join running r on r.id = i.case_id where i.tenant_id = :tenant and i.closed_at is null
     ) standing group by element_id`,
    { tenant: tenantId, version: versionId, now } as never,
  );
  return rows;
}
