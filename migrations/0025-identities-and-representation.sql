-- One person with several identities, companies, and acting on behalf of somebody else.
alter table person
  add column kind text not null default 'person' check (kind in ('person', 'company')),
  add column ico text check (ico ~ '^[0-9]{8}$'),
  add column merged_into uuid,
  add constraint person_company check ((kind = 'company') = (ico is not null)),
  add constraint person_merged foreign key (tenant_id, merged_into) references person (tenant_id, id),
  add constraint person_merged_into_other check (merged_into <> id);
create unique index person_ico on person (tenant_id, ico) where ico is not null;
create index person_merged_into on person (tenant_id, merged_into) where merged_into is not null;
comment on column person.kind is 'A company has its name in family_name and an empty given_name; it never logs in, somebody acts for it.';
comment on column person.merged_into is 'The same human being under another record: both identities were proved at once. Its cases and drafts move there, its payer''s account stays under its own id.';

alter table person_identity add column linked_at timestamptz;
comment on column person_identity.linked_at is 'When it was first used or joined; null = before this was kept.';

create table representation (
  tenant_id int not null references tenant (id),
  id uuid not null,
  principal_id uuid not null,
  representative_id uuid not null,
  kind text not null check (kind in ('statutory', 'mandate', 'guardian', 'data-box')),
  situations text[] check (cardinality(situations) > 0),
  acts text[] not null check (acts <@ array['read', 'file', 'account'] and cardinality(acts) > 0),
  may_grant boolean not null default false,
  valid_from date not null,
  valid_to date,
  evidence text not null default '',
  case_id uuid,
  data_box text,
  granted_by text not null,
  granted_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by text,
  primary key (tenant_id, id),
  foreign key (tenant_id, principal_id) references person (tenant_id, id),
  foreign key (tenant_id, representative_id) references person (tenant_id, id),
  foreign key (tenant_id, case_id) references cases (tenant_id, id),
  check (principal_id <> representative_id),
  check (valid_to is null or valid_to >= valid_from),
  check ((revoked_at is null) = (revoked_by is null)),
  check ((kind = 'data-box') = (data_box is not null))
);
create index representation_principal on representation (tenant_id, principal_id);
create index representation_representative on representation (tenant_id, representative_id);
create index representation_case on representation (tenant_id, case_id) where case_id is not null;
create unique index representation_box on representation (tenant_id, principal_id, representative_id) where kind = 'data-box' and revoked_at is null;
comment on table representation is 'Who may act for whom (§ 33 and § 34 zákona č. 500/2004 Sb., § 25 to § 31 zákona č. 280/2009 Sb., § 436 zákona č. 89/2012 Sb.). Never deleted: it is the evidence for what was done.';
comment on column representation.situations is 'Life situations it covers; null = all.';
comment on column representation.acts is 'read = see cases and documents, file = file and act in them, account = see the payer''s account and pay.';
comment on column representation.may_grant is 'A statutory body may give a mandate in the name of the company; a holder of a mandate may not pass it on.';
comment on column representation.valid_to is 'Last day; null = until it is revoked.';
comment on column representation.evidence is 'What proves it, in words: number and date of the power of attorney, extract of the register, ruling of the court.';
comment on column representation.data_box is 'Box through which the representative logged in; it counts only in the session that came through this box.';
comment on column representation.granted_by is '`person:<id>`, `officer:<id>` or `isds`.';

create table representation_invitation (
  tenant_id int not null references tenant (id),
  id uuid not null,
  code_hash text not null,
  principal_id uuid not null,
  kind text not null check (kind in ('statutory', 'mandate', 'guardian')),
  situations text[] check (cardinality(situations) > 0),
  acts text[] not null check (acts <@ array['read', 'file', 'account'] and cardinality(acts) > 0),
  valid_from date not null,
  valid_to date,
  evidence text not null default '',
  case_id uuid,
  granted_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  withdrawn_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, code_hash),
  foreign key (tenant_id, principal_id) references person (tenant_id, id),
  foreign key (tenant_id, case_id) references cases (tenant_id, id),
  check (valid_to is null or valid_to >= valid_from)
);
create index representation_invitation_principal on representation_invitation (tenant_id, principal_id);
create index representation_invitation_case on representation_invitation (tenant_id, case_id) where case_id is not null;
comment on table representation_invitation is 'A mandate that waits for its holder: whoever has the code accepts it with his own login, once.';

create table person_event (
  tenant_id int not null references tenant (id),
  id uuid not null,
  person_id uuid not null,
  at timestamptz not null,
  kind text not null,
  actor text not null,
  detail jsonb not null default '{}',
  primary key (tenant_id, id),
  foreign key (tenant_id, person_id) references person (tenant_id, id)
);
create index person_event_person on person_event (tenant_id, person_id, at);
comment on table person_event is 'What happened to identities and representation: only added. Ids and codes, never personal data.';

alter table session
  add column provider text,
  add column subject text,
  add column device text,
  add column acting_for uuid,
  add column data_box text,
  add constraint session_acting foreign key (tenant_id, acting_for) references representation (tenant_id, id);
create index session_acting_for on session (tenant_id, acting_for) where acting_for is not null;
comment on column session.subject is 'The identity it was opened with; its sessions end when the identity is taken away.';
comment on column session.device is 'What the browser said of itself, shortened.';
comment on column session.acting_for is 'Representation under which the person acts now; null = for himself.';
comment on column session.data_box is 'Box of a company through which the person logged in.';

alter table cases
  add column representative_id uuid,
  add column representation_id uuid,
  add constraint cases_representative foreign key (tenant_id, representative_id) references person (tenant_id, id),
  add constraint cases_representation foreign key (tenant_id, representation_id) references representation (tenant_id, id);
create index cases_representative on cases (tenant_id, representative_id) where representative_id is not null;
create index cases_representation on cases (tenant_id, representation_id) where representation_id is not null;
comment on column cases.representative_id is 'Who filed it for the applicant; null = the applicant himself.';

call wall(array['representation', 'representation_invitation', 'person_event']);
revoke update, delete on person_event from vyrizeno_app;
revoke delete on representation from vyrizeno_app;
create trigger person_event_append_only before update or delete or truncate on person_event for each statement execute function refuse_change();
