// What there is to tell citizens about their money and has not been told yet: what happened in the books, and due days that come or have passed.
// Whoever may see an account is told of it, as he set it; nobody else.
import { isBrokenSql } from './contacts.ts';
import type { Transaction } from './database.ts';
import type { MoneyEvent } from './money-notices.ts';

export interface NewsRow {
  readonly personId: string;
  /** Confirmed and working. */
  readonly email: string | null;
  readonly phone: string | null;
  readonly dataBox: string | null;
  readonly lang: string;
  readonly byEmail: boolean;
  readonly bySms: boolean;
  readonly byDataBox: boolean;
  readonly payerId: string;
  readonly holder: string;
  readonly event: MoneyEvent;
  readonly subject: string;
  /** Legal day. */
  readonly day: string;
  readonly title: string;
  readonly amount: number;
  readonly prescriptionId: string | null;
  /** A case tells of it by an e-mail of its own. */
  readonly ofCase: boolean;
  readonly cleared: readonly { readonly title: string; readonly amount: number }[];
  readonly rest: number;
  /** Why the rest belongs to nothing. */
  readonly reason?: string;
}

/** Persons and the accounts they see; `only` = kinds of fee, null = all (server/store/payer-access.ts). */
const VIEWERS = `select coalesce(h.merged_into, h.id) as person_id, h.id as payer_id, null::text[] as only from person h where h.tenant_id = :t
  union all select a.person_id, a.payer_id, null from payer_access a
    where a.tenant_id = :t and a.payer_id <> a.person_id and a.valid_from <= :today and (a.valid_to is null or a.valid_to >= :today)
  union all select coalesce(m.merged_into, p.household_id), p.id, '{odpad,pobyt}' from payer p left join person m on m.tenant_id = :t and m.id = p.household_id where p.tenant_id = :t and p.household_id is not null and p.household_id <> p.id`;
const confirmed = (channel: 'email' | 'sms'): string =>
  `(select k.address from contact k where k.tenant_id = h.tenant_id and k.person_id = h.id and k.channel = '${channel}' and not ${isBrokenSql('k', 'k.address')})`;
const PERSON = `h.id as "personId", ${confirmed('email')} as email, ${confirmed('sms')} as phone, h.data_box as "dataBox", h.lang,
  coalesce(s.by_email, true) as "byEmail", coalesce(s.by_sms, false) as "bySms", coalesce(s.by_data_box, false) as "byDataBox", y.id as "payerId", y.name as holder`;
const joined = (event: MoneyEvent): string => `join person h on h.tenant_id = :t and h.id = v.person_id
  left join reminder_setting s on s.tenant_id = :t and s.person_id = h.id and s.event = '${event}'`;
const untold = (event: MoneyEvent, subject: string, day: string): string =>
  `not exists (select from money_notice n where n.tenant_id = :t and n.person_id = h.id and n.event = '${event}' and n.subject = ${subject} and n.day = ${day})`;
const DEBT = `'[]'::jsonb as cleared, 0 as rest, d.id as "prescriptionId", d.case_id is not null as "ofCase"`;

/** Prescribed since a moment; what came from an old system is no news. */
export function prescribedSince(
  trx: Transaction,
  tenantId: number,
  since: string,
  today: string,
  limit: number,
): Promise<readonly NewsRow[]> {
  return read(
    trx,
    `select ${PERSON}, 'prescribed' as event, d.id as subject, t.booked_on as day, d.title, d.amount, ${DEBT}
       from ledger_transaction t join prescription d on d.tenant_id = :t and d.id = t.id join payer y on y.tenant_id = :t and y.id = d.debtor_id
       join (${VIEWERS}) v on v.payer_id = y.id and (v.only is null or d.kind = any(v.only)) ${joined('prescribed')}
      where t.tenant_id = :t and t.recorded_at >= :since and d.cancelled_at is null
        and (t.kind = 'prescribe' or exists (select from foreign_record f where f.tenant_id = :t and f.subject = d.id and f.kind = 'fine')) and ${untold('prescribed', 'd.id', 't.booked_on')}
      order by t.recorded_at, d.id limit :limit`,
    { t: tenantId, since, today, limit },
  );
}

