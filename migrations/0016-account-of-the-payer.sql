-- The payer's account as the citizen uses it: several debts paid at once, requests for overpaid money, what he wants to be told, and what came from other systems.
create table payment_group (
  tenant_id int not null references tenant (id),
  id uuid not null,
  variable_symbol text not null,
  person_id uuid not null,
  amount bigint not null check (amount > 0),
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, variable_symbol),
  foreign key (tenant_id, person_id) references person (tenant_id, id)
);
create index payment_group_person on payment_group (tenant_id, person_id, created_at);
comment on table payment_group is 'Several prescriptions that somebody wants to pay at once: one QR code, one symbol of its own. Only added; who pays it later pays what is still open of its list.';
comment on column payment_group.variable_symbol is 'Never the symbol of a prescription; see server/store/payment-groups.ts.';

create table payment_group_item (
  tenant_id int not null,
  group_id uuid not null,
  place smallint not null,
  prescription_id uuid not null,
  amount bigint not null check (amount > 0),
  primary key (tenant_id, group_id, place),
  unique (tenant_id, group_id, prescription_id),
  foreign key (tenant_id, group_id) references payment_group (tenant_id, id),
  foreign key (tenant_id, prescription_id) references prescription (tenant_id, id)
);
create index payment_group_item_prescription on payment_group_item (tenant_id, prescription_id);
comment on column payment_group_item.place is 'Order in which the money pays them: the oldest due first (§ 152 odst. 3 zákona č. 280/2009 Sb.).';

create table return_request (
  tenant_id int not null,
  id uuid not null,
  payment_id uuid not null,
  payer_id uuid not null,
  person_id uuid not null,
  amount bigint not null check (amount > 0),
  to_account text not null,
  to_name text not null,
  reason text not null default '',
  asked_at timestamptz not null,
  due_on date not null,
  settled_at timestamptz,
  settled_by text,
  verdict text check (verdict in ('ordered', 'refused', 'taken-back')),
  verdict_reason text not null default '',
  refund_id uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, payment_id) references payment (tenant_id, id),
  foreign key (tenant_id, payer_id) references payer (tenant_id, id),
  foreign key (tenant_id, person_id) references person (tenant_id, id),
  foreign key (tenant_id, refund_id) references refund (tenant_id, id),
  check ((verdict is null) = (settled_at is null)),
  check ((verdict = 'ordered') = (refund_id is not null))
);
create unique index return_request_open on return_request (tenant_id, payment_id) where verdict is null;
create index return_request_due on return_request (tenant_id, due_on) where verdict is null;
create index return_request_payer on return_request (tenant_id, payer_id);
create index return_request_person on return_request (tenant_id, person_id);
create index return_request_refund on return_request (tenant_id, refund_id) where refund_id is not null;
comment on table return_request is 'A payer asks for his overpayment back (§ 155 zákona č. 280/2009 Sb.); an officer orders the return or says why not.';
comment on column return_request.due_on is 'Last day for sending the money: 30 days from the request.';

create table reminder_setting (
  tenant_id int not null,
  person_id uuid not null,
  event text not null check (event in ('prescribed', 'due-soon', 'overdue', 'cleared', 'returned')),
  by_email boolean not null,
  days_before smallint not null default 7 check (days_before between 1 and 60),
  changed_at timestamptz not null,
  primary key (tenant_id, person_id, event),
  foreign key (tenant_id, person_id) references person (tenant_id, id)
);
comment on table reminder_setting is 'What a citizen wants to be told about his money by e-mail. Without a row the house''s own choice holds; the portal shows everything anyway.';

create table money_notice (
  tenant_id int not null,
  id uuid not null,
  person_id uuid not null,
  payer_id uuid not null,
  event text not null check (event in ('prescribed', 'due-soon', 'overdue', 'cleared', 'returned')),
  subject uuid not null,
  day date not null,
  facts jsonb not null,
  effect_key text,
  created_at timestamptz not null,
  read_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, person_id, event, subject, day),
  foreign key (tenant_id, person_id) references person (tenant_id, id),
  foreign key (tenant_id, payer_id) references payer (tenant_id, id)
);
create index money_notice_unread on money_notice (tenant_id, person_id, created_at desc);
create index money_notice_payer on money_notice (tenant_id, payer_id);
comment on table money_notice is 'What a citizen was told about his money, each thing once: in the portal, and by e-mail where effect_key is set.';
comment on column money_notice.subject is 'Prescription, payment or return.';
comment on column money_notice.day is 'Due day it reminds of, or the accounting day of what happened.';

create table history_import (
  tenant_id int not null references tenant (id),
  id uuid not null,
  system text not null,
  file_name text not null,
  sha256 text not null,
  officer_id uuid not null,
  taken int not null,
  repeated int not null,
  errors jsonb not null,
  at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, officer_id) references officer (tenant_id, id)
);
create index history_import_officer on history_import (tenant_id, officer_id);
comment on table history_import is 'A file of old prescriptions and payments that an officer brought in.';

create table foreign_record (
  tenant_id int not null references tenant (id),
  system text not null,
  kind text not null check (kind in ('prescription', 'payment', 'fine')),
  external_id text not null,
  subject uuid not null,
  content_hash text not null,
  import_id uuid,
  taken_at timestamptz not null,
  reported text not null default '',
  primary key (tenant_id, system, kind, external_id),
  foreign key (tenant_id, import_id) references history_import (tenant_id, id)
);
create unique index foreign_record_subject on foreign_record (tenant_id, subject);
create index foreign_record_import on foreign_record (tenant_id, import_id) where import_id is not null;
comment on table foreign_record is 'Under which id another system knows a prescription or payment of ours. Makes taking over idempotent.';
comment on column foreign_record.subject is 'Our prescription or payment.';
comment on column foreign_record.content_hash is 'Of what came: the same id with another content is refused, not written over.';
comment on column foreign_record.reported is 'The last state handed back to that system, e.g. paid:50000.';

-- What happened in the books since a moment is looked for in the order in which it was written down.
create index ledger_transaction_recorded on ledger_transaction (tenant_id, recorded_at);
create index prescription_open_due on prescription (tenant_id, due_date) where cancelled_at is null and debtor_id is not null;

call wall(array['payment_group', 'payment_group_item', 'return_request', 'reminder_setting', 'money_notice', 'history_import', 'foreign_record']);
revoke delete on payment_group, payment_group_item, return_request, money_notice, history_import, foreign_record from vyrizeno_app;
revoke update on payment_group, payment_group_item, history_import from vyrizeno_app;
