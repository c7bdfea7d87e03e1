-- Legal deadlines of cases: what happened to them (append-only), where they stand now, who was warned, and private calendars.
create table deadline_event (
  tenant_id int not null,
  case_id uuid not null,
  seq int not null,
  deadline text not null,
  type text not null,
  at text not null,
  detail jsonb not null default '{}',
  cancels int,
  recorded_at timestamptz not null,
  by_kind text not null,
  by_id text,
  reason text,
  element_id text,
  execution_id text,
  primary key (tenant_id, case_id, seq),
  foreign key (tenant_id, case_id) references cases (tenant_id, id),
  foreign key (tenant_id, case_id, cancels) references deadline_event (tenant_id, case_id, seq)
);
create index deadline_event_cancels on deadline_event (tenant_id, case_id, cancels) where cancels is not null;
comment on table deadline_event is 'What happened to the deadlines of a case, in the order of recording. Append-only: a mistake is cancelled by a later row. A deadline is a pure function of these rows.';
comment on column deadline_event.at is 'Legal date YYYY-MM-DD (Europe/Prague), or an instant; empty for events that have no day of their own.';
comment on column deadline_event.cancels is 'The row with this seq was a mistake and counts no more.';
comment on column deadline_event.reason is 'Why an officer changed the deadline by hand; null when the process did.';
comment on column deadline_event.element_id is 'Element of the diagram whose completion it was.';

create table case_deadline (
  tenant_id int not null,
  case_id uuid not null,
  name text not null,
  rule text not null,
  who text not null check (who in ('office', 'citizen', 'outside')),
  state text not null check (state in ('waiting', 'running', 'stopped', 'done', 'closed')),
  due_on date,
  started_on date,
  used_days int,
  left_days int,
  changes int not null,
  updated_at timestamptz not null,
  primary key (tenant_id, case_id, name),
  foreign key (tenant_id, case_id) references cases (tenant_id, id)
);
create index case_deadline_due on case_deadline (tenant_id, due_on) where state = 'running';
comment on table case_deadline is 'Where the deadlines of a case stand, calculated anew from deadline_event with every step. A view kept for lists; never the source.';
comment on column case_deadline.who is 'Whose deadline it is.';
comment on column case_deadline.changes is 'Grows with every change; the SEQUENCE of the calendar entry (RFC 5545, 3.8.7.4).';

create table deadline_alert (
  tenant_id int not null,
  case_id uuid not null,
  subject text not null,
  kind text not null check (kind in ('warning', 'overdue')),
  due_on date not null,
  officers jsonb not null,
  at timestamptz not null,
  primary key (tenant_id, case_id, subject, kind, due_on),
  foreign key (tenant_id, case_id) references cases (tenant_id, id)
);
create index deadline_alert_at on deadline_alert (tenant_id, at);
comment on table deadline_alert is 'Warnings before the end of a deadline and inaction alerts (§ 80 zákona č. 500/2004 Sb.) that were given; each once for one due day.';
comment on column deadline_alert.subject is 'task:<execution> or deadline:<name>.';
comment on column deadline_alert.officers is 'Ids of the officers it was sent to.';

create table calendar_feed (
  tenant_id int not null references tenant (id),
  id uuid not null,
  token_hash text not null,
  owner_kind text not null check (owner_kind in ('officer', 'citizen')),
  owner_id uuid not null,
  created_at timestamptz not null,
  read_at timestamptz,
  revoked_at timestamptz,
  primary key (tenant_id, id)
);
create unique index calendar_feed_token on calendar_feed (tenant_id, token_hash);
create unique index calendar_feed_owner on calendar_feed (tenant_id, owner_kind, owner_id) where revoked_at is null;
comment on table calendar_feed is 'Private addresses from which a person''s calendar reads due dates. Only the hash of the secret is kept; a revoked address is dead for ever.';

alter table prescription add column due_deadline text;
comment on column prescription.due_deadline is 'Legal deadline of the case that moves the due day, e.g. one that runs from delivery; null = the day is fixed.';

call wall(array['deadline_event', 'case_deadline', 'deadline_alert', 'calendar_feed']);
revoke update, delete on deadline_event, deadline_alert from vyrizeno_app;
-- An officer's words may name people: they can be erased, and nothing else can be changed.
grant update (reason) on deadline_event to vyrizeno_app;
create trigger deadline_event_append_only before update of tenant_id, case_id, seq, deadline, type, at, detail, cancels, recorded_at, by_kind, by_id or delete or truncate
  on deadline_event for each statement execute function refuse_change();
create trigger deadline_alert_append_only before update or delete or truncate on deadline_alert for each statement execute function refuse_change();
