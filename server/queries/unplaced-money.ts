// What a clerk must place by hand: money without a prescription.
import type { UnmatchedPayment } from '../contract/office.ts';
import { daysBetween, dayOf } from '../domain/calendar.ts';
import type { Reader } from './reader.ts';

export function unmatchedPayments(reader: Reader, tenantId: number): Promise<readonly UnmatchedPayment[]> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const { rows } = await trx.raw<{ rows: RawPayment[] }>(
      `select p.id, p.received_on, b.free, p.variable_symbol, p.counter_account, p.payer_name, p.message, coalesce(b.reason, '') as reason
         from payment p join payment_balance b on b.tenant_id = p.tenant_id and b.id = p.id
        where p.tenant_id = ? and p.state in ('unmatched', 'part-allocated') order by p.recorded_at, p.id limit 500`,
      [tenantId],
    );
    const today = dayOf(reader.now().toISOString());
    return rows.map((row) => ({
      id: row.id,
      receivedAt: row.received_on,
      amount: row.free,
      variableSymbol: row.variable_symbol,
      counterAccount: row.counter_account,
      payerName: row.payer_name,
      message: row.message,
      reason: row.reason,
      ageDays: daysBetween(row.received_on, today),
    }));
  });
}

interface RawPayment {
  readonly id: string;
  readonly received_on: string;
  readonly free: number;
  readonly variable_symbol: string;
  readonly counter_account: string;
  readonly payer_name: string;
  readonly message: string;
  readonly reason: string;
}
