-- Everything that was prescribed, paid and cleared before there were books is entered into them; the ledger alone says from now on what is paid.
alter table prescription drop constraint prescription_tenant_id_case_id_fkey;
alter table prescription add constraint prescription_case foreign key (tenant_id, case_id) references cases (tenant_id, id) deferrable initially deferred;
comment on constraint prescription_case on prescription is 'Looked at when the transaction ends: the first step of a case may prescribe before its row is written.';

create function books_take_over() returns void language plpgsql as $$
declare town int;
begin
  for town in select id from tenant order by id loop
    perform set_config('app.tenant', town::text, true);

    insert into payer (tenant_id, id, kind, name, birth_date, address, email, data_box, person_id, created_at)
      select p.tenant_id, p.id, 'person', p.given_name || ' ' || p.family_name, p.birth_date,
             concat_ws(', ', nullif(concat_ws(' ', coalesce(p.address ->> 'street', p.address ->> 'cityPart', p.address ->> 'city'),
               concat_ws('/', p.address ->> 'houseNumber', p.address ->> 'orientationNumber')), ''),
               nullif(concat_ws(' ', p.address ->> 'postCode', p.address ->> 'city'), '')),
             p.email, p.data_box, p.id, p.created_at
        from person p where p.tenant_id = town and exists (select from prescription s where s.tenant_id = town and s.payer_id = p.id)
      on conflict do nothing;
    -- The first four digits of the old symbols were the item of the budget.
    update prescription set debtor_id = coalesce(debtor_id, payer_id), prescribed_on = coalesce(prescribed_on, (created_at at time zone 'Europe/Prague')::date),
           kind = case left(variable_symbol, 4) when '1341' then 'pes' when '1361' then 'spravni' when '2111' then 'informace' else kind end,
           regime = case left(variable_symbol, 4) when '2111' then 'sr' else regime end
     where tenant_id = town and not exists (select from ledger_transaction t where t.tenant_id = town and t.id = prescription.id);
    update payment set ledger_account = case source
             when 'bank' then 'bank:' || coalesce((select coalesce(settings ->> 'account', settings #>> '{bank,account}') from tenant where id = town), 'unknown')
             when 'gopay' then 'gateway:gopay' else 'gateway:' || source end
     where tenant_id = town and ledger_account is null;

    create temp table taken_over on commit drop as
      select p.id, 'prescribe' as kind, 'prescribe:' || p.id as key, p.prescribed_on as booked_on, p.created_at as recorded_at, 'rule:fee.prescribe' as actor, '' as reason,
             null::uuid as reverses, 'receivable' as debit, p.id as debit_of, 'revenue:' || p.kind as credit, p.id as credit_of, p.amount
        from prescription p where p.tenant_id = town
      union all select p.id, 'receive', 'receive:' || p.source || ':' || p.source_id, p.received_on, p.recorded_at, 'rule:' || p.source, '', null, p.ledger_account, null, 'payment', p.id, p.amount
        from payment p where p.tenant_id = town
      union all select a.id, 'allocate', 'allocate:' || a.id, (a.at at time zone 'Europe/Prague')::date, a.at, a.allocated_by, '', null, 'payment', a.payment_id, 'receivable', a.prescription_id, a.amount
        from allocation a where a.tenant_id = town
      union all select gen_random_uuid(), 'release', 'release:' || a.id, (p.cancelled_at at time zone 'Europe/Prague')::date, p.cancelled_at, 'rule:fee.cancel', coalesce(p.cancel_reason, ''), a.id,
             'receivable', a.prescription_id, 'payment', a.payment_id, a.amount
        from allocation a join prescription p on p.tenant_id = a.tenant_id and p.id = a.prescription_id and p.cancelled_at is not null where a.tenant_id = town
      union all select gen_random_uuid(), 'cancel', 'cancel:' || p.id, (p.cancelled_at at time zone 'Europe/Prague')::date, p.cancelled_at, 'rule:fee.cancel', coalesce(p.cancel_reason, ''), null,
             'revenue:' || p.kind, p.id, 'receivable', p.id, p.amount
        from prescription p where p.tenant_id = town and p.cancelled_at is not null;
    delete from taken_over o using ledger_transaction t where t.tenant_id = town and t.key = o.key;
    insert into ledger_transaction (tenant_id, id, kind, key, booked_on, recorded_at, actor, reason, reverses)
      select town, id, kind, key, booked_on, recorded_at, actor, reason, reverses from taken_over;
    insert into ledger_entry (tenant_id, transaction_id, line, account, subject, amount)
      select town, id, 1, debit, debit_of, amount from taken_over union all select town, id, 2, credit, credit_of, -amount from taken_over;

    insert into payment_move (tenant_id, payment_id, seq, from_state, to_state, reason, actor, at)
      select town, p.id, 1, null, 'received', '', 'rule:' || p.source, p.recorded_at from payment p
       where p.tenant_id = town and not exists (select from payment_move m where m.tenant_id = town and m.payment_id = p.id);
    insert into payment_move (tenant_id, payment_id, seq, from_state, to_state, reason, actor, at)
      select town, p.id, 2, 'received', case when b.free = 0 then 'allocated' when b.allocated > 0 then 'part-allocated' else 'unmatched' end,
             case when b.free = 0 then '' else coalesce(p.unmatched_reason, 'no-symbol') end, 'rule:' || p.source, p.recorded_at
        from payment p join payment_balance b on b.tenant_id = p.tenant_id and b.id = p.id where p.tenant_id = town and b.state = 'received';

    -- What a clerk had marked to be sent back is ordered back.
    insert into refund (tenant_id, id, payment_id, amount, way, to_account, to_name, variable_symbol, reason, ordered_by, ordered_at)
      select town, gen_random_uuid(), p.id, b.free, case when p.source = 'gopay' then 'gateway' else 'transfer' end, p.counter_account, p.payer_name, p.variable_symbol,
             coalesce(nullif(p.return_note, ''), 'vrácení platby'), 'rule:clerk', p.return_requested_at
        from payment p join payment_balance b on b.tenant_id = p.tenant_id and b.id = p.id
       where p.tenant_id = town and p.return_requested_at is not null and b.free > 0;
    create temp table sent_back on commit drop as
      select r.id, r.payment_id, r.amount, r.reason, r.ordered_at from refund r join payment p on p.tenant_id = r.tenant_id and p.id = r.payment_id
       where r.tenant_id = town and r.ordered_by = 'rule:clerk' and not exists (select from ledger_transaction t where t.tenant_id = town and t.id = r.id);
    insert into ledger_transaction (tenant_id, id, kind, key, booked_on, recorded_at, actor, reason)
      select town, id, 'return-ordered', 'return:' || id, (ordered_at at time zone 'Europe/Prague')::date, ordered_at, 'rule:clerk', reason from sent_back;
    insert into ledger_entry (tenant_id, transaction_id, line, account, subject, amount)
      select town, id, 1, 'payment', payment_id, amount from sent_back union all select town, id, 2, 'refund', id, -amount from sent_back;
    insert into payment_move (tenant_id, payment_id, seq, from_state, to_state, reason, actor, at)
      select town, s.payment_id, 3, b.state, 'return-ordered', 'return-ordered', 'rule:clerk', s.ordered_at
        from sent_back s join payment_balance b on b.tenant_id = town and b.id = s.payment_id;
    drop table taken_over, sent_back;
  end loop;
  perform set_config('app.tenant', '', true);
end $$;
select books_take_over();
drop function books_take_over();

drop table allocation;
alter table payment add column state text;
do $$
declare town int;
begin
  for town in select id from tenant order by id loop
    perform set_config('app.tenant', town::text, true);
    update payment p set state = (select m.to_state from payment_move m where m.tenant_id = p.tenant_id and m.payment_id = p.id order by m.seq desc limit 1)
     where p.tenant_id = town;
  end loop;
  perform set_config('app.tenant', '', true);
end $$;
create index payment_somebodys_work on payment (tenant_id, received_on) where state in ('unmatched', 'part-allocated', 'return-ordered');
comment on column payment.state is 'Where its life stands: the newest payment_move, written with it.';
alter table payment drop column unmatched_reason, drop column return_requested_at, drop column return_note;
comment on column prescription.cancelled_at is 'Set when a correction left nothing owed; the ledger says the same.';
comment on table prescription is 'Předpis. Its amount is what was prescribed first; what it amounts to now, and what is paid of it, is in the ledger (view prescription_balance).';

create index inbox_of_books on inbox (tenant_id, (payload ->> 'caseId')) where processed_at is null and source = 'books';
comment on index inbox_of_books is 'What cases are told about their money and have not taken yet.';
