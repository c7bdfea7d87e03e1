-- The books: payers, double entry in haléře, the life of a payment, returns, second persons, closed months. Ledger rows are only ever added.
create table payer (
  tenant_id int not null references tenant (id),
  id uuid not null,
  kind text not null check (kind in ('person', 'company')),
  name text not null,
  birth_date date,
  ico text,
  address text not null default '',
  email text,
  data_box text,
  account text,
  household_id uuid,
  registry_id text,
  person_id uuid,
  note text not null default '',
  died_on date,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, registry_id),
  unique (tenant_id, person_id),
  foreign key (tenant_id, person_id) references person (tenant_id, id)
);
create index payer_household on payer (tenant_id, household_id) where household_id is not null;
create index payer_name on payer (tenant_id, lower(name) text_pattern_ops);
create index payer_account on payer (tenant_id, account) where account is not null;
create index payer_ico on payer (tenant_id, ico) where ico is not null;
comment on table payer is 'Poplatník, plátce: who owes. A citizen who logs in has the same id here as in person; most payers come from the town''s register and never log in.';
comment on column payer.registry_id is 'Number in the town''s register of residents or in its old fee program.';
comment on column payer.account is 'Where money is returned to, prefix-number/bank, as the payer last said.';

create table payer_access (
  tenant_id int not null,
  person_id uuid not null,
  payer_id uuid not null,
  as_what text not null check (as_what in ('household', 'mandate', 'statutory', 'guardian')),
  valid_from date not null,
  valid_to date,
  source text not null,
  primary key (tenant_id, person_id, payer_id),
  foreign key (tenant_id, person_id) references person (tenant_id, id),
  foreign key (tenant_id, payer_id) references payer (tenant_id, id)
);
create index payer_access_payer on payer_access (tenant_id, payer_id);
comment on table payer_access is 'Whose account a citizen sees beside his own: members of his household, a company he acts for.';

alter table prescription
  add column kind text not null default 'poplatek',
  add column regime text not null default 'dr' check (regime in ('dr', 'sr')),
  add column debtor_id uuid,
  add column period_from date,
  add column period_to date,
  add column specific_symbol text not null default '',
  add column duty_id uuid,
  add column run_id uuid,
  add column regarding text not null default '',
  add column prescribed_on date,
  alter column case_id drop not null,
  alter column execution_id drop not null,
  add constraint prescription_debtor foreign key (tenant_id, debtor_id) references payer (tenant_id, id);
create index prescription_debtor on prescription (tenant_id, debtor_id, due_date);
create index prescription_run on prescription (tenant_id, run_id) where run_id is not null;
create unique index prescription_duty_period on prescription (tenant_id, duty_id, period_from) where duty_id is not null;
comment on column prescription.kind is 'Fee kind: pes, odpad, prostranstvi, pobyt, spravni, pokuta, informace, naklady …';
comment on column prescription.debtor_id is 'The payer. payer_id is the citizen of the case that prescribed, where there is one.';
comment on column prescription.regime is 'dr = daňový řád (280/2009), sr = správní řád (500/2004).';
comment on index prescription_duty_period is 'One prescription for a duty and period, whoever prescribes first.';

alter table payment
  add column specific_symbol text not null default '',
  add column constant_symbol text not null default '',
  add column ledger_account text,
  add column paid_on date,
  add column wish jsonb,
  add column payer_id uuid,
  add constraint payment_payer foreign key (tenant_id, payer_id) references payer (tenant_id, id);
comment on column payment.paid_on is 'Day the payer sent it, where the source says so; received_on = day it was credited to us.';
comment on column payment.wish is 'What the payer wanted paid: [{prescriptionId, amount?}] (§ 152 odst. 2 zákona č. 280/2009 Sb. sets the order where he said nothing).';
comment on column payment.payer_id is 'Whose money it is, once known.';

create table ledger_transaction (
  tenant_id int not null references tenant (id),
  id uuid not null,
  kind text not null check (kind in ('prescribe', 'correct', 'cancel', 'write-off', 'receive', 'allocate', 'release', 'return-ordered',
    'returned', 'return-failed', 'reverse', 'settlement', 'deposit', 'movement', 'opening', 'import')),
  key text not null,
  booked_on date not null,
  recorded_at timestamptz not null,
  actor text not null,
  approved_by text,
  reason text not null default '',
  reverses uuid,
  primary key (tenant_id, id),
  unique (tenant_id, key),
  foreign key (tenant_id, reverses) references ledger_transaction (tenant_id, id),
  check (approved_by is null or approved_by <> actor)
);
create index ledger_transaction_day on ledger_transaction (tenant_id, booked_on, kind);
create unique index ledger_transaction_once_reversed on ledger_transaction (tenant_id, reverses) where reverses is not null;
comment on table ledger_transaction is 'One accounting case. Only added; mended by a counter-entry that names it in reverses or in its reason.';
comment on column ledger_transaction.key is 'What must not be booked twice, e.g. receive:bank:<item>.';
comment on column ledger_transaction.booked_on is 'Accounting day, Europe/Prague; never in a closed month.';

