-- Life situations: immutable versions and the drafts of analysts.
create table situation_version (
  tenant_id int not null references tenant (id),
  id uuid not null,
  situation text not null,
  number int not null,
  content_hash text not null,
  files jsonb not null,
  note text not null default '',
  published_at timestamptz not null,
  published_by text not null,
  primary key (tenant_id, id),
  unique (tenant_id, situation, number)
);
comment on table situation_version is 'A published version; never changed. Cases point at it for as long as they live.';
comment on column situation_version.files is 'Text files of the folder by relative path.';

create table situation_draft (
  tenant_id int not null references tenant (id),
  situation text not null,
  files jsonb not null,
  revision int not null,
  based_on int not null,
  saved_at timestamptz not null,
  saved_by text not null,
  primary key (tenant_id, situation)
);

call wall(array['situation_version', 'situation_draft']);
revoke update, delete on situation_version from vyrizeno_app;
