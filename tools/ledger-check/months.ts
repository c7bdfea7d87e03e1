// Closed months: their transactions still hash to what was closed, each closing stands on the one before, and nothing came to them later.
import type { Invariant } from './invariant.ts';

/** Each closing with the month before it: it closes all that is booked after that one. */
const CLOSINGS = `select c.*, lag(month) over w as after, lag(hash) over w as hash_before, lag(closed_at) over w as closed_before from ledger_closing c
  window w as (partition by tenant_id order by month)`;

/** Transactions as closing writes them down, one line each; see server/store/closings.ts. */
const WRITTEN = `select t.tenant_id, t.id, to_char(t.booked_on, 'YYYY-MM') as month, concat_ws('|', t.id, t.kind, t.key, to_char(t.booked_on, 'YYYY-MM-DD'),
    to_char(t.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), t.actor, coalesce(t.approved_by, ''), t.reason, coalesce(t.reverses::text, ''),
    (select string_agg(concat_ws(':', e.line, e.account, coalesce(e.subject::text, ''), e.amount), ',' order by e.line)
      from ledger_entry e where e.tenant_id = t.tenant_id and e.transaction_id = t.id)) as line
  from ledger_transaction t`;
const sha256 = (text: string): string => `encode(sha256(convert_to(${text}, 'UTF8')), 'hex')`;

export const ofMonths: readonly Invariant[] = [
  {
    name: 'closed-month-keeps-its-hash',
    says: 'Otisk uzavřeného měsíce spočítaný znovu z jeho případů je ten, který byl při uzávěrce.',
    sql: `select c.tenant_id, c.month, c.hash from (${CLOSINGS}) c
      left join (${WRITTEN}) w on w.tenant_id = c.tenant_id and w.month <= c.month and (c.after is null or w.month > c.after)
      group by c.tenant_id, c.month, c.hash, c.previous_hash
      having c.hash <> ${sha256(`concat(c.previous_hash, E'\\n', c.month, E'\\n', count(w.id), E'\\n', ${sha256(`coalesce(string_agg(w.line, E'\\n' order by w.id), '')`)})`)}`,
  },
  {
    name: 'closed-month-keeps-its-turnover',
    says: 'Počet případů a obraty účtů uzavřeného měsíce jsou ty, které byly při uzávěrce.',
    sql: `select c.tenant_id, c.month from (${CLOSINGS}) c
      left join lateral (select count(distinct t.id) as transactions from ledger_transaction t
        where t.tenant_id = c.tenant_id and to_char(t.booked_on, 'YYYY-MM') <= c.month and (c.after is null or to_char(t.booked_on, 'YYYY-MM') > c.after)) n on true
      left join lateral (select coalesce(jsonb_object_agg(account, jsonb_build_object('debit', debit, 'credit', credit)), '{}') as balances from (
        select e.account, coalesce(sum(e.amount) filter (where e.amount > 0), 0) as debit, coalesce(-sum(e.amount) filter (where e.amount < 0), 0) as credit
          from ledger_transaction t join ledger_entry e on e.tenant_id = t.tenant_id and e.transaction_id = t.id
          where t.tenant_id = c.tenant_id and to_char(t.booked_on, 'YYYY-MM') <= c.month and (c.after is null or to_char(t.booked_on, 'YYYY-MM') > c.after)
          group by e.account) a) b on true
      where c.transactions <> n.transactions or c.balances <> b.balances`,
  },
  {
    name: 'closed-month-stays-closed',
    says: 'Do uzavřeného měsíce se později nic nezaúčtovalo.',
    sql: `select t.tenant_id, t.id, c.month from ledger_transaction t join ledger_closing c on c.tenant_id = t.tenant_id
        and to_char(t.booked_on, 'YYYY-MM') <= c.month and t.recorded_at > c.closed_at`,
  },
  {
    name: 'closings-stand-on-each-other',
    says: 'Každá uzávěrka navazuje na otisk předchozí a je mladší než ona.',
    sql: `select tenant_id, month from (${CLOSINGS}) c where previous_hash <> coalesce(hash_before, '') or closed_at < closed_before`,
  },
];
