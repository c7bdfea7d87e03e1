-- Prescriptions, payments and how payments were cleared. Whole haléře.
create table prescription (
  tenant_id int not null,
  id uuid not null,
  case_id uuid not null,
  execution_id text not null,
  payer_id uuid,
  title text not null,
  amount bigint not null check (amount > 0),
  variable_symbol text not null,
  due_date date not null,
  legal_basis text not null,
  decision jsonb,
  created_at timestamptz not null,
  cancelled_at timestamptz,
  cancel_reason text,
  primary key (tenant_id, id),
  unique (tenant_id, variable_symbol),
  unique (tenant_id, case_id, execution_id),
  foreign key (tenant_id, case_id) references cases (tenant_id, id),
  foreign key (tenant_id, payer_id) references person (tenant_id, id)
);
comment on table prescription is 'Předpis. Never changed; cancelled with a reason.';
comment on column prescription.decision is 'Trace of the DMN rules that gave the amount.';

create table payment (
  tenant_id int not null references tenant (id),
  id uuid not null,
  source text not null,
  source_id text not null,
  amount bigint not null check (amount > 0),
  variable_symbol text not null default '',
  counter_account text not null default '',
  payer_name text not null default '',
  message text not null default '',
  received_on date not null,
  recorded_at timestamptz not null,
  unmatched_reason text,
  return_requested_at timestamptz,
  return_note text,
  primary key (tenant_id, id),
  unique (tenant_id, source, source_id)
);
comment on table payment is 'Money that came: one row per item of a statement or per card payment, credited at most once.';

create table allocation (
  tenant_id int not null,
  id uuid not null,
  payment_id uuid not null,
  prescription_id uuid not null,
  amount bigint not null check (amount > 0),
  at timestamptz not null,
  allocated_by text not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, payment_id) references payment (tenant_id, id),
  foreign key (tenant_id, prescription_id) references prescription (tenant_id, id)
);
create index allocation_payment on allocation (tenant_id, payment_id);
create index allocation_prescription on allocation (tenant_id, prescription_id);

create table card_payment (
  tenant_id int not null,
  id uuid not null,
  case_id uuid not null,
  prescription_id uuid not null,
  amount bigint not null,
  effect_key text not null,
  remote_id text,
  gateway_url text,
  remote_state text,
  failure text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, prescription_id) references prescription (tenant_id, id),
  foreign key (tenant_id, case_id) references cases (tenant_id, id)
);
create index card_payment_open on card_payment (tenant_id, updated_at) where remote_state is null or remote_state in ('CREATED', 'PAYMENT_METHOD_CHOSEN', 'AUTHORIZED');
create index card_payment_prescription on card_payment (tenant_id, prescription_id);
create unique index card_payment_remote on card_payment (tenant_id, remote_id) where remote_id is not null;
create unique index card_payment_effect on card_payment (tenant_id, effect_key);

call wall(array['prescription', 'payment', 'allocation', 'card_payment']);
revoke delete on prescription, payment, allocation, card_payment from vyrizeno_app;
