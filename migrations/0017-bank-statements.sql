-- Bank statements: each file is kept in the inbox as it came; here is what was read from it, and each movement of an account exactly once.
create table bank_statement (
  tenant_id int not null references tenant (id),
  id uuid not null,
  inbox_id uuid not null,
  place int not null,
  format text not null check (format in ('gpc', 'camt', 'fio')),
  account text not null,
  number int,
  from_day date not null,
  to_day date not null,
  currency text not null,
  opening bigint not null,
  closing bigint not null,
  problems jsonb not null default '[]',
  actor text not null,
  imported_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, inbox_id, place),
  foreign key (tenant_id, inbox_id) references inbox (tenant_id, id),
  check (from_day <= to_day)
);
create index bank_statement_account on bank_statement (tenant_id, account, to_day, number);
comment on table bank_statement is 'A statement that balanced and was booked. A file that was refused is only in the inbox, with its reason.';
comment on column bank_statement.place is 'Order in its file, from 1.';
comment on column bank_statement.opening is 'Hundredths of the currency, like closing.';

create table bank_item (
  tenant_id int not null references tenant (id),
  id text not null,
  account text not null,
  day date not null,
  amount bigint not null,
  currency text not null,
  vs text not null,
  ks text not null,
  ss text not null,
  counter_account text not null,
  name text not null,
  message text not null,
  is_reversal boolean not null,
  outcome text not null check (outcome in ('credited', 'reversed', 'returned', 'settled', 'other', 'held', 'nothing')),
  subject text,
  imported_at timestamptz not null,
  primary key (tenant_id, id)
);
create index bank_item_day on bank_item (tenant_id, account, day);
create index bank_item_held on bank_item (tenant_id, day) where outcome = 'held';
comment on table bank_item is 'A movement of the town''s account, once, however many statements carry it. The id is the reader''s: account and the bank''s reference, else a hash.';
comment on column bank_item.amount is 'Hundredths of the currency; credit positive.';
comment on column bank_item.outcome is 'credited = a payment, reversed = took a payment back, returned = carried our refund, settled = bulk transfer of a gateway, other = none of ours, held = waits for a person (foreign currency), nothing = moved no money.';
comment on column bank_item.subject is 'Payment, refund, or transaction of the ledger that it became.';

create table bank_statement_item (
  tenant_id int not null,
  statement_id uuid not null,
  place int not null,
  item_id text not null,
  primary key (tenant_id, statement_id, place),
  foreign key (tenant_id, statement_id) references bank_statement (tenant_id, id),
  foreign key (tenant_id, item_id) references bank_item (tenant_id, id)
);
create index bank_statement_item_item on bank_statement_item (tenant_id, item_id);
comment on table bank_statement_item is 'Which statements carry which movement: overlapping days share them.';

-- Refused files, for the page that shows them.
create index inbox_statements on inbox (tenant_id, received_at desc) where kind = 'bank-statement';

call wall(array['bank_statement', 'bank_item', 'bank_statement_item']);
revoke delete on bank_statement, bank_item, bank_statement_item from vyrizeno_app;
revoke update on bank_statement, bank_statement_item from vyrizeno_app;
