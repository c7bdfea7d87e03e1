// Exports to the economic system: what waits, what was sent and what it answered; and one export as a file.
import type { ExportDesk } from '../contract/money.ts';
import { Problem } from '../domain/problem.ts';
import { exportedDocuments, type ExportedDocument } from '../store/economy-exports.ts';
import type { Transaction } from '../store/database.ts';
import type { Reader } from './reader.ts';

interface RawExport {
  readonly id: string;
  readonly created_at: Date;
  readonly officer: string;
  readonly transactions: number;
  readonly state: string | null;
  readonly answer: null | { readonly accepted?: number; readonly alreadyHad?: number };
  readonly last_error: string | null;
}
const STATES: Readonly<Record<string, ExportDesk['exports'][number]['state']>> = { done: 'sent', refused: 'refused', dead: 'stuck' };

export async function exportDesk(trx: Transaction, tenantId: number): Promise<ExportDesk> {
  const { rows: waiting } = await trx.raw<{ rows: { n: number }[] }>(
    `select count(*)::int as n from ledger_transaction t where t.tenant_id = ?
        and not exists (select from economy_export_item i where i.tenant_id = t.tenant_id and i.transaction_id = t.id)`,
    [tenantId],
  );
  const { rows } = await trx.raw<{ rows: RawExport[] }>(
    `select x.id, x.created_at, o.name as officer, x.transactions, b.state, x.answer, b.last_error
       from economy_export x join officer o on o.tenant_id = x.tenant_id and o.id = x.officer_id
       left join outbox b on b.tenant_id = x.tenant_id and b.key = x.effect_key
      where x.tenant_id = ? order by x.created_at desc, x.id desc limit 20`,
    [tenantId],
  );
  return {
    waiting: waiting[0]?.n ?? 0,
    exports: rows.map((row) => ({
      id: row.id,
      at: row.created_at.toISOString(),
      officer: row.officer,
      transactions: row.transactions,
      state: STATES[row.state ?? ''] ?? 'waiting',
      accepted: row.answer?.accepted ?? null,
      alreadyHad: row.answer?.alreadyHad ?? null,
      error: row.last_error,
    })),
  };
}

/** The documents of one export, for the file. Refuses `export-not-found`. */
export function exportFile(reader: Reader, tenantId: number, id: string): Promise<readonly ExportedDocument[]> {
  return reader.db.withTenant(tenantId, async (trx) => {
    if (!(await trx('economy_export').where({ tenant_id: tenantId, id }).first('id'))) throw new Problem('not-found', 'export-not-found');
    return exportedDocuments(trx, tenantId, id);
  });
}
