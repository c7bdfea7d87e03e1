-- Drafts of citizens, files, documents of a case, numbers.
create table draft (
  tenant_id int not null,
  id uuid not null,
  person_id uuid not null,
  situation text not null,
  version_id uuid not null,
  "values" jsonb not null default '{}',
  sources jsonb not null default '{}',
  page text,
  revision int not null,
  created_at timestamptz not null,
  saved_at timestamptz not null,
  submitted_case uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, person_id) references person (tenant_id, id),
  foreign key (tenant_id, version_id) references situation_version (tenant_id, id)
);
create index draft_person on draft (tenant_id, person_id) where submitted_case is null;

create table file (
  tenant_id int not null references tenant (id),
  id uuid not null,
  owner_kind text not null check (owner_kind in ('draft', 'task', 'case', 'inbox')),
  owner_id text not null,
  case_id uuid,
  field text not null,
  name text not null,
  mime text not null,
  size int not null,
  sha256 text not null,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, case_id) references cases (tenant_id, id)
);
create index file_owner on file (tenant_id, owner_kind, owner_id);
create index file_case on file (tenant_id, case_id);

create table file_content (
  tenant_id int not null,
  file_id uuid not null,
  content bytea not null,
  primary key (tenant_id, file_id),
  foreign key (tenant_id, file_id) references file (tenant_id, id) on delete cascade
);
alter table file_content alter column content set storage external;

create table document (
  tenant_id int not null,
  id uuid not null,
  case_id uuid not null,
  kind text not null,
  title text not null,
  number text,
  direction text not null check (direction in ('in', 'out')),
  content jsonb,
  file_id uuid,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, case_id) references cases (tenant_id, id),
  foreign key (tenant_id, file_id) references file (tenant_id, id)
);
create index document_case on document (tenant_id, case_id, created_at);
create unique index document_number on document (tenant_id, number) where number is not null;
comment on column document.content is 'What the document says, as data; the PDF is made from it once and kept as file_id.';

create table number_series (
  tenant_id int not null references tenant (id),
  series text not null,
  year int not null,
  last bigint not null,
  primary key (tenant_id, series, year)
);
comment on table number_series is 'Gap-free numbers: taken inside the transaction that uses them.';

create table note (
  tenant_id int not null,
  id uuid not null,
  case_id uuid not null,
  officer_id uuid not null,
  text text not null,
  at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, case_id) references cases (tenant_id, id),
  foreign key (tenant_id, officer_id) references officer (tenant_id, id)
);
create index note_case on note (tenant_id, case_id, at);

call wall(array['draft', 'file', 'file_content', 'document', 'number_series', 'note']);
