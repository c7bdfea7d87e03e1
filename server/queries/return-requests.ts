// Payers' requests for their overpayments that wait for an officer, the soonest last day first (§ 155 zákona č. 280/2009 Sb.).
import type { OpenReturnRequest } from '../contract/money.ts';
import type { Transaction } from '../store/database.ts';
import { fromRow } from '../store/row.ts';

const OPEN = `
  select r.id, r.payment_id, r.payer_id, y.name as payer_name, r.amount, r.to_account as account, r.to_name as name, r.asked_at, r.due_on, b.free,
         r.due_on < :today::date as late,
         exists (select from money_approval a where a.tenant_id = r.tenant_id and a.subject = r.payment_id and a.kind = 'return' and a.verdict is null) as waits_for_approval
    from return_request r
    join payer y on y.tenant_id = r.tenant_id and y.id = r.payer_id
    join payment_balance b on b.tenant_id = r.tenant_id and b.id = r.payment_id
   where r.tenant_id = :town and r.verdict is null and (:payer::uuid is null or r.payer_id = :payer)
   order by r.due_on, r.id limit 500`;

/** Of the whole town, or of one payer. `today` = legal day. */
export async function openReturnRequests(
  trx: Transaction,
  tenantId: number,
  { today, payerId = null }: { readonly today: string; readonly payerId?: string | null },
): Promise<readonly OpenReturnRequest[]> {
  const { rows } = await trx.raw<{ rows: object[] }>(OPEN, { town: tenantId, today, payer: payerId } as never);
  return rows.map((row) => fromRow<OpenReturnRequest>(row));
}
