-- Addresses of the state's register (RÚIAN). A reference table of the whole country, shared by all towns: written by the import as the owner, read by all.
create table address_street (
  id int generated always as identity primary key,
  municipality_code int not null,
  municipality text not null,
  district text not null,
  part_code int not null,
  part text not null,
  street_code int not null,
  street text not null,
  plain text not null,
  words tsvector not null,
  points int not null,
  unique (municipality_code, part_code, street_code, district)
);
create index address_street_words on address_street using gin (words) with (fastupdate = off);
create index address_street_plain on address_street (plain text_pattern_ops);
comment on table address_street is 'A street in a part of a municipality, or the part itself where streets have no names (street_code 0).';
comment on column address_street.district is 'Praha 1 … in the capital, else empty.';
comment on column address_street.plain is 'What is searched, small letters without diacritics, the name people begin with first.';

create table address_point (
  code int primary key,
  street_id int not null references address_street (id),
  municipality_code int not null,
  is_evidence boolean not null,
  house_number int not null,
  orientation_number int,
  orientation_letter text not null default '',
  post_code int not null,
  y double precision,
  x double precision
);
create index address_point_street on address_point (street_id, house_number);
create index address_point_orientation on address_point (street_id, orientation_number) where orientation_number is not null;
create index address_point_municipality on address_point (municipality_code);
comment on table address_point is 'Adresní místo. y and x are S-JTSK as in the register''s file: positive; EPSG:5514 is their negative.';

create table address_import (
  municipality_code int primary key,
  municipality text not null,
  hash text not null,
  points int not null,
  imported_at timestamptz not null
);
comment on table address_import is 'What was read from which state of the register; a file that has not changed is passed over.';
grant select on address_street, address_point, address_import to vyrizeno_app;
