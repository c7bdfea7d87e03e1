-- Cases, and what they wait for. No status column: what a case is doing follows from the rows of its waits.
create table cases (
  tenant_id int not null references tenant (id),
  id uuid not null,
  situation text not null,
  version_id uuid not null,
  mark text not null,
  applicant_id uuid,
  contact_email text,
  engine_state jsonb not null,
  revision int not null,
  head_hash text not null,
  filed_at timestamptz not null,
  last_activity_at timestamptz not null,
  document_number text,
  ended_at timestamptz,
  outcome text,
  primary key (tenant_id, id),
  unique (tenant_id, mark),
  foreign key (tenant_id, version_id) references situation_version (tenant_id, id),
  foreign key (tenant_id, applicant_id) references person (tenant_id, id)
);
create index cases_applicant on cases (tenant_id, applicant_id, filed_at desc);
create index cases_version on cases (tenant_id, version_id);
create index cases_filed on cases (tenant_id, filed_at desc);
comment on column cases.mark is 'Spisová značka.';
comment on column cases.contact_email is 'Where the applicant wants to be written to about this case, as he wrote it in the form; null = the address of his identity.';
comment on column cases.revision is '+1 with every command; equals the seq of the newest journal row.';
comment on column cases.head_hash is 'Hash of the newest journal row; the next one is chained to it.';
comment on column cases.ended_at is 'When the engine reached its end; written only by the projection of the engine''s result.';

create table task (
  tenant_id int not null,
  case_id uuid not null,
  execution_id text not null,
  element_id text not null,
  title text not null,
  role text not null,
  group_name text,
  form text,
  input jsonb not null default '{}',
  deadline text,
  due_at timestamptz,
  opened_at timestamptz not null,
  assignee_id uuid,
  closed_at timestamptz,
  closed_by text,
  draft jsonb,
  primary key (tenant_id, case_id, execution_id),
  foreign key (tenant_id, case_id) references cases (tenant_id, id),
  foreign key (tenant_id, assignee_id) references officer (tenant_id, id)
);
create index task_open_due on task (tenant_id, group_name, due_at) where closed_at is null;
create index task_open_assignee on task (tenant_id, assignee_id) where closed_at is null;
comment on column task.group_name is 'Group of officers; null for the applicant''s own tasks.';
comment on column task.closed_at is 'Completed or cancelled; closed_by says by whom (null = by the process).';

create table timer (
  tenant_id int not null,
  case_id uuid not null,
  execution_id text not null,
  element_id text not null,
  due_at timestamptz not null,
  deadline text,
  attached_to text,
  fired_at timestamptz,
  cancelled_at timestamptz,
  tried_at timestamptz,
  primary key (tenant_id, case_id, execution_id, due_at),
  foreign key (tenant_id, case_id) references cases (tenant_id, id)
);
comment on table timer is 'One row per due time: a repeating timer has a new row for each turn.';
create index timer_due on timer (tenant_id, due_at) where fired_at is null and cancelled_at is null;

create table subscription (
  tenant_id int not null,
  case_id uuid not null,
  execution_id text not null,
  element_id text not null,
  message text not null,
  attached_to text,
  since timestamptz not null,
  primary key (tenant_id, case_id, execution_id),
  foreign key (tenant_id, case_id) references cases (tenant_id, id)
);
comment on table subscription is 'Messages that a case waits for now.';

create table incident (
  tenant_id int not null,
  case_id uuid not null,
  execution_id text not null,
  id uuid not null,
  element_id text not null,
  element_name text not null,
  code text not null,
  reason text not null,
  since timestamptz not null,
  closed_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, case_id) references cases (tenant_id, id)
);
create index incident_open on incident (tenant_id, since) where closed_at is null;
create index incident_case on incident (tenant_id, case_id);

create table outbox (
  tenant_id int not null,
  key text not null,
  case_id uuid not null,
  execution_id text,
  element_id text,
  effect text not null,
  title text not null,
  input jsonb not null,
  state text not null check (state in ('ready', 'leased', 'done', 'refused', 'dead', 'dropped')),
  lease uuid,
  leased_until timestamptz,
  attempts int not null default 0,
  next_at timestamptz not null,
  last_error text,
  answer jsonb,
  created_at timestamptz not null,
  finished_at timestamptz,
  primary key (tenant_id, key),
  foreign key (tenant_id, case_id) references cases (tenant_id, id)
);
create index outbox_open on outbox (tenant_id, next_at) where state in ('ready', 'leased');
create index outbox_case on outbox (tenant_id, case_id);
create index outbox_dead on outbox (tenant_id, finished_at) where state = 'dead';
create index outbox_message on outbox (tenant_id, (answer ->> 'messageId')) where state = 'done';
comment on column outbox.key is 'Stable over all tries; known to the other side, which is asked by it before sending again.';
comment on column outbox.lease is 'Fencing token: an answer counts only with the lease under which the work was done.';

create table journal (
  tenant_id int not null,
  case_id uuid not null,
  seq int not null,
  at timestamptz not null,
  actor_kind text not null,
  actor_id text,
  kind text not null,
  detail jsonb not null,
  state_hash text not null,
  prev_hash text not null,
  hash text not null,
  primary key (tenant_id, case_id, seq),
  foreign key (tenant_id, case_id) references cases (tenant_id, id)
);
create index journal_at on journal (tenant_id, at);
comment on table journal is 'One row a command: append-only, hash-chained per case. Ids, never personal data.';

create table journal_head (
  tenant_id int not null references tenant (id),
  at timestamptz not null,
  cases int not null,
  digest text not null,
  signature text not null,
  key_id text not null,
  primary key (tenant_id, at)
);
comment on table journal_head is 'Hourly signed digest over the newest journal row of every case of the town.';

create table command (
  tenant_id int not null references tenant (id),
  id text not null,
  name text not null,
  case_id uuid,
  request_hash text not null,
  result jsonb not null,
  at timestamptz not null,
  primary key (tenant_id, id)
);
comment on table command is 'Answers already given: the same command id gives the same answer.';

call wall(array['cases', 'task', 'timer', 'subscription', 'incident', 'outbox', 'journal', 'journal_head', 'command']);
revoke update, delete on journal, journal_head, command from vyrizeno_app;

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'table % is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger journal_append_only before update or delete or truncate on journal for each statement execute function refuse_change();
create trigger journal_head_append_only before update or delete or truncate on journal_head for each statement execute function refuse_change();
