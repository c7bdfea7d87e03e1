// The register of the records: pages of the podací deník with search, what is still to be told to the eSSL, and its news.
import type { RecordRow, RecordsDesk, RecordsPage } from '../contract/records.ts';
import type { Transaction } from '../store/database.ts';
import { ask } from '../store/lane.ts';
import type { Reader } from './reader.ts';

export interface RecordsQuery {
  readonly q: string;
  /** 0 = all years. */
  readonly year: number;
  readonly page: number;
}
const PAGE_SIZE = 50;
/** What a printed or exported register may have. */
const LONGEST = 50_000;

const FROM = `from records_document r
  join records_file f on f.tenant_id = r.tenant_id and f.case_id = r.case_id
  join cases c on c.tenant_id = r.tenant_id and c.id = r.case_id
 where r.tenant_id = $1 and ($2 = 0 or r.year = $2)
   and ($3 = '' or r.number ilike $3 or r.title ilike $3 or r.correspondent ilike $3 or c.mark ilike $3 or f.outside_mark ilike $3)`;

export function recordsPage(
  reader: Reader,
  tenantId: number,
  { q, year, page }: RecordsQuery,
  service: RecordsPage['service'],
): Promise<Omit<RecordsPage, 'mayKeep'>> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const values = [tenantId, year, like(q)];
    const [count] = await ask<{ count: number }>(trx, { text: `select count(*)::int as count ${FROM}`, values });
    const years = await ask<{ year: number }>(trx, {
      text: 'select distinct year from records_document where tenant_id = $1 order by year desc',
      values: [tenantId],
    });
    const records = await rows(trx, values, PAGE_SIZE, (page - 1) * PAGE_SIZE);
    const outside = await ask(trx, {
      text: `select 1 from records_file where tenant_id = $1 and service = 'essl' limit 1`,
      values: [tenantId],
    });
    return {
      hasOutside: outside.length > 0,
      service,
      years: years.map((row) => row.year),
      total: count?.count ?? 0,
      page,
      pageSize: PAGE_SIZE,
      records,
    };
  });
}

/** All that the search finds, the oldest first, as a register is printed. */
export async function wholeRegister(
  reader: Reader,
  tenantId: number,
  { q, year }: Omit<RecordsQuery, 'page'>,
): Promise<readonly RecordRow[]> {
  const found = await reader.db.withTenant(tenantId, (trx) => rows(trx, [tenantId, year, like(q)], LONGEST, 0));
  return found.toReversed();
}

const like = (q: string): string => (q.trim() === '' ? '' : `%${q.trim().replace(/[\\%_]/g, '\\$&')}%`);

interface Raw extends Omit<RecordRow, 'registeredAt' | 'dispatchedAt' | 'deliveredAt'> {
  readonly registeredAt: Date;
  readonly dispatchedAt: Date | null;
  readonly deliveredAt: Date | null;
  readonly [column: string]: unknown;
}
async function rows(trx: Transaction, values: readonly unknown[], limit: number, offset: number): Promise<readonly RecordRow[]> {
  const found = await ask<Raw>(trx, {
    text: `select r.document_id as "documentId", r.number, r.registered_at as "registeredAt", r.direction, r.title, r.correspondent, r.way,
                  jsonb_array_length(r.parts) as parts, r.case_id as "caseId", c.mark, f.outside_mark as "outsideMark", f.state as "fileState",
                  r.dispatched_at as "dispatchedAt", r.dispatched_by as "dispatchedBy", r.delivered_at as "deliveredAt",
                  coalesce(f.group_code || ' ', '') || f.retention_code || '/' || f.retention_years as retention,
                  (extract(year from f.closed_at at time zone 'Europe/Prague') + f.retention_years + 1)::int as "shredFrom"
           ${FROM} order by r.registered_at desc, r.document_id desc limit $4 offset $5`,
    values: [...values, limit, offset],
  });
  const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
  return found.map((row) => ({
    ...row,
    registeredAt: row.registeredAt.toISOString(),
    dispatchedAt: iso(row.dispatchedAt),
    deliveredAt: iso(row.deliveredAt),
  }));
}

/** What an officer may have to do about the eSSL: acts that are not over, the refused ones first, and news that nobody has seen. */
export function recordsDesk(reader: Reader, tenantId: number): Promise<RecordsDesk> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const acts = await ask<Omit<RecordsDesk['acts'][number], 'since'> & { readonly since: Date }>(trx, {
      text: `select a.case_id as "caseId", c.mark, a.seq, a.kind, r.title as "documentTitle", a.state, a.reason, a.created_at as since
               from records_act a join cases c on c.tenant_id = a.tenant_id and c.id = a.case_id
               left join records_document r on r.tenant_id = a.tenant_id and r.document_id = a.document_id
              where a.tenant_id = $1 and a.state in ('waiting', 'ordered', 'refused')
              order by a.state = 'refused' desc, a.created_at, a.case_id, a.seq limit 200`,
      values: [tenantId],
    });
    const news = await ask<Omit<RecordsDesk['news'][number], 'at'> & { readonly at: Date }>(trx, {
      text: `select e.id, e.at, e.text, e.case_id as "caseId", c.mark from records_event e
               left join cases c on c.tenant_id = e.tenant_id and c.id = e.case_id
              where e.tenant_id = $1 and e.seen_at is null order by e.at desc, e.id limit 200`,
      values: [tenantId],
    });
    return {
      acts: acts.map((act) => ({ ...act, since: act.since.toISOString() })),
      news: news.map((one) => ({ ...one, at: one.at.toISOString() })),
    };
  });
}
