-- A transfer of a gateway that does not add up is somebody's work, until he says how it ended.
alter table gateway_transfer add column resolved_by uuid, add column resolved_at timestamptz, add column resolution text;
alter table gateway_transfer add foreign key (tenant_id, resolved_by) references officer (tenant_id, id);
alter table gateway_transfer add constraint gateway_transfer_resolved
  check ((resolved_by is null) = (resolved_at is null) and (resolved_by is null) = (resolution is null) and (resolved_by is null or trouble is not null));
comment on column gateway_transfer.resolution is 'What came of the trouble, in the words of who dealt with it.';
create index gateway_transfer_trouble on gateway_transfer (tenant_id, day) where trouble is not null and resolved_at is null;
