// Four eyes: what one officer asks for happens in the decision of another one, in the same transaction, or not at all.
import { fourEyesAbove, isSecond } from '../domain/money/four-eyes.ts';
import { Problem } from '../domain/problem.ts';
import { newId } from '../platform/ids.ts';
import { insertApproval, lockApproval, setVerdict, settingsOf, type ApprovalRow } from '../store/approvals.ts';
import type { Transaction } from '../store/database.ts';
import type { Json } from '../store/json.ts';
import type { By } from './booking.ts';
import { adjust, writeOff } from './correct.ts';
import { orderReturn } from './returns.ts';

export type ApprovalKind = 'correction' | 'writeoff' | 'return' | 'run' | 'instalments' | 'deposit' | (string & {});
export interface AskedApproval {
  readonly kind: ApprovalKind;
  /** Prescription, payment, run … */
  readonly subject: string | null;
  /** Haléře that are decided about. */
  readonly amount: number;
  /** All that the act needs; shown to the second person and carried out as it stands. */
  readonly what: Json;
  readonly reason: string;
  /** The officer's id. */
  readonly officerId: string;
  readonly now: string;
}
/** Its id. Refuses `reason-missing` and `asked-before` (the same kind about the same subject is still open). */
export async function askApproval(trx: Transaction, tenantId: number, asked: AskedApproval): Promise<string> {
  if (asked.reason.trim() === '') throw new Problem('invalid', 'reason-missing');
  const id = newId(new Date(asked.now));
  const { kind, subject, amount, what, reason } = asked;
  const row = { id, kind, subject, amount, what, reason, askedBy: asked.officerId, askedAt: asked.now };
  if (!(await insertApproval(trx, tenantId, row))) throw new Problem('conflict', 'asked-before');
  return id;
}

/** What is done when the second person agrees. `by` is the one who asked, `approval` the id that the act passes on. */
export type ApprovedAct = (
  trx: Transaction,
  tenantId: number,
  approved: {
    readonly what: Json;
    readonly subject: string;
    readonly amount: number;
    readonly reason: string;
    readonly by: By;
    readonly approval: string;
    readonly now: string;
  },
) => Promise<Json>;
const ownActs: Readonly<Record<string, ApprovedAct>> = {
  correction: async (trx, tenantId, { what, subject, ...deed }) => {
    const { total } = what as { readonly total: number };
    const { freed } = await adjust(trx, tenantId, { ...deed, prescriptionId: subject, amount: total });
    return { freed };
  },
  writeoff: async (trx, tenantId, { subject, ...deed }) => {
    await writeOff(trx, tenantId, { ...deed, prescriptionId: subject });
    return null;
  },
  return: async (trx, tenantId, { what, subject, ...deed }) => {
    const { to, name } = what as { readonly to: string; readonly name: string };
    return { refundId: await orderReturn(trx, tenantId, { ...deed, paymentId: subject, to, name }) };
  },
};

export interface Decision {
  readonly approvalId: string;
  readonly verdict: 'approved' | 'refused' | 'taken-back';
  readonly reason: string;
  readonly officerId: string;
  readonly now: string;
  /** Acts of kinds that the books do not do themselves, by kind: runs, instalments, deposits. */
  readonly acts?: Readonly<Record<string, ApprovedAct>>;
}
/** What the act gave. Refuses `approval-not-found`, `approval-decided-before`, `same-person` (only who asked takes back, only another one decides). */
export async function decideApproval(
  trx: Transaction,
  tenantId: number,
  given: Decision,
): Promise<{ readonly approval: ApprovalRow; readonly result: Json }> {
  const approval = await lockApproval(trx, tenantId, given.approvalId);
  if (!approval) throw new Problem('not-found', 'approval-not-found');
  if (approval.verdict !== null) throw new Problem('conflict', 'approval-decided-before');
  if ((given.verdict === 'taken-back') === isSecond(approval.askedBy, given.officerId)) throw new Problem('forbidden', 'same-person');
  if (given.verdict === 'refused' && given.reason.trim() === '') throw new Problem('invalid', 'reason-missing');
  const { verdict, reason, officerId, now } = given;
  await setVerdict(trx, tenantId, approval.id, { verdict, by: officerId, reason, at: now });
  if (verdict !== 'approved') return { approval: { ...approval, verdict }, result: null };
  const act = given.acts?.[approval.kind] ?? ownActs[approval.kind];
  if (!act) throw new Problem('invalid', 'approval-without-act', { kind: approval.kind });
  const { what, amount } = approval;
  const by = `officer:${approval.askedBy}`;
  const result = await act(trx, tenantId, {
    what,
    subject: approval.subject ?? '',
    amount,
    reason: approval.reason,
    by,
    approval: approval.id,
    now,
  });
  return { approval: { ...approval, verdict, decidedBy: officerId }, result };
}

/** The town's limit in haléře above which two must agree. */
export const limitOf = async (trx: Transaction, tenantId: number): Promise<number> => fourEyesAbove(await settingsOf(trx, tenantId));
