// Money that lies on no prescription, oldest first, each with what it may be for and why.
import type { Suggestion, UnmatchedDesk, UnmatchedItem } from '../contract/money.ts';
import { daysBetween, dayOf } from '../domain/calendar.ts';
import { suggest, symbolsMeant, type Candidate, type LearnedRule } from '../domain/money/matching.ts';
import type { Transaction } from '../store/database.ts';
import { fromRow } from '../store/row.ts';
import { fourEyesAbove } from './money-settings.ts';
import { learnedRules } from './payer-account.ts';
import { inTurn, type Reader } from './reader.ts';
import { openReturnRequests } from './return-requests.ts';

const AT_MOST = 200;
const SUGGESTED = 4;

interface RawItem {
  readonly id: string;
  readonly receivedOn: string;
  readonly amount: number;
  readonly free: number;
  readonly state: string;
  readonly source: string;
  readonly variableSymbol: string;
  readonly counterAccount: string;
  readonly payerName: string;
  readonly message: string;
  readonly reason: string | null;
  readonly payerId: string | null;
  readonly waits: boolean;
}

/** Free money by its balance; what is on its way back is nobody's question any more. */
const ITEMS = `
  select x.*, count(*) over () as total from (
    select m.id, m.received_on, m.amount, b.free, m.source, m.variable_symbol, m.counter_account, m.payer_name, m.message, m.payer_id,
           coalesce((select v.to_state from payment_move v where v.tenant_id = m.tenant_id and v.payment_id = m.id order by v.seq desc limit 1), 'received') as state,
           (select v.reason from payment_move v where v.tenant_id = m.tenant_id and v.payment_id = m.id order by v.seq desc limit 1) as reason,
           exists (select from money_approval a where a.tenant_id = m.tenant_id and a.subject = m.id and a.verdict is null) as waits
      from (select e.subject, (-sum(e.amount))::bigint as free from ledger_entry e where e.tenant_id = :town and e.account = 'payment' group by e.subject having sum(e.amount) < 0) b
      join payment m on m.tenant_id = :town and m.id = b.subject) x
   order by x.received_on, x.id limit ${AT_MOST}`;

export function unmatchedDesk(reader: Reader, tenantId: number): Promise<UnmatchedDesk> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const today = dayOf(reader.now().toISOString());
    const { rows } = await trx.raw<{ rows: (object & { readonly total: number })[] }>(ITEMS, { town: tenantId });
    const payments = await inTurn(rows, async (row) => itemOf(trx, tenantId, fromRow<RawItem>(row), today));
    return {
      payments,
      total: rows[0]?.total ?? 0,
      rules: await learnedRules(trx, tenantId, {}),
      requests: await openReturnRequests(trx, tenantId, { today }),
      fourEyesAbove: await fourEyesAbove(reader, tenantId),
    };
  });
}

/** How many pieces of money wait for somebody. */
export async function unmatchedCount(trx: Transaction, tenantId: number): Promise<number> {
  const { rows } = await trx.raw<{ rows: { n: number }[] }>(
    `select count(*)::int as n from (select 1 from ledger_entry where tenant_id = ? and account = 'payment' group by subject having sum(amount) < 0) x`,
    [tenantId],
  );
  return rows[0]?.n ?? 0;
}

async function itemOf(trx: Transaction, tenantId: number, raw: RawItem, today: string): Promise<UnmatchedItem> {
  const { payerId, waits, reason, ...item } = raw;
  return {
    ...item,
    reason: reason ?? (item.state === 'part-allocated' ? 'overpaid' : 'no-symbol'),
    ageDays: daysBetween(item.receivedOn, today),
    waitsForApproval: waits,
    suggestions: await suggestionsFor(trx, tenantId, raw, payerId),
  };
}

