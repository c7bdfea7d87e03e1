// The account on the screen: what is owed, what was paid, what is left over, and the few figures for the home page.
import type { AccountPage, AccountSummary, AccountTotals, DebtCard, PaidCard } from '../../contract/account.ts';
import { dayOf } from '../../domain/calendar.ts';
import type { Transaction } from '../../store/database.ts';
import { inTurn, type Reader } from '../reader.ts';
import { debtCard, debtsOf, owedBy, shelvesOf } from './debts.ts';
import { chosen, holderCard, holdersOf, type Holder } from './holders.ts';
import { viewerId, type AccountViewer } from '../../store/payer-access.ts';
import { overpaidBy, paymentsOf } from './payments.ts';

/** Rows of each list on one page; a year has never more for a citizen. */
export const PAGE = 200;

export interface AccountQuestion {
  readonly personId: AccountViewer;
  readonly holder?: string | undefined;
  readonly year: number | null;
  readonly kind: string | null;
}

export function accountPage(reader: Reader, tenantId: number, asked: AccountQuestion): Promise<AccountPage> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const today = todayOf(reader);
    const holders = await holdersOf(trx, tenantId, asked.personId, today);
    const holder = chosen(holders, asked.holder);
    const filter = { year: asked.year, kind: asked.kind, limit: PAGE + 1 };
    const owed = (await owedBy(trx, tenantId, holder)).map((row) => debtCard(row, today));
    const overpaid = await overpaidBy(trx, tenantId, holder);
    const debts = (await debtsOf(trx, tenantId, holder, filter)).map((row) => debtCard(row, today));
    const payments = await paymentsOf(trx, tenantId, holder, filter);
    return {
      holder: holderCard(holder),
      holders: holders.map(holderCard),
      partial: holder.only !== null,
      asOf: reader.now().toISOString(),
      totals: { ...totalsOf(owed, overpaid), paidThisYear: await paidInYear(trx, tenantId, holder, today.slice(0, 4)) },
      nextDue: nextDue(owed),
      ...(await shelvesOf(trx, tenantId, holder)),
      owed,
      debts: debts.slice(0, PAGE),
      payments: payments.slice(0, PAGE),
      hasMore: debts.length > PAGE || payments.length > PAGE,
      overpaid,
    };
  });
}

/** Over everybody whose account the citizen sees. */
export function accountSummary(reader: Reader, tenantId: number, personId: AccountViewer): Promise<AccountSummary> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const today = todayOf(reader);
    const holders = await holdersOf(trx, tenantId, personId, today);
    const owed = (await inTurn(holders, (holder) => owedBy(trx, tenantId, holder))).flat().map((row) => debtCard(row, today));
    const over = (await inTurn(holders, (holder) => overpaidBy(trx, tenantId, holder))).flat();
    const [unread] = await trx('money_notice')
      .where({ tenant_id: tenantId, person_id: viewerId(personId) })
      .whereNull('read_at')
      .count<{ count: number }[]>('*');
    const { owed: sum, overdue, overpaid } = totalsOf(owed, over);
    return { owed: sum, overdue, overpaid, nextDue: nextDue(owed), unread: Number(unread?.count ?? 0) };
  });
}

export const todayOf = (reader: Reader): string => dayOf(reader.now().toISOString());
const add = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);

function totalsOf(owed: readonly DebtCard[], overpaid: readonly PaidCard[]): Omit<AccountTotals, 'paidThisYear'> {
  return {
    owed: add(owed.map(({ open }) => open)),
    overdue: add(owed.filter(({ state }) => state === 'overdue').map(({ open }) => open)),
    overpaid: add(overpaid.map(({ rest }) => rest)),
    returning: add(overpaid.map(({ returning }) => returning)),
  };
}

/** The first day on which something falls due, and all that falls due on it. What is late already is not "next". */
function nextDue(owed: readonly DebtCard[]): AccountPage['nextDue'] {
  const open = owed.filter(({ state }) => state === 'open');
  const date = open.map(({ dueDate }) => dueDate).sort()[0];
  return date === undefined ? null : { date, amount: add(open.filter(({ dueDate }) => dueDate === date).map((one) => one.open)) };
}

async function paidInYear(trx: Transaction, tenantId: number, holder: Holder, year: string): Promise<number> {
  const { rows } = await trx.raw<{ rows: { readonly paid: number }[] }>(
    `select coalesce(sum(a.amount), 0)::bigint as paid from prescription d
       join live_allocation a on a.tenant_id = d.tenant_id and a.prescription_id = d.id
       join payment p on p.tenant_id = a.tenant_id and p.id = a.payment_id
      where d.tenant_id = :t and d.debtor_id = :holder and (:only::text[] is null or d.kind = any(:only)) and extract(year from p.received_on) = :year::int`,
    { t: tenantId, holder: holder.id, only: holder.only === null ? null : [...holder.only], year },
  );
  return rows[0]?.paid ?? 0;
}
