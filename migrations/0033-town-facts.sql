-- Who the town is (name, address, contacts, accounts), as administrators say it in the browser, every revision of it; and which account took payments since when.
create table town_facts (
  tenant_id int not null references tenant (id),
  revision int not null check (revision > 0),
  facts jsonb not null default '{}',
  taken_from int,
  changed_by uuid not null,
  changed_at timestamptz not null,
  primary key (tenant_id, revision),
  foreign key (tenant_id, changed_by) references officer (tenant_id, id)
);
create index town_facts_changed_by on town_facts (tenant_id, changed_by);
comment on table town_facts is 'The highest revision holds; nothing is ever changed or removed.';
comment on column town_facts.facts is 'Only what differs from the layer below (demo or starting values). What the file of the operator says is never here.';
comment on column town_facts.taken_from is 'The earlier revision that an administrator went back to; 0 = none of them.';

create table town_account (
  tenant_id int not null references tenant (id),
  since timestamptz not null,
  account text not null check (account ~ '^(\d{1,6}-)?\d{2,10}/\d{4}$'),
  primary key (tenant_id, since)
);
comment on table town_account is 'Account for payments since a moment, wherever it was said (file or browser). A prescription keeps the account that held when it was made; older ones than the first row have that of the first row.';

call wall(array['town_facts', 'town_account']);
revoke update, delete on town_facts from vyrizeno_app;
revoke update, delete on town_account from vyrizeno_app;
