-- The clerk's desk of money: words by which payers are found, learned rules, notes, instalment plans, cash desks, dunning, export to the economic system.

-- Payers are found by the beginnings of words, without diacritics. A table of words, because behind the wall between towns PostgreSQL uses an index only for
-- comparisons that leak nothing, which full text search is not.
create table payer_word (
  tenant_id int not null,
  word text collate "C" not null,
  payer_id uuid not null,
  primary key (tenant_id, word, payer_id),
  foreign key (tenant_id, payer_id) references payer (tenant_id, id)
);
create index payer_word_payer on payer_word (tenant_id, payer_id);
comment on table payer_word is 'Words of name and address, birth date as YYYYMMDD, IČO, account, number in the register: lower case, without diacritics. Kept by triggers.';

create function payer_words(name text, address text, birth_date date, ico text, account text, registry_id text) returns setof text
  language sql immutable parallel safe as $$
    select distinct left(w, 60) from unnest(
      regexp_split_to_array(lower(translate(name || ' ' || address, 'áčďéěíňóřšťúůýžäöüľĺŕôłńśźżąęćőÁČĎÉĚÍŇÓŘŠŤÚŮÝŽÄÖÜĽĹŔÔŁŃŚŹŻĄĘĆŐ',
        'acdeeinorstuuyzaoullrolnszzaecoacdeeinorstuuyzaoullrolnszzaeco')), '[\s,.;:/()"–-]+')
      || array[to_char(birth_date, 'YYYYMMDD'), ico, split_part(account, '/', 1), account, lower(registry_id)]) as w
    where w is not null and w <> '';
  $$;

create function payer_words_of_added() returns trigger language plpgsql as $$
begin
  insert into payer_word (tenant_id, word, payer_id)
    select a.tenant_id, w, a.id from added a, payer_words(a.name, a.address, a.birth_date, a.ico, a.account, a.registry_id) w
    on conflict do nothing;
  return null;
end $$;
create function payer_words_of_changed() returns trigger language plpgsql as $$
begin
  delete from payer_word w using before b join added a on a.tenant_id = b.tenant_id and a.id = b.id
    where w.tenant_id = b.tenant_id and w.payer_id = b.id
      and (a.name, a.address, a.birth_date, a.ico, a.account, a.registry_id) is distinct from (b.name, b.address, b.birth_date, b.ico, b.account, b.registry_id);
  insert into payer_word (tenant_id, word, payer_id)
    select a.tenant_id, w, a.id from before b join added a on a.tenant_id = b.tenant_id and a.id = b.id,
           payer_words(a.name, a.address, a.birth_date, a.ico, a.account, a.registry_id) w
     where (a.name, a.address, a.birth_date, a.ico, a.account, a.registry_id) is distinct from (b.name, b.address, b.birth_date, b.ico, b.account, b.registry_id)
    on conflict do nothing;
  return null;
end $$;
create trigger payer_words_added after insert on payer referencing new table as added
  for each statement execute function payer_words_of_added();
create trigger payer_words_changed after update on payer referencing old table as before new table as added
  for each statement execute function payer_words_of_changed();

create table payer_note (
  tenant_id int not null,
  id uuid not null,
  payer_id uuid not null,
  officer_id uuid not null,
  text text not null,
  at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, payer_id) references payer (tenant_id, id),
  foreign key (tenant_id, officer_id) references officer (tenant_id, id)
);
create index payer_note_payer on payer_note (tenant_id, payer_id, at);

create table money_rule (
  tenant_id int not null,
  id uuid not null,
  counter_account text not null,
  payer_id uuid not null,
  kind text not null default '',
  learned_from uuid not null,
  created_by uuid not null,
  created_at timestamptz not null,
  revoked_by uuid,
  revoked_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, payer_id) references payer (tenant_id, id),
  foreign key (tenant_id, learned_from) references payment (tenant_id, id),
  foreign key (tenant_id, created_by) references officer (tenant_id, id),
  foreign key (tenant_id, revoked_by) references officer (tenant_id, id),
  check ((revoked_by is null) = (revoked_at is null))
);
create unique index money_rule_living on money_rule (tenant_id, counter_account, payer_id, kind) where revoked_at is null;
create index money_rule_payer on money_rule (tenant_id, payer_id);
comment on table money_rule is 'Learned from a clerk''s decision: money from this account pays the debts of this payer (of this fee kind, or of any).';

