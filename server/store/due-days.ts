// Due days of a town across its cases: for the calendar of a department, for warnings, for inaction, and private calendar addresses.
import type { Transaction } from './database.ts';

export interface DueRow {
  readonly caseId: string;
  readonly versionId: string;
  readonly mark: string;
  /** Name of the case's deadline, else null. */
  readonly deadline: string | null;
  readonly executionId: string | null;
  readonly taskTitle: string | null;
  readonly taskDeadline: string | null;
  readonly dueOn: string;
  readonly startedOn: string;
  readonly who: 'office' | 'citizen' | 'outside';
  readonly groupName: string | null;
  readonly assigneeId: string | null;
  readonly assigneeName: string | null;
  readonly changes: number;
  /** The deadline of law behind it, whose entry in a calendar keeps its identity from task to task. */
  readonly lawName: string | null;
}

/** Open tasks of officers and running periods of law of cases that have not ended. A task that follows a period of law is told by it once. */
const DUE = `
  select t.case_id as "caseId", c.version_id as "versionId", c.mark, null as deadline, t.execution_id as "executionId", t.title as "taskTitle", t.deadline as "taskDeadline",
         (t.due_at at time zone 'Europe/Prague')::date as "dueOn", coalesce(l.started_on, (t.opened_at at time zone 'Europe/Prague')::date) as "startedOn", case when t.role = 'applicant' then 'citizen' else 'office' end as who,
         t.group_name as "groupName", t.assignee_id as "assigneeId", o.name as "assigneeName", coalesce(l.changes, 0) as changes, l.name as "lawName", c.applicant_id
    from task t join cases c on c.tenant_id = t.tenant_id and c.id = t.case_id
    left join case_deadline l on l.tenant_id = t.tenant_id and l.case_id = t.case_id and l.name = t.deadline left join officer o on o.tenant_id = t.tenant_id and o.id = t.assignee_id
   where t.tenant_id = :tenantId and t.closed_at is null and t.due_at is not null and c.ended_at is null
  union all
  select d.case_id, c.version_id, c.mark, d.name, null, null, null, d.due_on, coalesce(d.started_on, d.due_on), d.who, g.group_name, g.assignee_id, o.name, d.changes, d.name, c.applicant_id
    from case_deadline d join cases c on c.tenant_id = d.tenant_id and c.id = d.case_id
    left join lateral (select t.group_name, t.assignee_id from task t where t.tenant_id = d.tenant_id and t.case_id = d.case_id and t.closed_at is null and t.group_name is not null
                        order by (t.deadline = d.name) desc nulls last, t.opened_at limit 1) g on true
    left join officer o on o.tenant_id = d.tenant_id and o.id = g.assignee_id
   where d.tenant_id = :tenantId and d.state = 'running' and d.due_on is not null and c.ended_at is null
     and not exists (select from task t where t.tenant_id = d.tenant_id and t.case_id = d.case_id and t.deadline = d.name and t.closed_at is null)`;

export interface DueWish {
  readonly from: string;
  readonly to: string;
  /** Only what lies on desks of these groups, or on nobody's; null = all. */
  readonly groups: readonly string[] | null;
  readonly officerId: string | null;
  readonly applicantId: string | null;
}

/** At most 2 000 rows, by day. */
export async function dueDays(trx: Transaction, tenantId: number, wish: DueWish): Promise<readonly DueRow[]> {
  const { rows } = await trx.raw<{ rows: DueRow[] }>(
    `select * from (${DUE}) due where "dueOn" between :from and :to
        and (:groups::text[] is null or "groupName" is null or "groupName" = any(:groups::text[]))
        and (:officerId::uuid is null or "assigneeId" = :officerId::uuid) and (:applicantId::uuid is null or (applicant_id = :applicantId::uuid and who = 'citizen'))
      order by "dueOn", mark limit 2000`,
    { tenantId, ...wish, groups: wish.groups === null ? null : [...wish.groups] },
  );
  return rows;
}

