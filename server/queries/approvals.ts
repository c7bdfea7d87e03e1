// Four eyes: what waits for a second person, what was decided, and who may decide.
import type { ApprovalDesk, ApprovalRow } from '../contract/money.ts';
import type { Transaction } from '../store/database.ts';
import { fromRow } from '../store/row.ts';
import type { Reader } from './reader.ts';

interface Viewer {
  readonly officerId: string;
  readonly mayApprove: boolean;
}
interface RawApproval {
  readonly id: string;
  readonly kind: string;
  readonly amount: number;
  readonly reason: string;
  readonly askedAt: string;
  readonly askedById: string;
  readonly askedBy: string;
  readonly verdict: ApprovalRow['verdict'];
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  readonly verdictReason: string;
  readonly subjectTitle: string | null;
  readonly subjectPayer: string | null;
  readonly payerId: string | null;
}

/** What an approval is about: a prescription, a payment, a payer, or nothing that has a row. */
const APPROVALS = `
  select a.id, a.kind, a.amount, a.reason, a.asked_at, a.asked_by as asked_by_id, o.name as asked_by, a.verdict, d.name as decided_by, a.decided_at, a.verdict_reason,
         coalesce(p.title || ', VS ' || p.variable_symbol, 'platba ' || nullif(m.payer_name, '')) as subject_title, y.name as subject_payer, y.id as payer_id
    from money_approval a
    join officer o on o.tenant_id = a.tenant_id and o.id = a.asked_by
    left join officer d on d.tenant_id = a.tenant_id and d.id = a.decided_by
    left join prescription p on p.tenant_id = a.tenant_id and p.id = a.subject
    left join payment m on m.tenant_id = a.tenant_id and m.id = a.subject
    left join payer y on y.tenant_id = a.tenant_id and y.id = coalesce(p.debtor_id, m.payer_id, a.subject)
   where a.tenant_id = :town`;

export function approvalDesk(reader: Reader, tenantId: number, viewer: Viewer): Promise<ApprovalDesk> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const open = await trx.raw<{ rows: object[] }>(`${APPROVALS} and a.verdict is null order by a.asked_at limit 200`, { town: tenantId });
    const decided = await trx.raw<{ rows: object[] }>(`${APPROVALS} and a.verdict is not null order by a.decided_at desc limit 20`, {
      town: tenantId,
    });
    return { approvals: open.rows.map((row) => approvalRow(row, viewer)), decided: decided.rows.map((row) => approvalRow(row, viewer)) };
  });
}

/** Open requests about one payer: about him, his prescriptions and his payments. */
export async function approvalsOf(
  trx: Transaction,
  tenantId: number,
  { payerId, officerId }: { readonly payerId: string; readonly officerId: string },
): Promise<readonly ApprovalRow[]> {
  const { rows } = await trx.raw<{ rows: object[] }>(`${APPROVALS} and a.verdict is null and y.id = :payer order by a.asked_at limit 50`, {
    town: tenantId,
    payer: payerId,
  });
  return rows.map((row) => approvalRow(row, { officerId, mayApprove: false }));
}

export async function openApprovals(trx: Transaction, tenantId: number): Promise<number> {
  const row = await trx('money_approval').where({ tenant_id: tenantId }).whereNull('verdict').count({ n: '*' }).first();
  return Number(row?.['n'] ?? 0);
}

function approvalRow(row: object, viewer: Viewer): ApprovalRow {
  const raw = fromRow<RawApproval>(row);
  const mine = raw.askedById === viewer.officerId;
  return {
    id: raw.id,
    kind: raw.kind,
    amount: raw.amount,
    reason: raw.reason,
    askedAt: raw.askedAt,
    askedBy: raw.askedBy,
    mine,
    mayDecide: viewer.mayApprove && !mine && raw.verdict === null,
    about: [raw.subjectPayer, raw.subjectTitle].filter((part) => part !== null && part !== undefined).join(' – '),
    payerId: raw.payerId,
    verdict: raw.verdict,
    decidedBy: raw.decidedBy,
    decidedAt: raw.decidedAt,
    verdictReason: raw.verdictReason,
  };
}
