// The books by month: turnover and balances of accounts, invariants in words, the journal of accounting cases.
import type { AccountTurnover, LedgerJournal, MonthDesk } from '../contract/money.ts';
import { dayOf } from '../domain/calendar.ts';
import { openShiftsUntil } from '../store/cash.ts';
import type { Transaction } from '../store/database.ts';
import { actorNames } from './actor-names.ts';
import { exportDesk } from './economy-exports.ts';
import { ledgerLines, TRANSACTION, type RawTransaction } from './money-why.ts';
import type { Reader } from './reader.ts';

const PAGE = 50;
const firstDay = (month: string): string => `${month}-01`;

/** Turnover by account; debit and credit in haléře, both positive. */
async function turnover(trx: Transaction, tenantId: number, month: string): Promise<readonly AccountTurnover[]> {
  const { rows } = await trx.raw<{ rows: AccountTurnover[] }>(
    `select e.account,
            coalesce(sum(e.amount) filter (where t.booked_on < :first::date), 0)::bigint as opening,
            coalesce(sum(e.amount) filter (where t.booked_on >= :first::date and e.amount > 0), 0)::bigint as debit,
            coalesce(-sum(e.amount) filter (where t.booked_on >= :first::date and e.amount < 0), 0)::bigint as credit,
            coalesce(sum(e.amount), 0)::bigint as closing
       from ledger_entry e join ledger_transaction t on t.tenant_id = e.tenant_id and t.id = e.transaction_id
      where e.tenant_id = :town and t.booked_on < (:first::date + interval '1 month') group by e.account order by e.account`,
    { town: tenantId, first: firstDay(month) },
  );
  return rows;
}

/** The invariants that a month must keep before it is closed, counted on the town's rows. */
const CHECKS: readonly (readonly [name: string, sql: string])[] = [
  [
    'balanced',
    `select count(*)::int as n from (select 1 from ledger_entry where tenant_id = :town group by transaction_id having sum(amount) <> 0) x`,
  ],
  [
    'overpaid',
    `select count(*)::int as n from (select 1 from ledger_entry where tenant_id = :town and account = 'receivable' group by subject having sum(amount) < 0) x`,
  ],
  [
    'overspent',
    `select count(*)::int as n from (select 1 from ledger_entry where tenant_id = :town and account = 'payment' group by subject having sum(amount) > 0) x`,
  ],
  [
    'sources',
    `select count(*)::int as n from payment p where p.tenant_id = :town and exists (select from payment_move v where v.tenant_id = p.tenant_id and v.payment_id = p.id)
        and not exists (select from ledger_entry e where e.tenant_id = p.tenant_id and e.subject = p.id and e.account = 'payment')`,
  ],
  [
    'cash',
    `select count(*)::int as n from (select r.desk, r.series, r.year from cash_receipt r where r.tenant_id = :town group by 1, 2, 3 having max(r.number) <> count(*)) x`,
  ],
];

export async function monthChecks(trx: Transaction, tenantId: number): Promise<MonthDesk['checks']> {
  const found: { name: string; violations: number }[] = [];
  for (const [name, sql] of CHECKS) {
    const { rows } = await trx.raw<{ rows: { n: number }[] }>(sql, { town: tenantId });
    found.push({ name, violations: rows[0]?.n ?? 0 });
  }
  return found;
}

export function monthDesk(reader: Reader, tenantId: number, asked: string): Promise<MonthDesk> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const thisMonth = dayOf(reader.now().toISOString()).slice(0, 7);
    const { rows: months } = await trx.raw<{ rows: { month: string; closed_at: Date | null; transactions: number }[] }>(
      `select m.month, c.closed_at, m.transactions from (select to_char(booked_on, 'YYYY-MM') as month, count(*)::int as transactions from ledger_transaction
          where tenant_id = :town group by 1 union select :now, 0 where not exists (select from ledger_transaction where tenant_id = :town and booked_on >= :first::date)) m
        left join ledger_closing c on c.tenant_id = :town and c.month = m.month order by m.month desc limit 60`,
      { town: tenantId, now: thisMonth, first: firstDay(thisMonth) },
    );
    const month = asked === '' ? thisMonth : asked;
    const closing = await trx('ledger_closing').where({ tenant_id: tenantId, month }).first();
    const name = await actorNames(trx, tenantId, [closing?.closed_by ?? null]);
    const checks = await monthChecks(trx, tenantId);
    return {
      month,
      months: months.map((row) => ({ month: row.month, closedAt: row.closed_at?.toISOString() ?? null, transactions: row.transactions })),
      closed:
        closing === undefined
          ? null
          : { at: (closing.closed_at as Date).toISOString(), by: name(closing.closed_by), hash: closing.hash as string },
      notYet: await notYet(trx, tenantId, { month, thisMonth, months, isSound: checks.every(({ violations }) => violations === 0) }),
      accounts: await turnover(trx, tenantId, month),
      checks,
      exports: await exportDesk(trx, tenantId),
    };
  });
}

async function notYet(
  trx: Transaction,
  tenantId: number,
  given: {
    readonly month: string;
    readonly thisMonth: string;
    readonly months: readonly { readonly month: string; readonly closed_at: Date | null }[];
    readonly isSound: boolean;
  },
): Promise<MonthDesk['notYet']> {
  if (given.month >= given.thisMonth) return 'not-over';
  if (given.months.some(({ month, closed_at }) => month < given.month && closed_at === null)) return 'earlier-open';
  if (!given.isSound) return 'checks';
  return (await openShiftsUntil(trx, tenantId, given.month)) ? 'shift-open' : null;
}

export interface JournalQuery {
  readonly month: string;
  readonly kind: string;
  readonly account: string;
  readonly q: string;
  readonly page: number;
}
/** Newest first; `q` is looked for in the reason, or is a symbol of a prescription. */
export function ledgerJournal(reader: Reader, tenantId: number, asked: JournalQuery): Promise<LedgerJournal> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const which = ['t.tenant_id = :town'];
    if (asked.month !== '') which.push(`t.booked_on >= :first::date and t.booked_on < (:first::date + interval '1 month')`);
    if (asked.kind !== '') which.push('t.kind = :kind');
    if (asked.account !== '')
      which.push(
        'exists (select from ledger_entry e where e.tenant_id = t.tenant_id and e.transaction_id = t.id and starts_with(e.account, :account))',
      );
    if (/^\d{1,10}$/.test(asked.q))
      which.push(`t.id in (select e.transaction_id from prescription p join ledger_entry e on e.tenant_id = p.tenant_id and e.subject = p.id
        where p.tenant_id = :town and p.variable_symbol = :q)`);
    else if (asked.q !== '') which.push('position(lower(:q) in lower(t.reason)) > 0');
    const { rows } = await trx.raw<{ rows: RawTransaction[] }>(
      `select ${TRANSACTION} from ledger_transaction t where ${which.join(' and ')} order by t.booked_on desc, t.recorded_at desc, t.id desc limit ${PAGE + 1} offset :skip`,
      {
        town: tenantId,
        first: firstDay(asked.month === '' ? '2000-01' : asked.month),
        kind: asked.kind,
        account: asked.account,
        q: asked.q.replace(/^0+(?=\d)/, ''),
        skip: (asked.page - 1) * PAGE,
      },
    );
    return { lines: await ledgerLines(trx, tenantId, rows.slice(0, PAGE)), page: asked.page, more: rows.length > PAGE };
  });
}