create table instalment_plan (
  tenant_id int not null,
  id uuid not null,
  payer_id uuid not null,
  reason text not null,
  granted_by uuid not null,
  approved_by uuid,
  granted_on date not null,
  created_at timestamptz not null,
  ended_on date,
  end_reason text,
  primary key (tenant_id, id),
  foreign key (tenant_id, payer_id) references payer (tenant_id, id),
  foreign key (tenant_id, granted_by) references officer (tenant_id, id),
  foreign key (tenant_id, approved_by) references officer (tenant_id, id),
  check (approved_by is null or approved_by <> granted_by),
  check ((ended_on is null) = (end_reason is null))
);
create index instalment_plan_payer on instalment_plan (tenant_id, payer_id);
comment on table instalment_plan is 'Povolené rozložení úhrady na splátky (§ 156 zákona č. 280/2009 Sb.).';

create table instalment_debt (
  tenant_id int not null,
  plan_id uuid not null,
  prescription_id uuid not null,
  amount bigint not null check (amount > 0),
  primary key (tenant_id, plan_id, prescription_id),
  foreign key (tenant_id, plan_id) references instalment_plan (tenant_id, id),
  foreign key (tenant_id, prescription_id) references prescription (tenant_id, id)
);
create index instalment_debt_prescription on instalment_debt (tenant_id, prescription_id);
comment on column instalment_debt.amount is 'Haléře owed on the prescription when the plan was granted; what has been paid since is the difference to its balance.';

create table instalment (
  tenant_id int not null,
  plan_id uuid not null,
  seq int not null check (seq > 0),
  due_on date not null,
  amount bigint not null check (amount > 0),
  primary key (tenant_id, plan_id, seq),
  foreign key (tenant_id, plan_id) references instalment_plan (tenant_id, id)
);

create table cash_desk (
  tenant_id int not null references tenant (id),
  code text not null check (code ~ '^[a-z0-9-]{1,20}$'),
  name text not null,
  primary key (tenant_id, code)
);
comment on column cash_desk.code is 'Its ledger accounts are cash:<code> and terminal:<code>; its receipts are numbered in series of its own.';

create table cash_shift (
  tenant_id int not null,
  id uuid not null,
  desk text not null,
  officer_id uuid not null,
  opened_at timestamptz not null,
  opening bigint not null check (opening >= 0),
  closed_at timestamptz,
  expected bigint,
  counted bigint check (counted >= 0),
  denominations jsonb,
  difference_reason text not null default '',
  handed_over bigint check (handed_over >= 0),
  card_total bigint,
  primary key (tenant_id, id),
  foreign key (tenant_id, desk) references cash_desk (tenant_id, code),
  foreign key (tenant_id, officer_id) references officer (tenant_id, id),
  check ((closed_at is null) = (counted is null) and (closed_at is null) = (expected is null) and (closed_at is null) = (handed_over is null))
);
create unique index cash_shift_one_at_desk on cash_shift (tenant_id, desk) where closed_at is null;
create unique index cash_shift_one_of_officer on cash_shift (tenant_id, officer_id) where closed_at is null;
create index cash_shift_day on cash_shift (tenant_id, opened_at);
comment on table cash_shift is 'Směna pokladny: one officer at one desk, from the counted opening to the counted closing.';

create table cash_receipt (
  tenant_id int not null,
  id uuid not null,
  shift_id uuid not null,
  desk text not null,
  series text not null check (series in ('PPD', 'VPD')),
  year int not null,
  number int not null check (number > 0),
  kind text not null check (kind in ('in', 'out', 'storno')),
  way text not null check (way in ('cash', 'card')),
  amount bigint not null check (amount <> 0),
  given bigint,
  name text not null,
  lines jsonb not null,
  payment_id uuid,
  refund_id uuid,
  reverses uuid,
  reason text not null default '',
  officer_id uuid not null,
  issued_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, desk, series, year, number),
  foreign key (tenant_id, shift_id) references cash_shift (tenant_id, id),
  foreign key (tenant_id, payment_id) references payment (tenant_id, id),
  foreign key (tenant_id, refund_id) references refund (tenant_id, id),
  foreign key (tenant_id, reverses) references cash_receipt (tenant_id, id),
  foreign key (tenant_id, officer_id) references officer (tenant_id, id),
  check ((kind = 'storno') = (reverses is not null)),
  check (kind <> 'storno' or reason <> ''),
  check ((kind = 'in' and amount > 0) or (kind <> 'in' and amount < 0))
);
create unique index cash_receipt_once_reversed on cash_receipt (tenant_id, reverses) where reverses is not null;
create index cash_receipt_shift on cash_receipt (tenant_id, shift_id, issued_at);
create index cash_receipt_payment on cash_receipt (tenant_id, payment_id) where payment_id is not null;
comment on table cash_receipt is 'Příjmový (PPD) a výdajový (VPD) pokladní doklad. Only added; a storno is a receipt of its own with the opposite amount.';
comment on column cash_receipt.amount is 'Haléře into the desk; negative for what left it.';
comment on column cash_receipt.given is 'Haléře handed over by the payer; the change is the difference.';