/** Payments cleared since a moment, each with everything it has paid until now; told again on another day when more of it was used. */
export function clearedSince(trx: Transaction, tenantId: number, since: string, today: string, limit: number): Promise<readonly NewsRow[]> {
  return read(
    trx,
    `select ${PERSON}, 'cleared' as event, p.id as subject, c.day, '' as title, p.amount, null as "prescriptionId", false as "ofCase", b.free as rest, b.reason,
            coalesce((select jsonb_agg(jsonb_build_object('title', case when d.debtor_id = y.id then d.title else '' end, 'amount', a.amount) order by a.booked_on, d.id)
                        from live_allocation a join prescription d on d.tenant_id = :t and d.id = a.prescription_id
                       where a.tenant_id = :t and a.payment_id = p.id), '[]') as cleared
       from (select e.subject as payment_id, max(t.booked_on) as day from ledger_transaction t
               join ledger_entry e on e.tenant_id = :t and e.transaction_id = t.id and e.account = 'payment'
              where t.tenant_id = :t and t.kind in ('receive', 'allocate') and t.recorded_at >= :since group by e.subject) c
       join payment p on p.tenant_id = :t and p.id = c.payment_id and p.source <> 'import'
       join payment_balance b on b.tenant_id = :t and b.id = p.id and b.state <> 'reversed'
       join payer y on y.tenant_id = :t and y.id = p.payer_id
       join (${VIEWERS}) v on v.payer_id = y.id and v.only is null ${joined('cleared')}
      where ${untold('cleared', 'p.id', 'c.day')} order by p.recorded_at, p.id limit :limit`,
    { t: tenantId, since, today, limit },
  );
}

export function returnedSince(
  trx: Transaction,
  tenantId: number,
  since: string,
  today: string,
  limit: number,
): Promise<readonly NewsRow[]> {
  return read(
    trx,
    `select ${PERSON}, 'returned' as event, r.id as subject, t.booked_on as day, '' as title, r.amount, '[]'::jsonb as cleared, 0 as rest,
            null as "prescriptionId", false as "ofCase"
       from ledger_transaction t join ledger_entry e on e.tenant_id = :t and e.transaction_id = t.id and e.account = 'refund' and e.amount > 0
       join refund r on r.tenant_id = :t and r.id = e.subject join payment p on p.tenant_id = :t and p.id = r.payment_id
       join payer y on y.tenant_id = :t and y.id = p.payer_id
       join (${VIEWERS}) v on v.payer_id = y.id and v.only is null ${joined('returned')}
      where t.tenant_id = :t and t.kind = 'returned' and t.recorded_at >= :since and ${untold('returned', 'r.id', 't.booked_on')}
      order by t.recorded_at, r.id limit :limit`,
    { t: tenantId, since, today, limit },
  );
}

/** Debts that fall due within the days that each citizen chose (a week when he chose nothing). */
export function dueSoon(trx: Transaction, tenantId: number, today: string, limit: number): Promise<readonly NewsRow[]> {
  return dueBetween(trx, tenantId, 'due-soon', { today, from: `:today::date`, to: `:today::date + coalesce(s.days_before, 7)`, limit });
}

/** Debts that have just become late. Older than a month they are the office's own reminders (upomínka), not news. */
export function overdue(trx: Transaction, tenantId: number, today: string, limit: number): Promise<readonly NewsRow[]> {
  return dueBetween(trx, tenantId, 'overdue', { today, from: `:today::date - 30`, to: `:today::date - 1`, limit });
}

function dueBetween(
  trx: Transaction,
  tenantId: number,
  event: 'due-soon' | 'overdue',
  { today, from, to, limit }: { readonly today: string; readonly from: string; readonly to: string; readonly limit: number },
): Promise<readonly NewsRow[]> {
  return read(
    trx,
    `select ${PERSON}, '${event}' as event, d.id as subject, d.due_date as day, d.title, b.open as amount, ${DEBT}
       from (${VIEWERS}) v join payer y on y.tenant_id = :t and y.id = v.payer_id
       join prescription d on d.tenant_id = :t and d.debtor_id = y.id and d.cancelled_at is null and (v.only is null or d.kind = any(v.only))
        and d.due_date between :today::date - 30 and :today::date + 60
       join prescription_balance b on b.tenant_id = :t and b.id = d.id and b.open > 0 ${joined(event)}
      where d.due_date between ${from} and ${to} and ${untold(event, 'd.id', 'd.due_date')} order by d.due_date, d.id limit :limit`,
    { t: tenantId, today, limit },
  );
}

async function read(trx: Transaction, sql: string, values: Readonly<Record<string, string | number>>): Promise<readonly NewsRow[]> {
  return (await trx.raw<{ rows: NewsRow[] }>(sql, values)).rows;
}
