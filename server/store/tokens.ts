// Where the tokens of cases stand, read from the rows of their waits in one statement.
import type { Transaction } from './database.ts';
import { iso, isoOrNull } from './cases.ts';

export interface TokenRow {
  readonly caseId: string;
  readonly kind: 'task' | 'effect' | 'timer' | 'message' | 'incident';
  readonly executionId: string;
  readonly elementId: string;
  readonly name: string;
  readonly since: string;
  readonly dueAt: string | null;
  readonly attachedTo: string | null;
}

export async function tokensOf(trx: Transaction, tenantId: number, caseIds: readonly string[]): Promise<readonly TokenRow[]> {
  if (caseIds.length === 0) return [];
  const bindings = [tenantId, [...caseIds]];
  const { rows } = await trx.raw<{ rows: RawToken[] }>(
    `select case_id, 'task' as kind, execution_id, element_id, title as name, opened_at as since, due_at, null as attached_to from task where tenant_id = ? and case_id = any(?) and closed_at is null
     union all select case_id, 'timer', execution_id, element_id, '', due_at, due_at, attached_to from timer where tenant_id = ? and case_id = any(?) and fired_at is null and cancelled_at is null
     union all select case_id, 'message', execution_id, element_id, message, since, null, attached_to from subscription where tenant_id = ? and case_id = any(?)
     union all select case_id, 'effect', execution_id, element_id, title, created_at, null, null from outbox where tenant_id = ? and case_id = any(?) and execution_id is not null and state in ('ready', 'leased', 'dead', 'by-hand')
     union all select case_id, 'incident', execution_id, element_id, element_name, since, null, null from incident where tenant_id = ? and case_id = any(?) and closed_at is null
     order by since, execution_id`,
    [...bindings, ...bindings, ...bindings, ...bindings, ...bindings],
  );
  return rows.map((r) => ({
    caseId: r.case_id,
    kind: r.kind,
    executionId: r.execution_id,
    elementId: r.element_id,
    name: r.name,
    since: iso(r.since),
    dueAt: isoOrNull(r.due_at),
    attachedTo: r.attached_to,
  }));
}
interface RawToken {
  case_id: string;
  kind: TokenRow['kind'];
  execution_id: string;
  element_id: string;
  name: string;
  since: Date;
  due_at: Date | null;
  attached_to: string | null;
}

/** Tokens per element of all running cases of a version, and how many of them are overdue at `now`. */
export async function tokenCounts(
  trx: Transaction,
  tenantId: number,
  versionId: string,
  now: string,
): Promise<readonly { readonly elementId: string; readonly tokens: number; readonly overdue: number }[]> {
  const { rows } = await trx.raw<{ rows: { elementId: string; tokens: number; overdue: number }[] }>(
    `with running as (select id from cases where tenant_id = ? and version_id = ? and ended_at is null)
     select element_id as "elementId", count(*)::int as tokens, (count(*) filter (where due_at < ?))::int as overdue from (
       select t.element_id, t.due_at from task t join running r on r.id = t.case_id where t.tenant_id = ? and t.closed_at is null
       union all select s.element_id, null from subscription s join running r on r.id = s.case_id where s.tenant_id = ?
       union all select m.element_id, null from timer m join running r on r.id = m.case_id where m.tenant_id = ? and m.fired_at is null and m.cancelled_at is null
       union all select o.element_id, null from outbox o join running r on r.id = o.case_id where o.tenant_id = ? and o.execution_id is not null and o.state in ('ready', 'leased', 'dead', 'by-hand')
       union all select i.element_id, null from incident i join running r on r.id = i.case_id where i.tenant_id = ? and i.closed_at is null
     ) standing group by element_id`,
    [tenantId, versionId, now, tenantId, tenantId, tenantId, tenantId, tenantId],
  );
  return rows;
}
