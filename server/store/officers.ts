// Officers as the directory knows them: who came, left and returned, and what is left on the desk of who is gone.
import type { Transaction } from './database.ts';
import type { Json } from './json.ts';

export interface KnownOfficer {
  readonly id: string;
  readonly subject: string;
  readonly name: string;
  readonly email: string;
  readonly active: boolean;
  readonly source: 'login' | 'directory';
  /** Set = the directory deactivated him; inactive without it = an administrator did. */
  readonly leftAt: Date | null;
  readonly groups: readonly string[];
}

/** All of the directory, and those among `subjects` who were known before; locked, so that two synchronisations do not mix. */
export async function officersOfDirectory(
  trx: Transaction,
  tenantId: number,
  subjects: readonly string[],
): Promise<readonly KnownOfficer[]> {
  const rows = await trx('officer')
    .where({ tenant_id: tenantId })
    .where((which) => void which.where({ source: 'directory' }).orWhereIn('subject', [...subjects]))
    .orderBy('id')
    .forUpdate()
    .select('id', 'subject', 'name', 'email', 'active', 'source', 'left_at');
  const groups = await trx('officer_group').where({ tenant_id: tenantId }).orderBy('group_name').select('officer_id', 'group_name');
  return rows.map((row) => ({
    id: row.id,
    subject: row.subject,
    name: row.name,
    email: row.email,
    active: row.active,
    source: row.source,
    leftAt: row.left_at,
    groups: groups.filter((group) => group.officer_id === row.id).map((group) => group.group_name as string),
  }));
}

export async function insertOfficer(
  trx: Transaction,
  tenantId: number,
  officer: { readonly id: string; readonly subject: string; readonly name: string; readonly email: string },
): Promise<void> {
  await trx('officer').insert({ tenant_id: tenantId, ...officer, source: 'directory' });
}

export async function updateOfficer(
  trx: Transaction,
  tenantId: number,
  officerId: string,
  { name, email }: { readonly name: string; readonly email: string },
): Promise<void> {
  await trx('officer').where({ tenant_id: tenantId, id: officerId }).update({ name, email, source: 'directory' });
}

export async function touchOfficer(trx: Transaction, tenantId: number, officerId: string, at: Date): Promise<void> {
  await trx('officer').where({ tenant_id: tenantId, id: officerId }).update({ last_login_at: at });
}

export async function replaceGroups(trx: Transaction, tenantId: number, officerId: string, groups: readonly string[]): Promise<void> {
  await trx('officer_group').where({ tenant_id: tenantId, officer_id: officerId }).delete();
  if (groups.length > 0)
    await trx('officer_group').insert(
      [...new Set(groups)].map((name) => ({ tenant_id: tenantId, officer_id: officerId, group_name: name })),
    );
}

/** Sessions are ended by the caller, in the same transaction. */
export async function markLeft(trx: Transaction, tenantId: number, officerId: string, at: Date): Promise<void> {
  await trx('officer').where({ tenant_id: tenantId, id: officerId, active: true }).update({ active: false, left_at: at });
}

/** Only whom the directory deactivated. False when it was somebody else. */
export async function markReturned(trx: Transaction, tenantId: number, officerId: string): Promise<boolean> {
  const changed = await trx('officer')
    .where({ tenant_id: tenantId, id: officerId, active: false })
    .whereNotNull('left_at')
    .update({ active: true, left_at: null });
  return changed === 1;
}

export type OfficerEventKind = 'arrived' | 'left' | 'returned' | 'regrouped';

export async function addOfficerEvent(
  trx: Transaction,
  tenantId: number,
  event: { readonly id: string; readonly officerId: string; readonly kind: OfficerEventKind; readonly detail: Json; readonly at: Date },
): Promise<void> {
  const { id, officerId, kind, detail, at } = event;
  await trx('officer_event').insert({ tenant_id: tenantId, id, officer_id: officerId, kind, detail: JSON.stringify(detail), at });
}

export interface AbandonedTask {
  readonly caseId: string;
  readonly executionId: string;
  readonly officerId: string;
}

/** Open tasks on the desk of somebody who does not work here any more. */
export async function abandonedTasks(trx: Transaction, tenantId: number, limit: number): Promise<readonly AbandonedTask[]> {
  const rows = await trx('task as t')
    .join('officer as o', (on) => on.on('o.tenant_id', 't.tenant_id').andOn('o.id', 't.assignee_id'))
    .where({ 't.tenant_id': tenantId, 'o.active': false })
    .whereNull('t.closed_at')
    .orderBy('t.opened_at')
    .limit(limit)
    .select('t.case_id', 't.execution_id', 'o.id as officer_id');
  return rows.map((row) => ({ caseId: row.case_id, executionId: row.execution_id, officerId: row.officer_id }));
}

/** How many open tasks each of them has. */
export async function openTasksOfOfficers(
  trx: Transaction,
  tenantId: number,
  officerIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await trx('task')
    .where({ tenant_id: tenantId })
    .whereIn('assignee_id', [...officerIds])
    .whereNull('closed_at')
    .groupBy('assignee_id')
    .select('assignee_id', trx.raw('count(*)::int as count'));
  return new Map(rows.map((row) => [row.assignee_id as string, row.count as number]));
}

/** Whom the synchronisation would tell about troubles and leavers. */
export async function activeOfGroups(
  trx: Transaction,
  tenantId: number,
  groups: readonly string[],
): Promise<readonly { readonly id: string; readonly email: string }[]> {
  const rows = await trx('officer as o')
    .join('officer_group as g', (on) => on.on('g.tenant_id', 'o.tenant_id').andOn('g.officer_id', 'o.id'))
    .where({ 'o.tenant_id': tenantId, 'o.active': true })
    .whereNot('o.email', '')
    .whereIn('g.group_name', [...groups])
    .distinct('o.id', 'o.email');
  return rows.map((row) => ({ id: row.id, email: row.email }));
}
