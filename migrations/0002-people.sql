-- Citizens, officers and their sessions.
create table person (
  tenant_id int not null references tenant (id),
  id uuid not null,
  given_name text not null,
  family_name text not null,
  birth_date date,
  place_of_birth text,
  address jsonb,
  email text,
  phone text,
  data_box text,
  data_box_checked_at timestamptz,
  lang text not null default 'cs',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id)
);
comment on table person is 'Citizens as they showed themselves through an identity provider. No birth numbers.';
comment on column person.data_box_checked_at is 'When ISDS was last asked whether the person has a box.';
comment on column person.address is '{street, houseNumber, orientationNumber, city, cityPart, postCode, ruian}';

create table person_identity (
  tenant_id int not null,
  provider text not null,
  subject text not null,
  person_id uuid not null,
  loa text not null,
  last_login_at timestamptz not null,
  primary key (tenant_id, provider, subject),
  foreign key (tenant_id, person_id) references person (tenant_id, id)
);
create index person_identity_person on person_identity (tenant_id, person_id);
comment on column person_identity.subject is 'Pseudonym at the provider (NIA: PersonIdentifier).';

create table officer (
  tenant_id int not null references tenant (id),
  id uuid not null,
  subject text not null,
  name text not null,
  email text not null,
  active boolean not null default true,
  last_login_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, subject)
);
create table officer_group (
  tenant_id int not null,
  officer_id uuid not null,
  group_name text not null,
  primary key (tenant_id, officer_id, group_name),
  foreign key (tenant_id, officer_id) references officer (tenant_id, id) on delete cascade
);

create table session (
  tenant_id int not null references tenant (id),
  id_hash text not null,
  kind text not null check (kind in ('citizen', 'officer')),
  person_id uuid,
  officer_id uuid,
  loa text,
  csrf_token text not null,
  detail jsonb not null default '{}',
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (tenant_id, id_hash),
  foreign key (tenant_id, person_id) references person (tenant_id, id),
  foreign key (tenant_id, officer_id) references officer (tenant_id, id),
  check ((kind = 'citizen' and person_id is not null and officer_id is null) or (kind = 'officer' and officer_id is not null and person_id is null))
);
create index session_person on session (tenant_id, person_id);
create index session_officer on session (tenant_id, officer_id);
create index session_expires on session (tenant_id, expires_at);
comment on column session.id_hash is 'SHA-256 (hex) of the cookie; the cookie itself is never stored.';

create table login_transaction (
  tenant_id int not null references tenant (id),
  id text not null,
  kind text not null,
  return_path text not null,
  detail jsonb not null default '{}',
  created_at timestamptz not null,
  used_at timestamptz,
  primary key (tenant_id, id)
);
comment on table login_transaction is 'A login under way, by InResponseTo or state; used once.';

create table seen_assertion (
  tenant_id int not null references tenant (id),
  id text not null,
  until timestamptz not null,
  primary key (tenant_id, id)
);
comment on table seen_assertion is 'Replay cache of SAML assertions until NotOnOrAfter.';

call wall(array['person', 'person_identity', 'officer', 'officer_group', 'session', 'login_transaction', 'seen_assertion']);
