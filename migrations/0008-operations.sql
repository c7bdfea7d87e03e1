-- What officers do to running cases beside their tasks: reasons of interventions, suspension, and batches of cases with their progress.
alter table cases add column suspended_at timestamptz;
comment on column cases.suspended_at is 'Since when an officer has stopped the case; null = it runs. Written together with the engine''s own state.';
create index cases_suspended on cases (tenant_id, suspended_at) where suspended_at is not null;

create table operation (
  tenant_id int not null,
  id uuid not null,
  case_id uuid not null,
  kind text not null,
  reason text not null,
  officer_id uuid not null,
  at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, case_id) references cases (tenant_id, id),
  foreign key (tenant_id, officer_id) references officer (tenant_id, id)
);
create index operation_case on operation (tenant_id, case_id, at);
comment on table operation is 'Why an officer intervened in a case. The journal names the row and the hash of its reason; the words stay here, where they can be erased.';

create table case_batch (
  tenant_id int not null references tenant (id),
  id uuid not null,
  kind text not null check (kind in ('migrate', 'revert', 'retry')),
  rehearsal boolean not null,
  situation text,
  from_version uuid,
  to_version uuid,
  plan jsonb,
  reason text not null,
  state text not null check (state in ('running', 'paused', 'done', 'stopped')),
  officer_id uuid not null,
  officer_groups text[] not null,
  created_at timestamptz not null,
  finished_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, officer_id) references officer (tenant_id, id),
  foreign key (tenant_id, from_version) references situation_version (tenant_id, id),
  foreign key (tenant_id, to_version) references situation_version (tenant_id, id)
);
create index case_batch_running on case_batch (tenant_id, created_at) where state = 'running';
create index case_batch_situation on case_batch (tenant_id, situation, created_at desc);
create index case_batch_officer on case_batch (tenant_id, officer_id);
create index case_batch_from on case_batch (tenant_id, from_version);
create index case_batch_to on case_batch (tenant_id, to_version);
comment on table case_batch is 'One act on many cases, carried out case by case by a job: each case in a transaction of its own, so that it goes on after a crash where it stopped.';
comment on column case_batch.rehearsal is 'Everything is done by the same code and taken back: only the verdicts stay.';
comment on column case_batch.officer_groups is 'The rights under which the batch was ordered; it runs when the officer is gone home.';

create table case_batch_item (
  tenant_id int not null,
  batch_id uuid not null,
  case_id uuid not null,
  place int not null,
  subject text,
  state text not null default 'waiting' check (state in ('waiting', 'done', 'refused', 'skipped')),
  verdict jsonb,
  leased_until timestamptz,
  finished_at timestamptz,
  primary key (tenant_id, batch_id, place),
  unique nulls not distinct (tenant_id, batch_id, case_id, subject),
  foreign key (tenant_id, batch_id) references case_batch (tenant_id, id),
  foreign key (tenant_id, case_id) references cases (tenant_id, id)
);
create index case_batch_item_open on case_batch_item (tenant_id, batch_id, place) where state = 'waiting';
create index case_batch_item_case on case_batch_item (tenant_id, case_id);
comment on column case_batch_item.subject is 'The incident that is retried; null where the case itself is the subject.';
comment on column case_batch_item.verdict is 'What came of it: changes, or codes why it could not be. Never personal data.';

create table case_before (
  tenant_id int not null,
  case_id uuid not null,
  batch_id uuid not null,
  version_id uuid not null,
  engine_state text not null,
  after_hash text not null,
  revertible boolean not null,
  migrated_at timestamptz not null,
  primary key (tenant_id, case_id),
  foreign key (tenant_id, case_id) references cases (tenant_id, id),
  foreign key (tenant_id, batch_id) references case_batch (tenant_id, id),
  foreign key (tenant_id, version_id) references situation_version (tenant_id, id)
);
create index case_before_batch on case_before (tenant_id, batch_id);
create index case_before_version on case_before (tenant_id, version_id);
create index case_before_age on case_before (tenant_id, migrated_at);
comment on table case_before is 'A case as it was before its last migration, byte for byte; kept for a day, so that the migration can be taken back.';
comment on column case_before.after_hash is 'Hash of the engine''s state after the migration: the case has not moved as long as its state still has it.';

call wall(array['operation', 'case_batch', 'case_batch_item', 'case_before']);
