// A clerk refuses a payer's request for his overpayment; the payer reads the reason on his account. Granting it is ordering the return (returns.ts).
import { permitMoney } from '../../domain/permission.ts';
import { Problem } from '../../domain/problem.ts';
import { openApprovals } from '../../store/approvals.ts';
import { lockPayments } from '../../store/payments.ts';
import { paymentOfRequest, settleRequest } from '../../store/return-requests.ts';
import { once, type Asked, type Desk } from './once.ts';

/** Refuses `return-request-settled`, and `return-waits-for-second` while the return itself waits to be approved. */
export function refuseReturn(
  desk: Desk,
  asked: Asked<{ readonly requestId: string; readonly reason: string }>,
): Promise<{ readonly done: true }> {
  permitMoney(asked.actor);
  const { requestId, reason } = asked.data;
  return once(desk, 'money-return-refuse', asked, async (trx, { now, by }) => {
    const { tenantId } = desk;
    const paymentId = await paymentOfRequest(trx, tenantId, requestId);
    if (paymentId === undefined) throw new Problem('conflict', 'return-request-settled');
    await lockPayments(trx, tenantId, [paymentId]);
    const waiting = await openApprovals(trx, tenantId, paymentId);
    if (waiting.some(({ kind }) => kind === 'return')) throw new Problem('conflict', 'return-waits-for-second');
    if (!(await settleRequest(trx, tenantId, { id: requestId }, { by, at: now, refusedFor: reason })))
      throw new Problem('conflict', 'return-request-settled');
    return { done: true };
  });
}
