// How a number came to be: the rule and paragraph of a prescription, the life of a payment, and every accounting case that touched them as double entry.
import type { LedgerLine, MoneyWhy } from '../contract/money.ts';
import { Problem } from '../domain/problem.ts';
import type { DecisionTrace } from '../engine/types.ts';
import type { Transaction } from '../store/database.ts';
import { actorNames } from './actor-names.ts';
import type { Reader } from './reader.ts';

export interface RawTransaction {
  readonly id: string;
  readonly kind: string;
  readonly booked_on: string;
  readonly recorded_at: Date;
  readonly actor: string;
  readonly approved_by: string | null;
  readonly reason: string;
  readonly reverses: string | null;
  readonly entries: readonly { readonly account: string; readonly subject: string | null; readonly amount: number }[];
}
/** Columns of a transaction with its lines. */
export const TRANSACTION = `t.id, t.kind, t.booked_on, t.recorded_at, t.actor, t.approved_by, t.reason, t.reverses,
  (select json_agg(json_build_object('account', e.account, 'subject', e.subject, 'amount', e.amount) order by e.line)
     from ledger_entry e where e.tenant_id = t.tenant_id and e.transaction_id = t.id) as entries`;

export async function ledgerLines(trx: Transaction, tenantId: number, rows: readonly RawTransaction[]): Promise<readonly LedgerLine[]> {
  const name = await actorNames(
    trx,
    tenantId,
    rows.flatMap((row) => [row.actor, row.approved_by]),
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    bookedOn: row.booked_on,
    recordedAt: row.recorded_at.toISOString(),
    by: name(row.actor),
    approvedBy: row.approved_by === null ? null : name(row.approved_by),
    reason: row.reason,
    reverses: row.reverses,
    entries: row.entries ?? [],
  }));
}

async function transactionsOf(trx: Transaction, tenantId: number, subject: string): Promise<readonly LedgerLine[]> {
  const { rows } = await trx.raw<{ rows: RawTransaction[] }>(
    `select ${TRANSACTION} from ledger_transaction t where t.tenant_id = ?
        and t.id in (select e.transaction_id from ledger_entry e where e.tenant_id = ? and e.subject = ?) order by t.recorded_at, t.id`,
    [tenantId, tenantId, subject],
  );
  return ledgerLines(trx, tenantId, rows);
}

export function whyPrescription(reader: Reader, tenantId: number, id: string): Promise<MoneyWhy> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const row = await trx('prescription').where({ tenant_id: tenantId, id }).first();
    if (!row) throw new Problem('not-found', 'prescription-not-found');
    const decision = row.decision as DecisionTrace | null;
    const facts: readonly (readonly [string, string | null])[] = [
      ['Druh', row.kind],
      ['Variabilní symbol', row.variable_symbol],
      ['Období', row.period_from === null ? null : `${row.period_from} – ${row.period_to ?? ''}`],
      ['Splatnost', row.due_date],
      ['Týká se', row.regarding],
      ['Řídí se', row.regime === 'dr' ? 'daňovým řádem (zákon č. 280/2009 Sb.)' : 'správním řádem (zákon č. 500/2004 Sb.)'],
      ['Zrušeno', row.cancel_reason],
    ];
    return {
      title: row.title as string,
      amount: Number(row.amount),
      legalBasis: row.legal_basis as string,
      rules: decision?.rules?.flatMap((rule) => (rule.annotation ? [rule.annotation] : [])) ?? [],
      facts: facts.flatMap(([label, value]) => (value === null || value === '' || value === undefined ? [] : [{ label, value }])),
      transactions: await transactionsOf(trx, tenantId, id),
      moves: [],
    };
  });
}

export function whyPayment(reader: Reader, tenantId: number, id: string): Promise<MoneyWhy> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const row = await trx('payment').where({ tenant_id: tenantId, id }).first();
    if (!row) throw new Problem('not-found', 'payment-not-found');
    const moves = await trx('payment_move').where({ tenant_id: tenantId, payment_id: id }).orderBy('seq');
    const name = await actorNames(
      trx,
      tenantId,
      moves.map((move) => move.actor as string),
    );
    const facts: readonly (readonly [string, string | null])[] = [
      ['Připsáno', row.received_on],
      ['Odesláno plátcem', row.paid_on],
      ['Zdroj', row.source],
      ['Číslo položky', row.source_id],
      ['Účet v účetnictví', row.ledger_account],
      ['Protiúčet', row.counter_account],
      ['Plátce', row.payer_name],
      ['Variabilní symbol', row.variable_symbol],
      ['Specifický symbol', row.specific_symbol],
      ['Zpráva', row.message],
    ];
    return {
      title: 'Platba',
      amount: Number(row.amount),
      legalBasis: '§ 152 zákona č. 280/2009 Sb.',
      rules: [],
      facts: facts.flatMap(([label, value]) => (value === null || value === '' || value === undefined ? [] : [{ label, value }])),
      transactions: await transactionsOf(trx, tenantId, id),
      moves: moves.map((move) => ({
        from: move.from_state as string | null,
        to: move.to_state as string,
        at: (move.at as Date).toISOString(),
        by: name(move.actor as string),
        reason: move.reason as string,
      })),
    };
  });
}
