// Why officers intervened in cases, in their own words; and since when a case is stopped.
import type { Transaction } from './database.ts';
import { fromRow } from './row.ts';

export interface OperationRow {
  readonly id: string;
  readonly caseId: string;
  /** Name of the command. */
  readonly kind: string;
  readonly reason: string;
  readonly officerId: string;
  readonly at: string;
}

export async function insertOperation(trx: Transaction, tenantId: number, row: OperationRow): Promise<void> {
  await trx('operation').insert({
    tenant_id: tenantId,
    id: row.id,
    case_id: row.caseId,
    kind: row.kind,
    reason: row.reason,
    officer_id: row.officerId,
    at: row.at,
  });
}

export async function operationsOf(trx: Transaction, tenantId: number, caseId: string): Promise<readonly OperationRow[]> {
  const rows = await trx('operation').where({ tenant_id: tenantId, case_id: caseId }).orderBy('at');
  return rows.map((row: object) => fromRow<OperationRow>(row));
}

/** @param at null = the case runs again */
export async function setSuspended(trx: Transaction, tenantId: number, caseId: string, at: string | null): Promise<void> {
  await trx('cases').where({ tenant_id: tenantId, id: caseId }).update({ suspended_at: at });
}

export async function setVersion(trx: Transaction, tenantId: number, caseId: string, versionId: string): Promise<void> {
  await trx('cases').where({ tenant_id: tenantId, id: caseId }).update({ version_id: versionId });
}

/** Answers that came while the case was stopped: effects done or refused whose executions the case still waits for. */
export async function answersFor(
  trx: Transaction,
  tenantId: number,
  caseId: string,
  executionIds: readonly string[],
): Promise<readonly { readonly executionId: string; readonly state: 'done' | 'refused'; readonly answer: unknown }[]> {
  if (executionIds.length === 0) return [];
  const rows = await trx('outbox')
    .where({ tenant_id: tenantId, case_id: caseId })
    .whereIn('state', ['done', 'refused'])
    .whereIn('execution_id', [...executionIds])
    .orderBy('finished_at')
    .select('execution_id', 'state', 'answer');
  return rows.map((row: object) => fromRow<{ executionId: string; state: 'done' | 'refused'; answer: unknown }>(row));
}
