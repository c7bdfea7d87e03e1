// Rows of the podací deník of one year, the states of its number series, and who holds a number that no row has.
import type { Transaction } from './database.ts';
import { ask } from './lane.ts';

export interface JournalRow {
  readonly number: string;
  readonly registeredAt: Date;
  readonly direction: 'in' | 'out';
  readonly correspondent: string;
  readonly way: string;
  readonly title: string;
  readonly parts: number;
  readonly mark: string;
  readonly versionId: string;
  readonly dispatchedAt: Date | null;
  readonly dispatchedBy: string | null;
  readonly deliveredAt: Date | null;
  readonly closedAt: Date | null;
  readonly retention: string;
  readonly shredFrom: number | null;
  readonly [column: string]: unknown;
}

/** Those numbered by our own service, in the order in which they were numbered. */
export function journalRows(trx: Transaction, tenantId: number, year: number): Promise<readonly JournalRow[]> {
  return ask<JournalRow>(trx, {
    text: `select r.number, r.registered_at as "registeredAt", r.direction, r.correspondent, r.way, r.title, jsonb_array_length(r.parts) as parts,
                  c.mark, c.version_id as "versionId", r.dispatched_at as "dispatchedAt", r.dispatched_by as "dispatchedBy",
                  r.delivered_at as "deliveredAt", f.closed_at as "closedAt",
                  coalesce(f.group_code || ' ', '') || f.retention_code || '/' || f.retention_years as retention,
                  (extract(year from f.closed_at at time zone 'Europe/Prague') + f.retention_years + 1)::int as "shredFrom"
             from records_document r
             join records_file f on f.tenant_id = r.tenant_id and f.case_id = r.case_id
             join cases c on c.tenant_id = r.tenant_id and c.id = r.case_id
            where r.tenant_id = $1 and r.year = $2 and r.service = 'builtin' and r.number is not null
            order by r.registered_at, length(r.number), r.number`,
    values: [tenantId, year],
  });
}

export async function numberedOutside(trx: Transaction, tenantId: number, year: number): Promise<number> {
  const [row] = await ask<{ count: number }>(trx, {
    text: `select count(*)::int as count from records_document where tenant_id = $1 and year = $2 and service = 'essl'`,
    values: [tenantId, year],
  });
  return row?.count ?? 0;
}

export function documentSeries(
  trx: Transaction,
  tenantId: number,
  year: number,
): Promise<readonly { readonly series: string; readonly last: number }[]> {
  return ask<{ series: string; last: number }>(trx, {
    text: `select substr(series, 4) as series, last::float8 as last from number_series where tenant_id = $1 and year = $2 and series like 'cj:%' order by series`,
    values: [tenantId, year],
  });
}

export interface NumberHolder {
  readonly number: string;
  readonly by: 'message' | 'document';
  readonly detail: string;
  readonly [column: string]: unknown;
}
/** Messages in no case and documents that the register does not have. */
export function numberHolders(trx: Transaction, tenantId: number, numbers: readonly string[]): Promise<readonly NumberHolder[]> {
  if (numbers.length === 0) return Promise.resolve([]);
  return ask<NumberHolder>(trx, {
    text: `select document_number as number, 'message' as by, coalesce(reason, '') as detail from inbox
            where tenant_id = $1 and document_number = any($2::text[]) and case_id is null
           union all select d.number, 'document', c.mark from document d join cases c on c.tenant_id = d.tenant_id and c.id = d.case_id
            where d.tenant_id = $1 and d.number = any($2::text[])`,
    values: [tenantId, numbers],
  });
}