create table ledger_entry (
  tenant_id int not null,
  transaction_id uuid not null,
  line smallint not null,
  account text not null,
  subject uuid,
  amount bigint not null check (amount <> 0),
  primary key (tenant_id, transaction_id, line),
  foreign key (tenant_id, transaction_id) references ledger_transaction (tenant_id, id)
);
create index ledger_entry_subject on ledger_entry (tenant_id, subject, account) include (amount) where subject is not null;
create index ledger_entry_account on ledger_entry (tenant_id, account) include (amount);
comment on column ledger_entry.amount is 'Haléře; debit (MD) positive, credit (D) negative. The lines of a transaction add up to nothing.';
comment on column ledger_entry.subject is 'Prescription for receivable, revenue and writeoff; payment for payment; return for refund.';

create table ledger_closing (
  tenant_id int not null references tenant (id),
  month text not null check (month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  closed_at timestamptz not null,
  closed_by text not null,
  transactions int not null,
  balances jsonb not null,
  hash text not null,
  previous_hash text not null,
  signature text,
  key_id text,
  primary key (tenant_id, month)
);
comment on table ledger_closing is 'A closed month: its turnover by account, and the hash of its transactions over the hash of the month before.';

-- All lines of a transaction are inserted by one statement; PostgreSQL itself refuses a statement that does not balance.
create function ledger_balances() returns trigger language plpgsql as $$
declare wrong uuid;
begin
  select transaction_id into wrong from added group by tenant_id, transaction_id having sum(amount) <> 0 limit 1;
  if found then
    raise exception 'ledger transaction % does not balance', wrong using errcode = 'VY002';
  end if;
  return null;
end $$;
create trigger ledger_entry_balances after insert on ledger_entry referencing new table as added
  for each statement execute function ledger_balances();

create function ledger_only_grows() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'VY003';
end $$;
create trigger ledger_transaction_only_grows before update or delete or truncate on ledger_transaction for each statement execute function ledger_only_grows();
create trigger ledger_entry_only_grows before update or delete or truncate on ledger_entry for each statement execute function ledger_only_grows();
create trigger ledger_closing_only_grows before update or delete or truncate on ledger_closing for each statement execute function ledger_only_grows();

create function ledger_month_is_open() returns trigger language plpgsql as $$
declare closed text;
begin
  select c.month into closed from added a join ledger_closing c on c.tenant_id = a.tenant_id and c.month >= to_char(a.booked_on, 'YYYY-MM') limit 1;
  if found then
    raise exception 'month % is closed', closed using errcode = 'VY004';
  end if;
  return null;
end $$;
create trigger ledger_transaction_month after insert on ledger_transaction referencing new table as added
  for each statement execute function ledger_month_is_open();

create table payment_move (
  tenant_id int not null,
  payment_id uuid not null,
  seq int not null,
  from_state text,
  to_state text not null check (to_state in ('received', 'unmatched', 'part-allocated', 'allocated', 'return-ordered', 'returned', 'reversed')),
  reason text not null default '',
  actor text not null,
  at timestamptz not null,
  primary key (tenant_id, payment_id, seq),
  foreign key (tenant_id, payment_id) references payment (tenant_id, id)
);
comment on table payment_move is 'The life of a payment, step by step; allowed steps stand in server/domain/money/payment-life.ts. The last one is its state.';

create table refund (
  tenant_id int not null,
  id uuid not null,
  payment_id uuid not null,
  amount bigint not null check (amount > 0),
  way text not null check (way in ('transfer', 'gateway', 'cash')),
  to_account text not null default '',
  to_name text not null default '',
  variable_symbol text not null default '',
  reason text not null,
  ordered_by text not null,
  ordered_at timestamptz not null,
  effect_key text,
  order_id uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, payment_id) references payment (tenant_id, id)
);
create index refund_payment on refund (tenant_id, payment_id);
create unique index refund_effect on refund (tenant_id, effect_key) where effect_key is not null;
comment on table refund is 'Money ordered back. Its balance on the account refund says whether it is still on its way.';
comment on column refund.order_id is 'Payment order to the bank that carries it; set once.';

create table money_approval (
  tenant_id int not null references tenant (id),
  id uuid not null,
  kind text not null,
  subject uuid,
  amount bigint not null,
  what jsonb not null,
  reason text not null,
  asked_by uuid not null,
  asked_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  verdict text check (verdict in ('approved', 'refused', 'taken-back')),
  verdict_reason text not null default '',
  primary key (tenant_id, id),
  foreign key (tenant_id, asked_by) references officer (tenant_id, id),
  foreign key (tenant_id, decided_by) references officer (tenant_id, id),
  check ((verdict is null) = (decided_at is null)),
  check (verdict <> 'approved' or decided_by <> asked_by)
);
create index money_approval_open on money_approval (tenant_id, asked_at) where verdict is null;
create index money_approval_subject on money_approval (tenant_id, subject) where subject is not null;
comment on table money_approval is 'Four eyes: what one officer asked for and a second one must decide before it happens.';

call wall(array['payer', 'payer_access', 'ledger_transaction', 'ledger_entry', 'ledger_closing', 'payment_move', 'refund', 'money_approval']);
revoke delete on payer, refund, money_approval, payment_move from vyrizeno_app;
revoke update, delete on ledger_transaction, ledger_entry, ledger_closing, payment_move from vyrizeno_app;
