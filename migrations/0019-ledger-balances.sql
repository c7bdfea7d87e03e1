-- What the entries add up to: one place that knows which accounts mean prescribed, paid, written off, free. And a month is not closed while somebody books into it.
create view prescription_balance with (security_invoker = true) as
  select p.tenant_id, p.id, coalesce(b.total, 0)::bigint as total, coalesce(b.total - b.open - b.written_off, 0)::bigint as paid,
         coalesce(b.written_off, 0)::bigint as written_off, coalesce(b.open, 0)::bigint as open
    from prescription p
    cross join lateral (
      select coalesce(-sum(e.amount) filter (where e.account like 'revenue:%' or e.account = 'opening'), 0) as total,
             coalesce(sum(e.amount) filter (where e.account like 'writeoff:%'), 0) as written_off,
             coalesce(sum(e.amount) filter (where e.account = 'receivable'), 0) as open
        from ledger_entry e where e.tenant_id = p.tenant_id and e.subject = p.id) b;
comment on view prescription_balance is 'Haléře: prescribed after corrections, paid, written off, and what is still owed. total = 0: cancelled.';

create view payment_balance with (security_invoker = true) as
  select p.tenant_id, p.id, coalesce(own.free, 0)::bigint as free, coalesce(back.returning, 0)::bigint as returning, coalesce(back.returned, 0)::bigint as returned,
         case when own.reversed then p.amount else 0 end as reversed,
         (p.amount - coalesce(own.free, 0) - coalesce(back.returning, 0) - coalesce(back.returned, 0) - case when own.reversed then p.amount else 0 end)::bigint as allocated,
         (select m.to_state from payment_move m where m.tenant_id = p.tenant_id and m.payment_id = p.id order by m.seq desc limit 1) as state,
         (select m.reason from payment_move m where m.tenant_id = p.tenant_id and m.payment_id = p.id order by m.seq desc limit 1) as reason
    from payment p
    cross join lateral (
      select coalesce(-sum(e.amount), 0) as free,
             exists (select from ledger_transaction r where r.tenant_id = p.tenant_id and r.reverses = p.id) as reversed
        from ledger_entry e where e.tenant_id = p.tenant_id and e.subject = p.id and e.account = 'payment') own
    cross join lateral (
      select coalesce(sum(s.owed), 0) as returning, coalesce(sum(f.amount) filter (where s.owed = 0 and s.paid), 0) as returned
        from refund f
        cross join lateral (
          select coalesce(-sum(e.amount), 0) as owed,
                 exists (select from ledger_transaction t where t.tenant_id = f.tenant_id and t.key = 'returned:' || f.id) as paid
            from ledger_entry e where e.tenant_id = f.tenant_id and e.subject = f.id and e.account = 'refund') s
       where f.tenant_id = p.tenant_id and f.payment_id = p.id) back;
comment on view payment_balance is 'Haléře of a payment: free, on the way back, returned, taken back by its source, allocated; its state and why. The id of a payment is the id of its receive transaction.';

create view live_allocation with (security_invoker = true) as
  select t.tenant_id, t.id, p.subject as payment_id, r.subject as prescription_id, p.amount, t.booked_on, t.recorded_at, t.actor, t.reason
    from ledger_transaction t
    join ledger_entry p on p.tenant_id = t.tenant_id and p.transaction_id = t.id and p.account = 'payment'
    join ledger_entry r on r.tenant_id = t.tenant_id and r.transaction_id = t.id and r.account = 'receivable'
   where t.kind = 'allocate' and not exists (select from ledger_transaction v where v.tenant_id = t.tenant_id and v.reverses = t.id);
comment on view live_allocation is 'Which payment pays which prescription with how much: allocations that nobody has reversed.';

grant select on prescription_balance, payment_balance, live_allocation to vyrizeno_app;

-- Booking holds the shared, closing the exclusive lock of the town's books until commit: what is being booked is in the hash of its month or in the next month.
create or replace function ledger_month_is_open() returns trigger language plpgsql as $$
declare closed text; town int;
begin
  for town in select distinct tenant_id from added loop
    perform pg_advisory_xact_lock_shared(7310422, town);
  end loop;
  select c.month into closed from added a join ledger_closing c on c.tenant_id = a.tenant_id and c.month >= to_char(a.booked_on, 'YYYY-MM') limit 1;
  if found then
    raise exception 'month % is closed', closed using errcode = 'VY004';
  end if;
  return null;
end $$;
