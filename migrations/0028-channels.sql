-- How a person is reached: addresses that he has proved to be his, what he wants to be told where, and addresses that do not work.
create table contact (
  tenant_id int not null,
  person_id uuid not null,
  channel text not null check (channel in ('email', 'sms')),
  address text not null,
  confirmed_at timestamptz not null,
  primary key (tenant_id, person_id, channel),
  foreign key (tenant_id, person_id) references person (tenant_id, id)
);
create index contact_address on contact (tenant_id, channel, lower(address));
comment on table contact is 'An e-mail confirmed by a link, a telephone confirmed by a code. What an identity provider tells is only offered to be confirmed.';

create table contact_proof (
  tenant_id int not null,
  person_id uuid not null,
  channel text not null check (channel in ('email', 'sms')),
  address text not null,
  secret_hash text not null,
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  tries smallint not null default 0,
  day date not null,
  sent_on_day smallint not null default 1,
  primary key (tenant_id, person_id, channel),
  foreign key (tenant_id, person_id) references person (tenant_id, id)
);
comment on table contact_proof is 'A confirmation under way, one for a person and channel. The secret itself is never stored.';
comment on column contact_proof.sent_on_day is 'Messages sent on the legal day `day`: each costs money or annoys somebody.';

create table broken_address (
  tenant_id int not null references tenant (id),
  address text not null,
  permanent boolean not null,
  since timestamptz not null,
  last_at timestamptz not null,
  bounces int not null default 1,
  status text not null default '',
  reason text not null default '',
  primary key (tenant_id, address)
);
comment on table broken_address is 'E-mail addresses (small letters) from which our mail came back. A permanent one is written to no more, until its owner confirms it anew.';
comment on column broken_address.status is 'RFC 3463: 5.1.1 and the like; empty when the other side did not say.';

alter table reminder_setting
  drop constraint reminder_setting_event_check,
  add constraint reminder_setting_event_check check (event in ('case-turn', 'case-ended', 'prescribed', 'due-soon', 'overdue', 'cleared', 'returned')),
  add column by_data_box boolean not null default false;
comment on table reminder_setting is 'What a citizen wants to be told and where. Without a row the house''s own choice holds; the portal shows everything anyway.';
alter table money_notice add column data_box_key text;
comment on column money_notice.data_box_key is 'Of the data message.';

create index inbox_mail_id on inbox (tenant_id, (payload ->> 'messageId')) where kind = 'mail-message';

call wall(array['contact', 'contact_proof', 'broken_address']);
