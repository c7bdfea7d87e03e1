-- Messages and signals between cases: whom they reach, how long they are kept for somebody, and which situations they start.
alter table subscription add column kind text not null default 'message' check (kind in ('message', 'signal'));
alter table subscription add column correlation_key text;
create index subscription_name on subscription (tenant_id, kind, message);
comment on table subscription is 'Messages and signals that a case waits for now: the correlation table.';
comment on column subscription.correlation_key is 'Only a message with this very key is meant (spis:key); null takes any.';

alter table inbox add column expires_at timestamptz;
comment on column inbox.expires_at is 'A message of a case that nobody waits for is kept until then; afterwards a person is shown it.';
create index inbox_between_cases on inbox (tenant_id, (payload ->> 'name')) where processed_at is null and source = 'case';

create table message_start (
  tenant_id int not null,
  kind text not null check (kind in ('message', 'signal')),
  name text not null,
  situation text not null,
  element_id text not null,
  version_id uuid not null,
  primary key (tenant_id, kind, name, situation, element_id),
  foreign key (tenant_id, version_id) references situation_version (tenant_id, id)
);
create index message_start_version on message_start (tenant_id, version_id);
comment on table message_start is 'Start events of the newest versions that a message or signal of another case founds a case by; replaced at each publication.';

call wall(array['message_start']);