type Debt = Candidate & { readonly title: string };
const DEBTS = `
  select p.id as "prescriptionId", p.title, p.kind, p.debtor_id as "payerId", y.name as "payerName", p.variable_symbol as "variableSymbol", p.due_date as "dueDate", b.open
    from prescription p join payer y on y.tenant_id = p.tenant_id and y.id = p.debtor_id
    cross join lateral (select coalesce(sum(e.amount), 0)::bigint as open from ledger_entry e
                         where e.tenant_id = p.tenant_id and e.subject = p.id and e.account = 'receivable') b
   where p.tenant_id = :town and p.cancelled_at is null and b.open > 0 and (p.variable_symbol = any(:symbols) or p.debtor_id = any(:payers))
   order by p.due_date limit 60`;

/** Candidates: by the symbols that were meant, of payers of this account (known, learned, who paid from it before), of the payer himself. */
async function suggestionsFor(trx: Transaction, tenantId: number, item: RawItem, payerId: string | null): Promise<readonly Suggestion[]> {
  const meant = symbolsMeant(item);
  const rules = await rulesOf(trx, tenantId, item.counterAccount);
  const ofAccount = await payersOfAccount(trx, tenantId, item.counterAccount);
  const named = await payersNamed(trx, tenantId, item.payerName);
  const payers = [...new Set([...rules.map((rule) => rule.payerId), ...ofAccount, ...named, ...(payerId === null ? [] : [payerId])])];
  const symbols = [meant.exact, ...meant.inMessage, ...meant.slips].filter((symbol) => symbol !== '');
  if (payers.length === 0 && symbols.length === 0) return [];
  const { rows } = await trx.raw<{ rows: Debt[] }>(DEBTS, { town: tenantId, symbols, payers } as never);
  const byId = new Map(rows.map((row) => [row.prescriptionId, row]));
  const known = { rules, payersOfAccount: payerId === null ? ofAccount : [...ofAccount, payerId] };
  return suggest({ ...item, amount: item.free }, rows, known)
    .slice(0, SUGGESTED)
    .flatMap(({ prescriptionId, reasons }) => {
      const debt = byId.get(prescriptionId);
      if (debt === undefined) return [];
      const { title, payerName, variableSymbol, dueDate, open } = debt;
      return [
        {
          prescriptionId,
          title,
          payerId: debt.payerId ?? '',
          payerName,
          variableSymbol,
          dueDate,
          open,
          amount: Math.min(open, item.free),
          reasons,
        },
      ];
    });
}

async function rulesOf(trx: Transaction, tenantId: number, account: string): Promise<readonly LearnedRule[]> {
  if (account === '') return [];
  const rows = await trx('money_rule')
    .where({ tenant_id: tenantId, counter_account: account })
    .whereNull('revoked_at')
    .select('id', 'payer_id', 'kind');
  return rows.map((row: object) => fromRow<LearnedRule>(row));
}

/** Whose account it is, and whose debts it has paid. */
async function payersOfAccount(trx: Transaction, tenantId: number, account: string): Promise<readonly string[]> {
  if (account === '') return [];
  const { rows } = await trx.raw<{ rows: { id: string }[] }>(
    `select id from payer where tenant_id = :town and account = :account
     union select m.payer_id from payment m where m.tenant_id = :town and m.counter_account = :account and m.payer_id is not null limit 20`,
    { town: tenantId, account },
  );
  return rows.map(({ id }) => id);
}

/** Payers who have all words of the name that the bank gave; none when they are many. */
async function payersNamed(trx: Transaction, tenantId: number, name: string): Promise<readonly string[]> {
  const words = name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 1)
    .slice(0, 4);
  if (words.length < 2) return [];
  const { rows } = await trx.raw<{ rows: { id: string }[] }>(
    `select payer_id as id from payer_word where tenant_id = ? and word = any(?) group by payer_id having count(distinct word) = ? limit 6`,
    [tenantId, words, words.length],
  );
  return rows.length > 5 ? [] : rows.map(({ id }) => id);
}
