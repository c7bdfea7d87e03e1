-- What data messages mean to cases: how a received one was placed, how each one that we sent stands, by which way a letter goes.
alter table inbox
  add column pairing jsonb,
  add column document_number text,
  add column sorted_by uuid,
  add column sorted_at timestamptz,
  add column seen_by uuid,
  add column seen_at timestamptz,
  add foreign key (tenant_id, sorted_by) references officer (tenant_id, id),
  add foreign key (tenant_id, seen_by) references officer (tenant_id, id);
create index inbox_case on inbox (tenant_id, case_id, received_at) where case_id is not null;
create index inbox_sender on inbox (tenant_id, (payload ->> 'senderBox')) where kind = 'data-box-message';
create index inbox_unseen on inbox (tenant_id, received_at) where kind = 'data-box-message' and case_id is not null and seen_at is null;
create index inbox_dismissed on inbox (tenant_id, sorted_at) where result = 'dismissed';
comment on column inbox.pairing is 'How a data message was placed: {rule, certainty, candidates}; kept so that anybody can say later why it lies in this case.';
comment on column inbox.document_number is 'Číslo jednací of a received data message; stays with it when it goes to another case.';
comment on column inbox.sorted_by is 'The officer who put it into a case or set it aside; null = placed by a rule.';
comment on column inbox.seen_at is 'When an officer took note of a message that came into a case.';

create index person_data_box on person (tenant_id, data_box) where data_box is not null;

create table data_message (
  tenant_id int not null references tenant (id),
  message_id text not null,
  effect_key text not null,
  case_id uuid,
  document_id uuid,
  state int not null check (state between 1 and 10),
  state_at timestamptz not null,
  put_in_box_at timestamptz,
  delivered_at timestamptz,
  how text check (how in ('fiction', 'login')),
  told_by uuid,
  receipt jsonb,
  primary key (tenant_id, message_id),
  check ((delivered_at is null) = (how is null)),
  foreign key (tenant_id, effect_key) references outbox (tenant_id, key),
  foreign key (tenant_id, case_id) references cases (tenant_id, id),
  foreign key (tenant_id, document_id) references document (tenant_id, id)
);
create index data_message_case on data_message (tenant_id, case_id);
create index data_message_document on data_message (tenant_id, document_id);
create index data_message_effect on data_message (tenant_id, effect_key);
comment on table data_message is 'A data message that we sent: its state as ISDS tells it, and the proofs kept for it.';
comment on column data_message.state is '1-10 as in the operating rules of ISDS; it never goes back.';
comment on column data_message.told_by is 'The message of the inbox by which the process heard of the delivery: it hears of it once.';
comment on column data_message.receipt is 'What the verification of the signed delivery report (doručenka) said.';

alter table outbox add column ordered_as text;
comment on column outbox.ordered_as is 'letter.deliver: what the diagram ordered, when the way was chosen only at sending; null = the effect itself.';

call wall(array['data_message']);
