// Payments of a payer: what came, what it paid, what is left of it. Money of somebody else is shown only as far as it paid this payer's prescriptions.
import type { Clearing, PaidCard, PaymentState, PaymentWay, ReturnRequestCard } from '../../contract/account.ts';
import type { Transaction } from '../../store/database.ts';
import { listed, type Filter } from './debts.ts';
import type { Holder } from './holders.ts';

interface PaymentRow {
  readonly id: string;
  readonly payer: string | null;
  readonly amount: number;
  readonly source: string;
  readonly state: PaymentState | null;
  readonly paidOn: string | null;
  readonly receivedOn: string;
  readonly variableSymbol: string;
  readonly message: string;
  readonly free: number;
  readonly returning: number;
  readonly returned: number;
  readonly system: string | null;
  readonly externalId: string | null;
}
interface ClearingRow extends Omit<Clearing, 'foreign'> {
  readonly paymentId: string;
  readonly debtor: string;
  readonly kind: string;
}
interface RequestRow extends Omit<ReturnRequestCard, 'state' | 'askedAt'> {
  readonly paymentId: string;
  readonly verdict: Exclude<ReturnRequestCard['state'], 'open'> | null;
  readonly askedAt: Date;
}

const COLUMNS = `p.id, p.payer_id as payer, p.amount, p.source, b.state, p.paid_on as "paidOn", p.received_on as "receivedOn", p.variable_symbol as "variableSymbol",
  p.message, b.free, b.returning, b.returned, f.system, f.external_id as "externalId"`;
const FROM = `from payment p
  join payment_balance b on b.tenant_id = p.tenant_id and b.id = p.id
  left join foreign_record f on f.tenant_id = p.tenant_id and f.subject = p.id`;
/** Own ones and those that paid what the holder owes. */
const MINE = `(select p.id from payment p where p.tenant_id = :t and p.payer_id = :holder and :only::text[] is null
  union select a.payment_id from prescription d join live_allocation a on a.tenant_id = d.tenant_id and a.prescription_id = d.id
         where d.tenant_id = :t and d.debtor_id = :holder and (:only::text[] is null or d.kind = any(:only)))`;

/** Newest first. A kind narrows to payments that paid something of it. */
export function paymentsOf(trx: Transaction, tenantId: number, holder: Holder, filter: Filter): Promise<readonly PaidCard[]> {
  return cards(
    trx,
    tenantId,
    holder,
    `and (:year::int is null or extract(year from p.received_on) = :year)
     and (:kind::text is null or exists (select from live_allocation a join prescription d on d.tenant_id = a.tenant_id and d.id = a.prescription_id
           where a.tenant_id = p.tenant_id and a.payment_id = p.id and d.kind = :kind))
     order by p.received_on desc, p.id limit :limit`,
    { ...filter },
  );
}

/** Own payments with free money or money ordered back. */
export async function overpaidBy(trx: Transaction, tenantId: number, holder: Holder): Promise<readonly PaidCard[]> {
  if (holder.only !== null) return [];
  return cards(trx, tenantId, holder, `and p.payer_id = :holder and (b.free > 0 or b.returning > 0) order by p.received_on, p.id`, {});
}

export function paymentsOfDebt(trx: Transaction, tenantId: number, holder: Holder, prescriptionId: string): Promise<readonly PaidCard[]> {
  const paid = `and exists (select from live_allocation a where a.tenant_id = p.tenant_id and a.payment_id = p.id and a.prescription_id = :debt)`;
  return cards(trx, tenantId, holder, `${paid} order by p.received_on, p.id`, { debt: prescriptionId });
}

async function cards(
  trx: Transaction,
  tenantId: number,
  holder: Holder,
  narrowing: string,
  values: Readonly<Record<string, string | number | null>>,
): Promise<readonly PaidCard[]> {
  const given = { t: tenantId, holder: holder.id, only: listed(holder), ...values };
  const { rows } = await trx.raw<{ rows: PaymentRow[] }>(
    `select ${COLUMNS} ${FROM} where p.tenant_id = :t and p.id in ${MINE} ${narrowing}`,
    given,
  );
  const ids = rows.map(({ id }) => id);
  const clearings = await clearingsOf(trx, tenantId, ids);
  const requests = await requestsOf(trx, tenantId, ids);
  return rows.map((row) => {
    const cleared = clearings.filter(({ paymentId }) => paymentId === row.id).map((one) => seen(one, holder));
    const request = requests.find(({ paymentId }) => paymentId === row.id);
    return row.payer === holder.id && holder.only === null ? own(row, cleared, request) : ofOthers(row, cleared);
  });
}

async function clearingsOf(trx: Transaction, tenantId: number, ids: readonly string[]): Promise<readonly ClearingRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await trx.raw<{ rows: ClearingRow[] }>(
    `select a.payment_id as "paymentId", a.prescription_id as "prescriptionId", d.title, d.debtor_id as debtor, d.kind, sum(a.amount)::bigint as amount, max(a.booked_on) as "on"
       from live_allocation a join prescription d on d.tenant_id = a.tenant_id and d.id = a.prescription_id
      where a.tenant_id = ? and a.payment_id = any(?::uuid[]) group by 1, 2, 3, 4, 5 order by 7, 2`,
    [tenantId, [...ids]],
  );
  return rows;
}

async function requestsOf(trx: Transaction, tenantId: number, ids: readonly string[]): Promise<readonly RequestRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await trx.raw<{ rows: RequestRow[] }>(
    `select distinct on (payment_id) payment_id as "paymentId", id, amount, to_account as account, asked_at as "askedAt", due_on as "dueOn", verdict, verdict_reason as reason
       from return_request where tenant_id = ? and payment_id = any(?::uuid[]) order by payment_id, asked_at desc, id desc`,
    [tenantId, [...ids]],
  );
  return rows;
}

function seen({ paymentId: _paymentId, debtor, kind, ...one }: ClearingRow, holder: Holder): Clearing {
  const foreign = debtor !== holder.id || (holder.only !== null && !holder.only.includes(kind));
  return foreign ? { ...one, prescriptionId: '', title: '', foreign } : { ...one, foreign };
}

function own(row: PaymentRow, cleared: readonly Clearing[], request: RequestRow | undefined): PaidCard {
  const { payer: _payer, source, free, system, externalId, state, ...facts } = row;
  return {
    ...facts,
    state: state ?? 'received',
    way: wayOf(source),
    others: false,
    cleared,
    rest: free,
    source: system === null ? null : { system, externalId: externalId ?? '' },
    request: request === undefined ? null : requestCard(request),
  };
}

/** Of somebody else's money only the part that came here, and when. */
function ofOthers(row: PaymentRow, clearings: readonly Clearing[]): PaidCard {
  const cleared = clearings.filter(({ foreign }) => !foreign);
  return {
    id: row.id,
    amount: cleared.reduce((sum, { amount }) => sum + amount, 0),
    way: wayOf(row.source),
    state: 'allocated',
    others: true,
    paidOn: null,
    receivedOn: row.receivedOn,
    variableSymbol: '',
    message: '',
    cleared,
    rest: 0,
    returning: 0,
    returned: 0,
    source: null,
    request: null,
  };
}

function requestCard({ paymentId: _paymentId, verdict, askedAt, ...request }: RequestRow): ReturnRequestCard {
  return { ...request, askedAt: askedAt.toISOString(), state: verdict ?? 'open' };
}

function wayOf(source: string): PaymentWay {
  if (source === 'gopay' || source === 'comgate') return 'card';
  return source === 'cash' || source === 'terminal' || source === 'import' ? source : 'transfer';
}
