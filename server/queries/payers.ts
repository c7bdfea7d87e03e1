// Finding payers among a hundred thousand: by the beginnings of words, birth date, IČO, account or symbol; and the debts that may be paid.
import type { DebtRow, PayerRow } from '../contract/money.ts';
import { dayOf } from '../domain/calendar.ts';
import type { Transaction } from '../store/database.ts';
import { fromRow } from '../store/row.ts';
import type { Reader } from './reader.ts';

const AT_MOST = 50;
/** Above every character of UTF-8, so that a range of words is everything that begins so. */
const LAST = '\u{10FFFF}';

/** Words as the table of words keeps them: lower case, no diacritics; a date as YYYYMMDD, an account whole. */
export function searchWords(q: string): readonly string[] {
  const dated = q
    .replaceAll(
      /(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})/g,
      (_all, day: string, month: string, year: string) => `${year}${month.padStart(2, '0')}${day.padStart(2, '0')}`,
    )
    .replaceAll(/(\d{4})-(\d\d)-(\d\d)/g, '$1$2$3');
  return dated
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ł', 'l')
    .split(/\s+/)
    .flatMap((word) => (/^[\d-]+\/\d{4}$/.test(word) ? [word] : word.split(/[,.;:/()"–-]+/)))
    .filter((word) => word !== '')
    .slice(0, 6);
}

/** Ids of at most `limit` payers. No index is used for comparisons that may leak, so words are compared, not matched. */
const FOUND = (words: number): string => `
  select w.payer_id as id from payer_word w
   where w.tenant_id = :town and w.word >= :w0 and w.word < :w0 || :last
     ${Array.from({ length: words - 1 }, (_none, at) => `and exists (select from payer_word o where o.tenant_id = w.tenant_id and o.payer_id = w.payer_id and o.word >= :w${at + 1} and o.word < :w${at + 1} || :last)`).join(' ')}
  union select p.debtor_id from prescription p where p.tenant_id = :town and p.variable_symbol = :symbol and p.debtor_id is not null
  limit :most`;

/** Ids of payers whom the words mean, at most `most`. */
export async function payerIds(trx: Transaction, tenantId: number, q: string, most: number): Promise<readonly string[]> {
  const words = searchWords(q);
  if (words.length === 0) return [];
  const symbol = /^\s*0*(\d{1,10})\s*$/.exec(q)?.[1] ?? '-';
  const named = Object.fromEntries(words.map((word, at) => [`w${at}`, word]));
  const { rows } = await trx.raw<{ rows: { id: string }[] }>(FOUND(words.length), { ...named, town: tenantId, last: LAST, symbol, most });
  return rows.map(({ id }) => id);
}

export function findPayers(
  reader: Reader,
  tenantId: number,
  q: string,
): Promise<{ readonly payers: readonly PayerRow[]; readonly more: boolean }> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const ids = await payerIds(trx, tenantId, q, AT_MOST + 1);
    const payers = await payerRows(trx, tenantId, ids.slice(0, AT_MOST), dayOf(reader.now().toISOString()));
    return { payers, more: ids.length > AT_MOST };
  });
}

const BALANCES = `
  select y.id, y.kind, y.name, y.birth_date, y.ico, y.address, coalesce(d.open, 0)::bigint as open, coalesce(d.overdue, 0)::bigint as overdue, coalesce(f.free, 0)::bigint as free
    from payer y
    left join lateral (
      select sum(e.amount) as open, sum(e.amount) filter (where p.due_date < :today) as overdue from prescription p
        join ledger_entry e on e.tenant_id = p.tenant_id and e.subject = p.id and e.account = 'receivable'
       where p.tenant_id = y.tenant_id and p.debtor_id = y.id) d on true
    left join lateral (
      select -sum(e.amount) as free from payment m
        join ledger_entry e on e.tenant_id = m.tenant_id and e.subject = m.id and e.account = 'payment'
       where m.tenant_id = y.tenant_id and m.payer_id = y.id) f on true
   where y.tenant_id = :town and y.id = any(:ids) order by y.name, y.birth_date, y.id`;

/** Payers with what they owe and what of theirs lies free, by name. */
export async function payerRows(trx: Transaction, tenantId: number, ids: readonly string[], today: string): Promise<readonly PayerRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await trx.raw<{ rows: object[] }>(BALANCES, { town: tenantId, ids, today });
  return rows.map((row) => fromRow<PayerRow>(row));
}

const DEBTS = `
  select p.id as prescription_id, p.title, p.kind, y.id as payer_id, y.name as payer_name, y.address, p.variable_symbol, p.due_date,
         (:today::date - p.due_date)::int as days_overdue, b.open
    from prescription p join payer y on y.tenant_id = p.tenant_id and y.id = p.debtor_id
    cross join lateral (select coalesce(sum(e.amount), 0)::bigint as open from ledger_entry e
                         where e.tenant_id = p.tenant_id and e.subject = p.id and e.account = 'receivable') b
   where p.tenant_id = :town and p.cancelled_at is null and b.open > 0 and`;

/** What may be paid: by symbol first, else of the payers whom the words mean. At most 100, the oldest due first. */
export function findDebts(reader: Reader, tenantId: number, q: string): Promise<readonly DebtRow[]> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const today = dayOf(reader.now().toISOString());
    const symbol = /^\s*0*(\d{1,10})\s*$/.exec(q)?.[1];
    const bySymbol = symbol === undefined ? [] : await debts(trx, 'p.variable_symbol = :symbol', { town: tenantId, today, symbol });
    if (bySymbol.length > 0) return bySymbol;
    const ids = await payerIds(trx, tenantId, q, AT_MOST);
    return ids.length === 0 ? [] : debts(trx, 'p.debtor_id = any(:ids)', { town: tenantId, today, ids });
  });
}

async function debts(
  trx: Transaction,
  which: string,
  given: Readonly<Record<string, string | number | readonly string[]>>,
): Promise<readonly DebtRow[]> {
  const { rows } = await trx.raw<{ rows: object[] }>(`${DEBTS} ${which} order by p.due_date, y.name, p.id limit 100`, given as never);
  return rows.map((row) => fromRow<DebtRow>(row));
}
