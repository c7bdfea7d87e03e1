-- Our register beside the ledger of the eSSL: which files were compared, and what differs until it is mended or somebody takes note of it with a reason.
create table records_check (
  tenant_id int not null,
  case_id uuid not null,
  asked_at timestamptz not null,
  asked_by uuid not null,
  checked_at timestamptz,
  outcome text check (outcome in ('same', 'differs', 'pending', 'unanswered')),
  note text,
  our_documents int not null default 0,
  their_documents int not null default 0,
  primary key (tenant_id, case_id),
  foreign key (tenant_id, case_id) references records_file (tenant_id, case_id),
  foreign key (tenant_id, asked_by) references officer (tenant_id, id),
  check ((checked_at is null) = (outcome is null))
);
create index records_check_waiting on records_check (tenant_id, asked_at) where checked_at is null or outcome = 'pending';
create index records_check_asked_by on records_check (tenant_id, asked_by);
comment on table records_check is 'The last comparison of a file with the eSSL; checked_at null = it is still to be asked.';
comment on column records_check.outcome is 'pending = the eSSL is still to be told something of this file, it is compared after that.';
comment on column records_check.note is 'Why the eSSL did not answer, in words.';

create table records_difference (
  tenant_id int not null,
  id uuid not null,
  case_id uuid not null,
  document_id uuid,
  kind text not null,
  subject text not null,
  ours text not null,
  theirs text not null,
  found_at timestamptz not null,
  gone_at timestamptz,
  sent_at timestamptz,
  sent_by uuid,
  seen_at timestamptz,
  seen_by uuid,
  seen_reason text,
  primary key (tenant_id, id),
  foreign key (tenant_id, case_id) references records_file (tenant_id, case_id),
  foreign key (tenant_id, document_id) references document (tenant_id, id),
  foreign key (tenant_id, sent_by) references officer (tenant_id, id),
  foreign key (tenant_id, seen_by) references officer (tenant_id, id),
  check ((seen_at is null) = (seen_by is null) and (seen_at is null) = (seen_reason is null))
);
create unique index records_difference_standing on records_difference (tenant_id, case_id, kind, subject) where gone_at is null;
create index records_difference_open on records_difference (tenant_id, found_at) where gone_at is null and seen_at is null;
create index records_difference_document on records_difference (tenant_id, document_id) where document_id is not null;
create index records_difference_sent_by on records_difference (tenant_id, sent_by) where sent_by is not null;
create index records_difference_seen_by on records_difference (tenant_id, seen_by) where seen_by is not null;
comment on column records_difference.subject is 'What it is about within the file: our id of the document, the identifier that the eSSL gave, or empty for the file itself.';
comment on column records_difference.gone_at is 'A later comparison did not find it any more.';
comment on column records_difference.seen_reason is 'Why it stays as it is; said again only when it changes.';

call wall(array['records_check', 'records_difference']);
