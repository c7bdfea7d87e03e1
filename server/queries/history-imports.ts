// Files of old prescriptions and payments that accountants brought, the newest first.
import type { HistoryDesk, HistoryFileRow } from '../contract/history.ts';
import { fromRow } from '../store/row.ts';
import type { Reader } from './reader.ts';

const AT_MOST = 30;

export function historyDesk(reader: Reader, tenantId: number): Promise<HistoryDesk> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const { rows } = await trx.raw<{ rows: object[] }>(
      `select h.id, h.system, h.file_name, o.name as officer, h.taken, h.repeated, h.errors, h.at
         from history_import h join officer o on o.tenant_id = h.tenant_id and o.id = h.officer_id
        where h.tenant_id = ? order by h.at desc, h.id desc limit ${AT_MOST}`,
      [tenantId],
    );
    return { files: rows.map((row) => fromRow<HistoryFileRow>(row)) };
  });
}