export interface WarnRow extends DueRow {
  readonly kind: 'warning' | 'overdue';
}
/** What nobody was told yet: work of the office that ends within `days`, and its periods of law that have passed. */
export async function untold(
  trx: Transaction,
  tenantId: number,
  when: { readonly today: string; readonly days: number; readonly limit: number },
): Promise<readonly WarnRow[]> {
  const { rows } = await trx.raw<{ rows: WarnRow[] }>(
    `select * from (
       select due.*, 'warning' as kind from (${DUE}) due where who = 'office' and "dueOn" between :today::date and :today::date + :days::int and "startedOn" < "dueOn" - :days::int
       union all
       select d.case_id, c.version_id, c.mark, d.name, null, null, null, d.due_on, coalesce(d.started_on, d.due_on), d.who, null, null, null, d.changes, d.name, c.applicant_id, 'overdue'
         from case_deadline d join cases c on c.tenant_id = d.tenant_id and c.id = d.case_id
        where d.tenant_id = :tenantId and d.state = 'running' and d.who = 'office' and d.due_on < :today::date and c.ended_at is null
     ) due where not exists (select from deadline_alert a where a.tenant_id = :tenantId and a.case_id = due."caseId" and a.kind = due.kind and a.due_on = due."dueOn"
                  and a.subject = case when due.deadline is null then 'task:' || due."executionId" else 'deadline:' || due.deadline end)
     order by "dueOn" limit :limit`,
    { tenantId, ...when },
  );
  return rows;
}

/** The next due day of the office in each of these cases. */
export async function nextDue(
  trx: Transaction,
  tenantId: number,
  caseIds: readonly string[],
): Promise<readonly Pick<DueRow, 'caseId' | 'versionId' | 'deadline' | 'taskTitle' | 'dueOn'>[]> {
  const { rows } = await trx.raw<{ rows: Pick<DueRow, 'caseId' | 'versionId' | 'deadline' | 'taskTitle' | 'dueOn'>[] }>(
    `select distinct on ("caseId") "caseId", "versionId", deadline, "taskTitle", "dueOn" from (${DUE}) due where "caseId" = any(:caseIds::uuid[]) and who = 'office' order by "caseId", "dueOn"`,
    { tenantId, caseIds: [...caseIds] },
  );
  return rows;
}

export interface OverdueRow {
  readonly caseId: string;
  readonly versionId: string;
  readonly mark: string;
  readonly deadline: string;
  readonly dueOn: string;
  readonly toldTo: readonly string[];
  readonly toldAt: Date | null;
  readonly assignees: readonly string[];
}
/** Periods of the office that have passed without the act, with who was told. */
export async function overduePeriods(trx: Transaction, tenantId: number, today: string): Promise<readonly OverdueRow[]> {
  const { rows } = await trx.raw<{ rows: OverdueRow[] }>(
    `select d.case_id as "caseId", c.version_id as "versionId", c.mark, d.name as deadline, d.due_on as "dueOn", a.at as "toldAt",
            coalesce((select array_agg(o.name order by o.name) from officer o where o.tenant_id = d.tenant_id and jsonb_exists(a.officers, o.id::text)), '{}') as "toldTo",
            coalesce((select array_agg(distinct o.name) from task t join officer o on o.tenant_id = t.tenant_id and o.id = t.assignee_id
                       where t.tenant_id = d.tenant_id and t.case_id = d.case_id and t.closed_at is null), '{}') as assignees
       from case_deadline d join cases c on c.tenant_id = d.tenant_id and c.id = d.case_id
       left join deadline_alert a on a.tenant_id = d.tenant_id and a.case_id = d.case_id and a.kind = 'overdue' and a.subject = 'deadline:' || d.name and a.due_on = d.due_on
      where d.tenant_id = :tenantId and d.state = 'running' and d.who = 'office' and d.due_on < :today::date and c.ended_at is null
      order by d.due_on limit 500`.replace('a.officers ? o.id', 'a.officers \\? o.id'),
    { tenantId, today },
  );
  return rows;
}

/** How long a step took in cases that have ended, in days: half of them, and nine of ten. */
export async function usualTimes(
  trx: Transaction,
  tenantId: number,
  situation: string,
  elements: readonly string[],
): Promise<readonly { readonly elementId: string; readonly cases: number; readonly median: number; readonly ninety: number }[]> {
  const { rows } = await trx.raw<{ rows: { elementId: string; cases: number; median: number; ninety: number }[] }>(
    `select t.element_id as "elementId", count(distinct c.id)::int as cases,
            ceil(percentile_cont(0.5) within group (order by extract(epoch from t.closed_at - t.opened_at) / 86400))::int as median,
            ceil(percentile_cont(0.9) within group (order by extract(epoch from t.closed_at - t.opened_at) / 86400))::int as ninety
       from task t join cases c on c.tenant_id = t.tenant_id and c.id = t.case_id
      where t.tenant_id = ? and c.situation = ? and c.ended_at is not null and t.closed_by is not null and t.element_id = any(?)
      group by t.element_id`,
    [tenantId, situation, [...elements]],
  );
  return rows;
}
