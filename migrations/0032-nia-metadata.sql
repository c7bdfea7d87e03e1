-- What NIA publishes about itself: its signed metadata as they came, so that the town knows NIA's signing keys after a restart without the network too.
create table nia_metadata (
  tenant_id int not null references tenant (id),
  source text not null,
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  xml text not null,
  first_read_at timestamptz not null,
  last_read_at timestamptz not null,
  valid_until timestamptz,
  superseded_at timestamptz,
  primary key (tenant_id, source, digest)
);
create unique index nia_metadata_current on nia_metadata (tenant_id, source) where superseded_at is null;
comment on table nia_metadata is 'Nothing is believed because it stands here: the signature is verified at every use with the certificates of the settings.';
comment on column nia_metadata.source is 'The address they were read from.';
comment on column nia_metadata.digest is 'SHA-256 (hex) of the document: one that was superseded is not taken again (replay).';

create table nia_metadata_reading (
  tenant_id int not null references tenant (id),
  source text not null,
  next_at timestamptz not null,
  succeeded_at timestamptz,
  failing_since timestamptz,
  code text not null default '',
  primary key (tenant_id, source)
);
comment on table nia_metadata_reading is 'How the last reading of metadata ended and when the next one is due: one row for an address.';

call wall(array['nia_metadata', 'nia_metadata_reading']);
