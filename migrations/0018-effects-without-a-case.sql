-- Work outside that belongs to no case: payments ordered at a gateway, returns of money, letters of a yearly run, exports. Its answer is told to a named listener.
alter table outbox
  alter column case_id drop not null,
  add column listener text,
  add column subject uuid,
  add constraint outbox_told_to_one check (case_id is null or listener is null),
  add constraint outbox_steps_have_a_case check (case_id is not null or (execution_id is null and element_id is null));
create index outbox_subject on outbox (tenant_id, subject) where subject is not null;
comment on column outbox.case_id is 'The case that ordered it and is told the answer; null for work of no case.';
comment on column outbox.listener is 'Who is told the answer of work without a case: a name in server/jobs/listeners.ts; null = nobody.';
comment on column outbox.subject is 'What work without a case is about, for its listener: a card payment, a return, an export.';

alter table file drop constraint file_owner_kind_check;
alter table file add constraint file_owner_kind_check check (owner_kind in ('draft', 'task', 'case', 'inbox', 'outgoing'));
comment on column file.owner_kind is 'outgoing = made by us for somebody outside without a case: a bulk letter, an export; owner_id then says which.';
