// Prescriptions of a payer with what the books say about them.
import type { DebtCard, DebtState } from '../../contract/account.ts';
import type { Transaction } from '../../store/database.ts';
import { maySee } from '../../store/payer-access.ts';
import type { Holder } from './holders.ts';

export interface DebtRow {
  readonly id: string;
  readonly debtor: string;
  readonly title: string;
  readonly kind: string;
  readonly regarding: string;
  readonly amount: number;
  readonly paid: number;
  readonly writtenOff: number;
  readonly open: number;
  readonly prescribedOn: string;
  readonly dueDate: string;
  readonly variableSymbol: string;
  readonly caseId: string | null;
  readonly cancelled: boolean;
  readonly system: string | null;
  readonly externalId: string | null;
}

const COLUMNS = `p.id, p.debtor_id as debtor, p.title, p.kind, p.regarding, b.total as amount, b.paid, b.written_off as "writtenOff", b.open,
  coalesce(p.prescribed_on, (p.created_at at time zone 'Europe/Prague')::date) as "prescribedOn", p.due_date as "dueDate",
  p.variable_symbol as "variableSymbol", p.case_id as "caseId", p.cancelled_at is not null as cancelled, f.system, f.external_id as "externalId"`;
const FROM = `from prescription p
  join prescription_balance b on b.tenant_id = p.tenant_id and b.id = p.id
  left join foreign_record f on f.tenant_id = p.tenant_id and f.subject = p.id`;
const SEEN = `p.tenant_id = :t and p.debtor_id = :holder and (:only::text[] is null or p.kind = any(:only))`;

export interface Filter {
  readonly year: number | null;
  readonly kind: string | null;
  readonly limit: number;
}

/** By the day of prescribing, newest first. */
export async function debtsOf(trx: Transaction, tenantId: number, holder: Holder, filter: Filter): Promise<readonly DebtRow[]> {
  const { rows } = await trx.raw<{ rows: DebtRow[] }>(
    `select * from (select ${COLUMNS} ${FROM} where ${SEEN} and (:kind::text is null or p.kind = :kind)) d
      where :year::int is null or extract(year from d."prescribedOn") = :year order by d."prescribedOn" desc, d.id limit :limit`,
    { t: tenantId, holder: holder.id, only: listed(holder), ...filter },
  );
  return rows;
}

/** Everything that is left to pay, by due day: the order of the law (§ 152 odst. 3 zákona č. 280/2009 Sb.). */
export async function owedBy(trx: Transaction, tenantId: number, holder: Holder): Promise<readonly DebtRow[]> {
  const { rows } = await trx.raw<{ rows: DebtRow[] }>(
    `select ${COLUMNS} ${FROM} where ${SEEN} and b.open > 0 and p.cancelled_at is null order by p.due_date, p.id`,
    { t: tenantId, holder: holder.id, only: listed(holder) },
  );
  return rows;
}

/** Those of `ids` that one of the holders lets see, by due day. */
export async function debtsById(
  trx: Transaction,
  tenantId: number,
  holders: readonly Holder[],
  ids: readonly string[],
): Promise<readonly DebtRow[]> {
  const { rows } = await trx.raw<{ rows: DebtRow[] }>(
    `select ${COLUMNS} ${FROM} where p.tenant_id = :t and p.id = any(:ids::uuid[]) and p.debtor_id = any(:holders::uuid[]) order by p.due_date, p.id`,
    { t: tenantId, ids: [...ids], holders: holders.map(({ id }) => id) },
  );
  return rows.filter((row) => maySee(holders, row));
}

export interface Shelves {
  readonly years: readonly number[];
  readonly kinds: readonly string[];
}
/** What there is to filter by. */
export async function shelvesOf(trx: Transaction, tenantId: number, holder: Holder): Promise<Shelves> {
  const given = { t: tenantId, holder: holder.id, only: listed(holder) };
  const { rows } = await trx.raw<{ rows: { readonly year: number; readonly kind: string | null }[] }>(
    `select distinct extract(year from coalesce(p.prescribed_on, p.created_at at time zone 'Europe/Prague'))::int as year, p.kind from prescription p where ${SEEN}
      union select distinct extract(year from p.received_on)::int, null from payment p where p.tenant_id = :t and p.payer_id = :holder and :only::text[] is null`,
    given,
  );
  return {
    years: [...new Set(rows.map(({ year }) => year))].sort((a, b) => b - a),
    kinds: [...new Set(rows.flatMap(({ kind }) => (kind === null ? [] : [kind])))].sort((a, b) => a.localeCompare(b, 'cs')),
  };
}

export function debtCard(row: DebtRow, today: string): DebtCard {
  const { debtor: _debtor, cancelled: _cancelled, system, externalId, ...facts } = row;
  return { ...facts, state: stateOf(row, today), source: system === null ? null : { system, externalId: externalId ?? '' } };
}

function stateOf(row: DebtRow, today: string): DebtState {
  if (row.cancelled || row.amount <= 0) return 'cancelled';
  if (row.open <= 0) return row.writtenOff > 0 && row.paid < row.amount ? 'written-off' : 'paid';
  return row.dueDate < today ? 'overdue' : 'open';
}

/** As PostgreSQL takes it; null = no limit. */
export const listed = ({ only }: Holder): string[] | null => (only === null ? null : [...only]);
