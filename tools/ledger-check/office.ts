// The books against the town's own papers: cash desks with their receipts and shifts, yearly runs with their items and letters.
import type { Invariant } from './invariant.ts';

export const ofOffice: readonly Invariant[] = [
  {
    name: 'cash-shift-agrees',
    says: 'Uzavřená směna: počáteční stav + hotovostní doklady = očekávaný stav; napočítáno je to, co dávají kusy; odvod není větší.',
    sql: `select s.tenant_id, s.id, s.expected, s.counted from cash_shift s
      left join lateral (select coalesce(sum(r.amount) filter (where r.way = 'cash'), 0) as cash, coalesce(sum(r.amount) filter (where r.way = 'card'), 0) as card
        from cash_receipt r where r.tenant_id = s.tenant_id and r.shift_id = s.id) r on true
      where s.closed_at is not null and (s.opening + r.cash <> s.expected or s.card_total is distinct from r.card or s.handed_over > s.counted
        or s.counted <> (select coalesce(sum(d.key::bigint * d.value::bigint), 0) from jsonb_each_text(s.denominations) d))`,
  },
  {
    name: 'cash-desk-holds-what-was-left',
    says: 'V pokladně, kde nikdo nesedí, je podle knih to, co v ní po poslední uzávěrce zůstalo.',
    sql: `select s.tenant_id, s.desk, b.balance, s.counted - s.handed_over from (select distinct on (tenant_id, desk) * from cash_shift order by tenant_id, desk, opened_at desc, id desc) s
      left join lateral (select coalesce(sum(e.amount), 0) as balance from ledger_entry e where e.tenant_id = s.tenant_id and e.account = 'cash:' || s.desk) b on true
      where s.closed_at is not null and b.balance <> s.counted - s.handed_over`,
  },
  {
    name: 'receipt-has-its-money',
    says: 'Každý pokladní doklad má svou platbu, storno nebo vratku v knihách, ve své výši; čísla dokladů jdou bez mezer.',
    sql: `select r.tenant_id, r.desk || ' ' || r.series || ' ' || r.number from cash_receipt r where not case r.kind
        when 'in' then exists (select from payment p where p.tenant_id = r.tenant_id and p.id = r.payment_id and p.amount = r.amount
          and p.source = case r.way when 'cash' then 'cash' else 'terminal' end)
        when 'storno' then exists (select from ledger_transaction t where t.tenant_id = r.tenant_id and t.reverses = r.payment_id and t.kind = 'reverse')
          and exists (select from cash_receipt o where o.tenant_id = r.tenant_id and o.id = r.reverses and o.amount = -r.amount)
        else exists (select from refund f where f.tenant_id = r.tenant_id and f.id = r.refund_id and f.amount = -r.amount) end
      union all select tenant_id, desk || ' ' || series || ' ' || year from cash_receipt group by tenant_id, desk, series, year having max(number) <> count(*)`,
  },
  {
    name: 'run-agrees-with-prescriptions',
    says: 'Položka ročního předpisu má svůj předpis: táž povinnost, poplatník a částka; každý předpis z běhu má svou položku; vzaté zpět nikdo nedluží.',
    sql: `select i.tenant_id, i.run_id::text, i.place from fee_run_item i where i.state in ('prescribed', 'undone') and not exists (
        select from prescription p where p.tenant_id = i.tenant_id and p.id = i.prescription_id and p.run_id = i.run_id and p.duty_id = i.duty_id
          and p.amount = i.amount and p.variable_symbol = i.variable_symbol)
      union all select p.tenant_id, p.run_id::text, null from prescription p where p.run_id is not null and not exists (
        select from fee_run_item i where i.tenant_id = p.tenant_id and i.run_id = p.run_id and i.prescription_id = p.id)
      union all select i.tenant_id, i.run_id::text, i.place from fee_run_item i where i.state = 'undone' and exists (
        select from ledger_entry e where e.tenant_id = i.tenant_id and e.subject = i.prescription_id and e.account = 'receivable' group by e.subject having sum(e.amount) <> 0)`,
  },
  {
    name: 'duty-is-prescribed-once',
    says: 'Za jednu povinnost a období platí jeden předpis.',
    sql: `select tenant_id, duty_id, period_from, count(*) from prescription where duty_id is not null and cancelled_at is null
      group by tenant_id, duty_id, period_from having count(*) > 1`,
  },
  {
    name: 'letters-add-up',
    says: 'Dopisy ročního předpisu dávají dohromady jeho položky: každému poplatníkovi jeden, se všemi jeho předpisy.',
    sql: `select l.tenant_id, l.run_id, l.payer_id, l.items, l.amount from fee_run_letter l
      left join lateral (select count(*) as items, coalesce(sum(i.amount), 0) as amount from fee_run_item i
        where i.tenant_id = l.tenant_id and i.run_id = l.run_id and i.payer_id = l.payer_id and i.state in ('prescribed', 'undone')) i on true
      where i.items <> l.items or i.amount <> l.amount`,
  },
];
