-- What came from outside: kept first, understood afterwards.
create table inbox (
  tenant_id int not null references tenant (id),
  source text not null,
  message_id text not null,
  id uuid not null,
  kind text not null,
  payload jsonb not null,
  received_at timestamptz not null,
  attempts int not null default 0,
  next_at timestamptz not null,
  processed_at timestamptz,
  result text,
  reason text,
  case_id uuid,
  primary key (tenant_id, source, message_id),
  unique (tenant_id, id),
  foreign key (tenant_id, case_id) references cases (tenant_id, id)
);
create index inbox_open on inbox (tenant_id, next_at) where processed_at is null;
create index inbox_unsorted on inbox (tenant_id, received_at) where result = 'unsorted';

create table inbox_cursor (
  tenant_id int not null references tenant (id),
  source text not null,
  cursor text,
  polled_at timestamptz not null,
  primary key (tenant_id, source)
);

create table connector_trouble (
  tenant_id int not null references tenant (id),
  connector text not null,
  since timestamptz not null,
  last_at timestamptz not null,
  error text not null,
  primary key (tenant_id, connector)
);
comment on table connector_trouble is 'Connectors that do not answer now; shown to citizens and officers, removed at the first success.';

call wall(array['inbox', 'inbox_cursor', 'connector_trouble']);
