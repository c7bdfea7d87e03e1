// Four eyes as rows: what one officer asked for and another one decided.
import type { Transaction } from './database.ts';
import { ask } from './lane.ts';
import type { Json } from './json.ts';

export type ApprovalRow = {
  readonly id: string;
  readonly kind: string;
  readonly subject: string | null;
  readonly amount: number;
  readonly what: Json;
  readonly reason: string;
  readonly askedBy: string;
  readonly askedAt: string;
  readonly decidedBy: string | null;
  readonly verdict: 'approved' | 'refused' | 'taken-back' | null;
};
/** False when the same kind about the same subject is open already, also when it was asked for at this very moment. */
export async function insertApproval(
  trx: Transaction,
  tenantId: number,
  one: Pick<ApprovalRow, 'id' | 'kind' | 'subject' | 'amount' | 'what' | 'reason' | 'askedBy' | 'askedAt'>,
): Promise<boolean> {
  const rows = await ask(trx, {
    text: `insert into money_approval (tenant_id, id, kind, subject, amount, what, reason, asked_by, asked_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
           on conflict (tenant_id, subject, kind) where verdict is null and subject is not null do nothing returning id`,
    values: [tenantId, one.id, one.kind, one.subject, one.amount, JSON.stringify(one.what), one.reason, one.askedBy, one.askedAt],
  });
  return rows.length === 1;
}

const COLUMNS = `id, kind, subject, amount, what, reason, asked_by as "askedBy", asked_at::text as "askedAt", decided_by as "decidedBy", verdict`;
export async function lockApproval(trx: Transaction, tenantId: number, id: string): Promise<ApprovalRow | undefined> {
  const [row] = await ask<ApprovalRow>(trx, {
    text: `select ${COLUMNS} from money_approval where tenant_id = $1 and id = $2 for no key update`,
    values: [tenantId, id],
  });
  return row;
}
/** What is asked for about a subject and not decided yet. */
export const openApprovals = (trx: Transaction, tenantId: number, subject: string): Promise<readonly ApprovalRow[]> =>
  ask<ApprovalRow>(trx, {
    text: `select ${COLUMNS} from money_approval where tenant_id = $1 and subject = $2 and verdict is null order by asked_at`,
    values: [tenantId, subject],
  });

export async function setVerdict(
  trx: Transaction,
  tenantId: number,
  id: string,
  given: { readonly verdict: 'approved' | 'refused' | 'taken-back'; readonly by: string; readonly reason: string; readonly at: string },
): Promise<boolean> {
  const rows = await ask(trx, {
    text: `update money_approval set verdict = $3, decided_by = $4, verdict_reason = $5, decided_at = $6
            where tenant_id = $1 and id = $2 and verdict is null returning id`,
    values: [tenantId, id, given.verdict, given.by, given.reason, given.at],
  });
  return rows.length === 1;
}

/** The town's settings, for its limits. */
export async function settingsOf(trx: Transaction, tenantId: number): Promise<Readonly<Record<string, unknown>>> {
  const [row] = await ask<{ settings: Readonly<Record<string, unknown>> }>(trx, {
    text: 'select settings from tenant where id = $1',
    values: [tenantId],
  });
  return row?.settings ?? {};
}
