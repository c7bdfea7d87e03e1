-- Settings of connectors that administrators saved in the browser, every revision of them, and how the connectors answered when they were last asked.
create table town_connector (
  tenant_id int not null references tenant (id),
  connector text not null check (connector ~ '^[A-Za-z][A-Za-z0-9]{0,39}$'),
  revision int not null check (revision > 0),
  settings jsonb not null default '{}',
  is_off boolean not null default false,
  taken_from int,
  changed_by uuid not null,
  changed_at timestamptz not null,
  primary key (tenant_id, connector, revision),
  foreign key (tenant_id, changed_by) references officer (tenant_id, id)
);
comment on table town_connector is 'The highest revision holds; nothing is ever changed or removed.';
comment on column town_connector.settings is 'Only what differs from the layer below (demo, or nothing). Secrets are {"file": "name"} in the folder of secrets, never contents.';
comment on column town_connector.taken_from is 'The earlier revision that an administrator went back to.';

create table connector_check (
  tenant_id int not null references tenant (id),
  connector text not null,
  checked_at timestamptz not null,
  is_ok boolean not null,
  text text not null,
  last_ok_at timestamptz,
  failing_since timestamptz,
  primary key (tenant_id, connector)
);
comment on table connector_check is 'The last answer to "do you work?", for people only: nothing is decided by it.';

call wall(array['town_connector', 'connector_check']);
revoke update, delete on town_connector from vyrizeno_app;
