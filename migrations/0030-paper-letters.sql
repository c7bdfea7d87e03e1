-- Letters on paper: what waits in the dispatch room (výpravna), and what officers say happened to each letter. An effect that people carry out stands by.
alter table outbox drop constraint outbox_state_check;
alter table outbox add constraint outbox_state_check check (state in ('ready', 'leased', 'done', 'refused', 'dead', 'dropped', 'by-hand'));
comment on column outbox.state is 'by-hand = people of the office carry it out: no worker takes it, a command of theirs answers it.';

create table paper_letter (
  tenant_id int not null references tenant (id),
  id uuid not null,
  effect_key text not null,
  case_id uuid not null,
  document_id uuid not null,
  personal boolean not null default false,
  why text not null default '',
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, effect_key),
  foreign key (tenant_id, effect_key) references outbox (tenant_id, key),
  foreign key (tenant_id, case_id) references cases (tenant_id, id),
  foreign key (tenant_id, document_id) references document (tenant_id, id)
);
create index paper_letter_case on paper_letter (tenant_id, case_id);
create index paper_letter_document on paper_letter (tenant_id, document_id);
comment on table paper_letter is 'A letter that goes on paper. Where it stands follows from its events and from its effect; nothing here is ever changed.';
comment on column paper_letter.personal is 'The diagram orders delivery into own hands (§ 19 odst. 4 zákona č. 500/2004 Sb.).';
comment on column paper_letter.why is 'Why no data box or e-mail took it, in words for officers; empty when the addressee has none.';

create table paper_letter_event (
  tenant_id int not null,
  letter_id uuid not null,
  seq int not null check (seq > 0),
  kind text not null check (kind in ('addressed', 'printed', 'posted', 'stored', 'delivered', 'returned', 'taken-back')),
  day date,
  detail jsonb not null default '{}',
  batch_id uuid,
  cancels int,
  reason text,
  officer_id uuid not null,
  at timestamptz not null,
  primary key (tenant_id, letter_id, seq),
  check ((kind = 'taken-back') = (cancels is not null)),
  check ((kind = 'taken-back') = (reason is not null)),
  check ((kind = 'printed') = (batch_id is not null)),
  check ((day is null) = (kind in ('addressed', 'printed', 'taken-back'))),
  foreign key (tenant_id, letter_id) references paper_letter (tenant_id, id),
  foreign key (tenant_id, letter_id, cancels) references paper_letter_event (tenant_id, letter_id, seq),
  foreign key (tenant_id, officer_id) references officer (tenant_id, id)
);
create index paper_letter_event_batch on paper_letter_event (tenant_id, batch_id) where batch_id is not null;
create index paper_letter_event_officer on paper_letter_event (tenant_id, officer_id);
create index paper_letter_event_cancels on paper_letter_event (tenant_id, letter_id, cancels) where cancels is not null;
comment on table paper_letter_event is 'What happened to a letter on paper, as officers wrote it down. Append-only: a mistake is taken back by a row of its own with a reason.';
comment on column paper_letter_event.day is 'Legal date: posted, laid up at the post office, delivered, returned.';
comment on column paper_letter_event.batch_id is 'Letters that were printed together.';

call wall(array['paper_letter', 'paper_letter_event']);
revoke update, delete on paper_letter, paper_letter_event from vyrizeno_app;

-- Letters that stood among the incidents ("print it and try again") go to the dispatch room: posting one there answers its process.
alter table outbox no force row level security;
alter table document no force row level security;
alter table paper_letter no force row level security;
insert into paper_letter (tenant_id, id, effect_key, case_id, document_id, created_at)
  select o.tenant_id, gen_random_uuid(), o.key, o.case_id, d.id, coalesce(o.finished_at, o.created_at)
    from outbox o join document d on d.tenant_id = o.tenant_id and d.id::text = o.input -> 'documents' ->> 0
   where o.effect = 'post.print' and o.state = 'dead' and o.case_id is not null;
update outbox o set state = 'by-hand', finished_at = null, last_error = null, doubt = false
 where exists (select from paper_letter p where p.tenant_id = o.tenant_id and p.effect_key = o.key);
alter table paper_letter force row level security;
alter table document force row level security;
alter table outbox force row level security;
