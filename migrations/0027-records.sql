-- Records service (spisová služba): the register of documents and files that every town has, and the acts that an outside service (eSSL) is still to be told.
-- One interface, two services: `builtin` gives the numbers itself, `essl` gets them from outside. Zákon č. 499/2004 Sb., § 63 až 68.
create table records_file (
  tenant_id int not null,
  case_id uuid not null,
  service text not null check (service in ('builtin', 'essl')),
  title text not null,
  group_code text,
  retention_code text not null check (retention_code in ('A', 'S', 'V')),
  retention_years int not null,
  opened_at timestamptz not null,
  state text not null check (state in ('open', 'settled', 'closed')),
  settled_at timestamptz,
  closed_at timestamptz,
  reopened_at timestamptz,
  outside_mark text,
  outside_ids jsonb not null default '[]',
  primary key (tenant_id, case_id),
  foreign key (tenant_id, case_id) references cases (tenant_id, id)
);
comment on table records_file is 'The file (spis) of a case. It stays with the service under which it was opened, whatever the town sets later.';
comment on column records_file.group_code is 'Věcná skupina of the town''s spisový plán; null = the plan has none for this life situation.';
comment on column records_file.retention_code is 'Skartační znak; retention_years is the skartační lhůta, counted from 1 January after the closing.';
comment on column records_file.outside_mark is 'Spisová značka given by the eSSL; ours (cases.mark) stays beside it.';
comment on column records_file.outside_ids is 'Identifiers given by other systems: [{value, source}]. Added to, never overwritten.';

create table records_document (
  tenant_id int not null,
  document_id uuid not null,
  case_id uuid not null,
  service text not null check (service in ('builtin', 'essl')),
  direction text not null check (direction in ('in', 'out')),
  title text not null,
  correspondent text not null,
  way text not null,
  year int not null,
  registered_at timestamptz not null,
  number text,
  numbered_at timestamptz,
  parts jsonb not null default '[]',
  outside_ids jsonb not null default '[]',
  dispatched_at timestamptz,
  dispatched_by text,
  dispatch_reference text,
  delivered_at timestamptz,
  delivered_how text,
  settled_at timestamptz,
  primary key (tenant_id, document_id),
  foreign key (tenant_id, document_id) references document (tenant_id, id),
  foreign key (tenant_id, case_id) references records_file (tenant_id, case_id)
);
create index records_document_journal on records_document (tenant_id, year, registered_at desc, document_id);
create index records_document_case on records_document (tenant_id, case_id, registered_at);
create index records_document_waiting on records_document (tenant_id, registered_at) where number is null;
comment on table records_document is 'Podací deník: every received and own document with its číslo jednací (§ 64 zákona č. 499/2004 Sb.).';
comment on column records_document.number is 'Číslo jednací; null = the eSSL has not given it yet. Written once.';
comment on column records_document.parts is 'Ids of the documents that came with it as its enclosures.';

create table records_act (
  tenant_id int not null,
  case_id uuid not null,
  seq int not null,
  kind text not null,
  document_id uuid,
  input jsonb not null,
  state text not null check (state in ('waiting', 'ordered', 'done', 'refused', 'skipped')),
  effect_key text,
  reason text,
  created_at timestamptz not null,
  finished_at timestamptz,
  primary key (tenant_id, case_id, seq),
  foreign key (tenant_id, case_id) references records_file (tenant_id, case_id),
  foreign key (tenant_id, document_id) references document (tenant_id, id)
);
create index records_act_open on records_act (tenant_id, case_id, seq) where state in ('waiting', 'ordered', 'refused');
create index records_act_effect on records_act (tenant_id, effect_key) where effect_key is not null;
create index records_act_document on records_act (tenant_id, document_id) where document_id is not null;
comment on table records_act is 'What an eSSL is to be told about a case, in this order: the next act is ordered when the one before it is done.';
comment on column records_act.seq is 'Steps of ten, so that an act that follows from an answer fits between.';

create table records_event (
  tenant_id int not null references tenant (id),
  id uuid not null,
  case_id uuid,
  document_id uuid,
  name text not null,
  text text not null,
  at timestamptz not null,
  seen_at timestamptz,
  seen_by uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, case_id) references cases (tenant_id, id),
  foreign key (tenant_id, document_id) references document (tenant_id, id),
  foreign key (tenant_id, seen_by) references officer (tenant_id, id)
);
create index records_event_open on records_event (tenant_id, at) where seen_at is null;
create index records_event_case on records_event (tenant_id, case_id, at) where case_id is not null;
create index records_event_document on records_event (tenant_id, document_id) where document_id is not null;
create index records_event_seen_by on records_event (tenant_id, seen_by) where seen_by is not null;
comment on table records_event is 'What happened in the eSSL without us and what a person should see: an assignee changed there, a file opened again.';

create table records_batch (
  tenant_id int not null references tenant (id),
  source text not null,
  target text not null,
  number bigint not null,
  digest text not null,
  received_at timestamptz not null,
  primary key (tenant_id, source, target, number)
);
comment on table records_batch is 'Batches of events that an eSSL pushed to us (ermsAsyn): Poradi is uninterrupted for each pair, a repeated one is not processed twice.';

call wall(array['records_file', 'records_document', 'records_act', 'records_event', 'records_batch']);
create index records_document_outside on records_document using gin (outside_ids jsonb_path_ops);
create index records_file_outside on records_file using gin (outside_ids jsonb_path_ops);