create trigger cash_receipt_only_grows before update or delete or truncate on cash_receipt for each statement execute function ledger_only_grows();
create function cash_shift_is_open() returns trigger language plpgsql as $$
declare closed timestamptz;
begin
  if tg_table_name = 'cash_receipt' then
    select closed_at into closed from cash_shift where tenant_id = new.tenant_id and id = new.shift_id for share;
  else
    closed := old.closed_at;
  end if;
  if closed is not null then
    raise exception 'cash shift is closed' using errcode = 'VY005';
  end if;
  return new;
end $$;
create trigger cash_receipt_in_open_shift before insert on cash_receipt for each row execute function cash_shift_is_open();
create trigger cash_shift_closes_once before update on cash_shift for each row execute function cash_shift_is_open();

create table dunning_batch (
  tenant_id int not null,
  id uuid not null,
  stage text not null check (stage in ('reminder', 'assessment', 'enforcement')),
  way text not null check (way in ('letters', 'list', 'file')),
  officer_id uuid not null,
  settings jsonb not null default '{}',
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, officer_id) references officer (tenant_id, id)
);
create table dunning_step (
  tenant_id int not null,
  prescription_id uuid not null,
  stage text not null check (stage in ('reminder', 'assessment', 'enforcement')),
  batch_id uuid not null,
  amount bigint not null check (amount > 0),
  made_on date not null,
  letter_id uuid,
  channel text not null check (channel in ('data-box', 'email', 'print', 'notice-board', 'file')),
  increase_id uuid,
  delivered_on date,
  primary key (tenant_id, prescription_id, stage),
  foreign key (tenant_id, prescription_id) references prescription (tenant_id, id),
  foreign key (tenant_id, batch_id) references dunning_batch (tenant_id, id),
  foreign key (tenant_id, increase_id) references prescription (tenant_id, id)
);
create index dunning_step_batch on dunning_step (tenant_id, batch_id);
comment on table dunning_step is 'What has been done about an overdue prescription: each stage at most once.';
comment on column dunning_step.amount is 'Haléře owed on that day.';
comment on column dunning_step.increase_id is 'Prescription of the increase (§ 11 odst. 3 zákona č. 565/1990 Sb.), where there is one.';
comment on column dunning_step.letter_id is 'File of the letter or list.';

create table economy_export (
  tenant_id int not null,
  id uuid not null,
  officer_id uuid not null,
  created_at timestamptz not null,
  transactions int not null,
  effect_key text not null,
  answer jsonb,
  primary key (tenant_id, id),
  unique (tenant_id, effect_key),
  foreign key (tenant_id, officer_id) references officer (tenant_id, id)
);
create table economy_export_item (
  tenant_id int not null,
  transaction_id uuid not null,
  export_id uuid not null,
  primary key (tenant_id, transaction_id),
  foreign key (tenant_id, transaction_id) references ledger_transaction (tenant_id, id),
  foreign key (tenant_id, export_id) references economy_export (tenant_id, id)
);
create index economy_export_item_export on economy_export_item (tenant_id, export_id);
comment on table economy_export_item is 'Which export carried a transaction to the economic system: exactly one.';

call wall(array['payer_word', 'payer_note', 'money_rule', 'instalment_plan', 'instalment_debt', 'instalment', 'cash_desk', 'cash_shift', 'cash_receipt',
  'dunning_batch', 'dunning_step', 'economy_export', 'economy_export_item']);
revoke delete on payer_note, money_rule, instalment_plan, instalment_debt, instalment, cash_desk, cash_shift, cash_receipt, dunning_batch, dunning_step, economy_export,
  economy_export_item from vyrizeno_app;
revoke update on payer_note, instalment_debt, instalment, cash_receipt, economy_export_item from vyrizeno_app;
