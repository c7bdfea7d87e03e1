// Exports of accounting cases to the town's economic system: each transaction is in exactly one export (its primary key says so).
import type { Transaction } from './database.ts';
import type { Json } from './json.ts';

/** One accounting case as the economic system gets it. */
export interface ExportedDocument {
  readonly id: string;
  readonly date: string;
  readonly kind: string;
  readonly text: string;
  /** The document it takes back. */
  readonly stornoOf: string | null;
  readonly lines: readonly { readonly account: string; readonly debit: number; readonly credit: number; readonly variableSymbol: string }[];
}

/** Takes up to `limit` transactions that no export has yet, the oldest first; gives how many. Two who order at once take different ones. */
export async function takeTransactions(
  trx: Transaction,
  tenantId: number,
  given: { readonly id: string; readonly officerId: string; readonly at: string; readonly effectKey: string; readonly limit: number },
): Promise<number> {
  await trx.raw('select pg_advisory_xact_lock(?, 15015)', [tenantId]);
  const { rows } = await trx.raw<{ rows: { id: string }[] }>(
    `select t.id from ledger_transaction t where t.tenant_id = ? and not exists (select from economy_export_item i where i.tenant_id = t.tenant_id and i.transaction_id = t.id)
      order by t.booked_on, t.recorded_at, t.id limit ?`,
    [tenantId, given.limit],
  );
  if (rows.length === 0) return 0;
  await trx('economy_export').insert({
    tenant_id: tenantId,
    id: given.id,
    officer_id: given.officerId,
    created_at: given.at,
    transactions: rows.length,
    effect_key: given.effectKey,
  });
  await trx.raw('insert into economy_export_item (tenant_id, transaction_id, export_id) select ?, unnest(?::uuid[]), ?', [
    tenantId,
    rows.map(({ id }) => id),
    given.id,
  ]);
  return rows.length;
}

export async function exportedDocuments(trx: Transaction, tenantId: number, exportId: string): Promise<readonly ExportedDocument[]> {
  const { rows } = await trx.raw<{ rows: ExportedDocument[] }>(
    `select t.id, t.booked_on::text as date, t.kind, t.reason as text, t.reverses as "stornoOf",
            (select json_agg(json_build_object('account', e.account, 'debit', greatest(e.amount, 0), 'credit', greatest(-e.amount, 0), 'variableSymbol', coalesce(p.variable_symbol, '')) order by e.line)
               from ledger_entry e left join prescription p on p.tenant_id = e.tenant_id and p.id = e.subject
              where e.tenant_id = t.tenant_id and e.transaction_id = t.id) as lines
       from economy_export_item i join ledger_transaction t on t.tenant_id = i.tenant_id and t.id = i.transaction_id
      where i.tenant_id = ? and i.export_id = ? order by t.booked_on, t.recorded_at, t.id`,
    [tenantId, exportId],
  );
  return rows;
}

/** What the economic system said of an export. */
export async function noteExportAnswer(trx: Transaction, tenantId: number, id: string, answer: Json): Promise<void> {
  await trx('economy_export')
    .where({ tenant_id: tenantId, id })
    .update({ answer: JSON.stringify(answer) });
}
