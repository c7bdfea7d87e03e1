-- The paper that proves a representation (plná moc, výpis z rejstříku, rozhodnutí soudu) as a file: kept as it came, whatever becomes of the representation.
-- § 33 zákona č. 500/2004 Sb.: zmocnění se prokazuje písemnou plnou mocí.
create table representation_evidence (
  tenant_id int not null references tenant (id),
  id uuid not null,
  name text not null,
  mime text not null,
  size int not null,
  sha256 text not null,
  content bytea not null,
  added_by text not null,
  added_at timestamptz not null,
  primary key (tenant_id, id)
);
alter table representation_evidence alter column content set storage external;
comment on table representation_evidence is 'One file of one representation or of the offer that it came from. Never changed and never deleted: it is evidence.';
comment on column representation_evidence.added_by is '`person:<id>` or `officer:<id>`.';

alter table representation
  add column evidence_id uuid,
  add constraint representation_evidence_file foreign key (tenant_id, evidence_id) references representation_evidence (tenant_id, id);
create index representation_evidence_file on representation (tenant_id, evidence_id) where evidence_id is not null;
comment on column representation.evidence_id is 'Written once.';

alter table representation_invitation
  add column evidence_id uuid,
  add constraint representation_invitation_evidence_file foreign key (tenant_id, evidence_id) references representation_evidence (tenant_id, id);
create index representation_invitation_evidence_file on representation_invitation (tenant_id, evidence_id) where evidence_id is not null;
comment on column representation_invitation.evidence_id is 'Goes over to the representation when its holder accepts.';

call wall(array['representation_evidence']);
revoke update, delete on representation_evidence from vyrizeno_app;
create trigger representation_evidence_append_only before update or delete or truncate on representation_evidence for each statement execute function refuse_change();
