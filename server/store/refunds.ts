// Returns of money as rows. Whether one is still on its way is its balance on the account refund.
import type { Transaction } from './database.ts';
import { ask } from './lane.ts';

export type RefundWay = 'transfer' | 'gateway' | 'cash';
export interface RefundRecord {
  readonly id: string;
  readonly paymentId: string;
  readonly amount: number;
  readonly way: RefundWay;
  readonly toAccount: string;
  readonly toName: string;
  readonly variableSymbol: string;
  readonly reason: string;
  readonly orderedBy: string;
  readonly orderedAt: string;
}
export async function insertRefund(trx: Transaction, tenantId: number, r: RefundRecord): Promise<void> {
  await ask(trx, {
    text: `insert into refund (tenant_id, id, payment_id, amount, way, to_account, to_name, variable_symbol, reason, ordered_by, ordered_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    values: [tenantId, r.id, r.paymentId, r.amount, r.way, r.toAccount, r.toName, r.variableSymbol, r.reason, r.orderedBy, r.orderedAt],
  });
}

export type RefundNow = {
  readonly id: string;
  readonly paymentId: string;
  readonly amount: number;
  readonly way: RefundWay;
  readonly ledgerAccount: string;
  /** Haléře still on the way. */
  readonly owed: number;
  readonly isPaid: boolean;
};
/** How it stands; the payment's row is locked by the caller. */
export async function refundNow(trx: Transaction, tenantId: number, id: string): Promise<RefundNow | undefined> {
  const [row] = await ask<RefundNow>(trx, {
    text: `select f.id, f.payment_id as "paymentId", f.amount, f.way, coalesce(p.ledger_account, '') as "ledgerAccount",
                  coalesce((select -sum(e.amount) from ledger_entry e where e.tenant_id = f.tenant_id and e.subject = f.id and e.account = 'refund'), 0)::bigint as owed,
                  exists (select from ledger_transaction t where t.tenant_id = f.tenant_id and t.key = 'returned:' || f.id) as "isPaid"
             from refund f join payment p on p.tenant_id = f.tenant_id and p.id = f.payment_id where f.tenant_id = $1 and f.id = $2`,
    values: [tenantId, id],
  });
  return row;
}
