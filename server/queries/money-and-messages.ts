// What a clerk must place by hand: money without a prescription, messages without a case.
import type { UnmatchedPayment, UnsortedMessage } from '../contract/office.ts';
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

export function unsortedMessages(reader: Reader, tenantId: number): Promise<readonly UnsortedMessage[]> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const rows = await trx('inbox as i')
      .where({ 'i.tenant_id': tenantId, 'i.result': 'unsorted' })
      .orderBy('i.received_at')
      .limit(200)
      .select(
        'i.*',
        trx('file as f')
          .where('f.tenant_id', tenantId)
          .whereRaw(`f.owner_kind = 'inbox' and f.owner_id = i.id::text`)
          .count('*')
          .as('files'),
      );
    return rows.map((r) => {
      const payload = r.payload as { senderName?: string; senderBox?: string; subject?: string };
      return {
        id: r.id,
        source: r.source,
        receivedAt: (r.received_at as Date).toISOString(),
        sender: payload.senderName ?? payload.senderBox ?? r.source,
        subject: payload.subject ?? r.kind,
        files: Number(r.files),
        reason: r.reason ?? '',
      };
    });
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
