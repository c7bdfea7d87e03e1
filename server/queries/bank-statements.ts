// Files of bank statements as they came, what was read from them, and whether the books stand where the bank says.
import type { BankAccountState, StatementDesk, StatementFileRow, StatementItemRow, StatementSummary } from '../contract/statements.ts';
import type { Transaction } from '../store/database.ts';
import { fromRow } from '../store/row.ts';
import type { Reader } from './reader.ts';

const AT_MOST = 100;

export function statementDesk(reader: Reader, tenantId: number): Promise<StatementDesk> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const files = await many<Omit<StatementFileRow, 'statements'>>(trx, FILES, { town: tenantId });
    const statements = await many<StatementSummary & { readonly inboxId: string }>(trx, STATEMENTS, {
      town: tenantId,
      files: files.map(({ id }) => id),
    });
    const of = (file: string): readonly StatementSummary[] =>
      statements.filter(({ inboxId }) => inboxId === file).map(({ inboxId: _file, ...one }) => one);
    const accounts = await many<BankAccountState>(trx, ACCOUNTS, { town: tenantId });
    return { files: files.map((file) => ({ ...file, statements: of(file.id) })), accounts };
  });
}

const FILES = `
  select i.id, coalesce(i.payload ->> 'file', '') as file, i.received_at, i.result, case when i.result = 'imported' then '' else coalesce(i.reason, '') end as reason
    from inbox i where i.tenant_id = :town and i.kind = 'bank-statement' order by i.received_at desc, i.id limit ${AT_MOST}`;
const STATEMENTS = `
  select s.id, s.inbox_id, s.account, s.number, s.from_day as "from", s.to_day as "to", s.currency, s.opening, s.closing, s.problems,
         count(m.item_id)::int as items, count(*) filter (where b.outcome = 'held')::int as held
    from bank_statement s
    left join bank_statement_item m on m.tenant_id = s.tenant_id and m.statement_id = s.id
    left join bank_item b on b.tenant_id = m.tenant_id and b.id = m.item_id
   where s.tenant_id = :town and s.inbox_id = any(:files) group by s.tenant_id, s.id order by s.place`;
const ACCOUNTS = `
  select s.account, s.closing, s.to_day as "on",
         coalesce((select sum(e.amount) from ledger_entry e where e.tenant_id = :town and e.account = 'bank:' || s.account), 0)::bigint as booked
    from (select distinct on (account) account, closing, to_day from bank_statement where tenant_id = :town and currency = 'CZK'
           order by account, to_day desc, number desc nulls last, imported_at desc, place desc) s
   order by s.account`;

/** Items of a statement in its order; undefined when there is no such statement. */
export function statementItems(reader: Reader, tenantId: number, id: string): Promise<readonly StatementItemRow[] | undefined> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const [found] = await many<{ id: string }>(trx, 'select id from bank_statement where tenant_id = :town and id = :id', {
      town: tenantId,
      id,
    });
    return found && many<StatementItemRow>(trx, ITEMS, { town: tenantId, id });
  });
}
const ITEMS = `
  select b.id, b.day, b.amount, b.currency, b.vs, b.ks, b.ss, b.counter_account, b.name, b.message, b.is_reversal, b.outcome, b.subject
    from bank_statement_item m join bank_item b on b.tenant_id = m.tenant_id and b.id = m.item_id
   where m.tenant_id = :town and m.statement_id = :id order by m.place`;

async function many<Row>(trx: Transaction, sql: string, given: Readonly<Record<string, unknown>>): Promise<readonly Row[]> {
  const { rows } = await trx.raw<{ rows: object[] }>(sql, given as never);
  return rows.map((row) => fromRow<Row>(row));
}
