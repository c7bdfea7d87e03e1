-- Officers as the directory of the office knows them, and how often somebody tried a password.
alter table officer
  add column source text not null default 'login' check (source in ('login', 'directory')),
  add column left_at timestamptz,
  add constraint officer_left check (left_at is null or not active);
comment on column officer.source is 'directory = taken over by the synchronisation, which also says when he left; login = known by logging in or from the demo.';
comment on column officer.left_at is 'When the directory ceased to know him; it brings him back by itself. Null and inactive = an administrator deactivated him, and only he brings him back.';

create table officer_event (
  tenant_id int not null,
  id uuid not null,
  officer_id uuid not null,
  kind text not null check (kind in ('arrived', 'left', 'returned', 'regrouped')),
  detail jsonb not null default '{}',
  at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, officer_id) references officer (tenant_id, id)
);
create index officer_event_officer on officer_event (tenant_id, officer_id, at);
comment on table officer_event is 'What the synchronisation with the directory changed about an officer; rows are only added.';

create table directory_sync (
  tenant_id int not null primary key references tenant (id),
  tried_at timestamptz not null,
  succeeded_at timestamptz,
  outcome text not null check (outcome in ('done', 'failed', 'refused')),
  code text not null default '',
  about text not null default '',
  officers int not null default 0,
  leavers int not null default 0,
  failing_since timestamptz,
  told_at timestamptz,
  allowed_leavers int,
  allowed_by uuid,
  foreign key (tenant_id, allowed_by) references officer (tenant_id, id)
);
comment on table directory_sync is 'How the last synchronisation with the directory ended: one row for a town.';
comment on column directory_sync.outcome is 'refused = the directory answered, but so many would leave that it was not believed; nothing was changed.';
comment on column directory_sync.told_at is 'When administrators were told that it does not work; once for one trouble.';
comment on column directory_sync.allowed_leavers is 'An administrator allowed so many to leave at once, in the next synchronisation only.';

create table login_attempt (
  tenant_id int not null references tenant (id),
  account_hash text not null,
  failures int not null,
  last_at timestamptz not null,
  blocked_until timestamptz,
  primary key (tenant_id, account_hash)
);
create index login_attempt_last on login_attempt (tenant_id, last_at);
comment on table login_attempt is 'Wrong passwords of one name in a row, whether anybody has that name or not (OWASP ASVS 5.0, 6.3.1).';
comment on column login_attempt.account_hash is 'SHA-256 (hex) of the name in lower case; the name itself is not kept.';

call wall(array['officer_event', 'directory_sync', 'login_attempt']);
