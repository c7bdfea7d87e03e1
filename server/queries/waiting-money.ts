// How much the town still expects: what is prescribed and not paid. For whoever is about to change the account it should come to.
import type { Transaction } from '../store/database.ts';

export interface WaitingMoney {
  readonly count: number;
  /** Haléře. */
  readonly amount: number;
}

export async function waitingMoney(trx: Transaction, tenantId: number): Promise<WaitingMoney> {
  const { rows } = await trx.raw<{ rows: WaitingMoney[] }>(
    `select count(*)::int as count, coalesce(sum(b.open), 0)::bigint as amount
       from prescription p join prescription_balance b on b.tenant_id = p.tenant_id and b.id = p.id
      where p.tenant_id = ? and p.cancelled_at is null and b.open > 0`,
    [tenantId],
  );
  const [row] = rows;
  return { count: row?.count ?? 0, amount: Number(row?.amount ?? 0) };
}
