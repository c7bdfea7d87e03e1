-- What is owed every year: duties with their whole history, and the yearly run that prescribes them for the town at once.
create table fee_duty (
  tenant_id int not null references tenant (id),
  id uuid not null,
  kind text not null,
  situation text not null,
  payer_id uuid not null,
  subject text not null,
  basis jsonb not null,
  valid_from date not null,
  valid_to date,
  case_id uuid,
  household_id uuid,
  registry_id text,
  seq int not null default 1,
  registered_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, kind, registry_id),
  foreign key (tenant_id, payer_id) references payer (tenant_id, id),
  foreign key (tenant_id, case_id) references cases (tenant_id, id),
  check (valid_to is null or valid_to >= valid_from - 1)
);
create index fee_duty_payer on fee_duty (tenant_id, payer_id);
create index fee_duty_kind on fee_duty (tenant_id, kind, payer_id, id);
create index fee_duty_household on fee_duty (tenant_id, household_id) where household_id is not null;
create index fee_duty_case on fee_duty (tenant_id, case_id) where case_id is not null;
comment on table fee_duty is 'Poplatková povinnost: this payer owes this kind of fee for this dog, person or place, from a day until it ends. As it stands now; how it came to it is in fee_duty_change.';
comment on column fee_duty.situation is 'Life situation whose decision table gives the rate.';
comment on column fee_duty.payer_id is 'Who owes: for a household its common representative.';
comment on column fee_duty.basis is 'Inputs of the decision table that do not follow from the day.';
comment on column fee_duty.valid_to is 'Last day of the duty.';
comment on column fee_duty.seq is 'Number of the last change.';

create table fee_duty_change (
  tenant_id int not null,
  duty_id uuid not null,
  seq int not null,
  kind text not null check (kind in ('registered', 'changed', 'ended', 'payer')),
  since date not null,
  basis jsonb,
  payer_id uuid not null,
  reason text not null,
  actor text not null,
  at timestamptz not null,
  primary key (tenant_id, duty_id, seq),
  foreign key (tenant_id, duty_id) references fee_duty (tenant_id, id),
  foreign key (tenant_id, payer_id) references payer (tenant_id, id),
  check ((kind = 'ended') = (basis is null))
);
create index fee_duty_change_payer on fee_duty_change (tenant_id, payer_id);
comment on table fee_duty_change is 'Since which day which inputs hold, who said so and why. A later word holds from its day on, whatever was said before. Only added.';
comment on column fee_duty_change.since is 'First day on which it holds; of an end the first day without the duty.';

create table fee_run (
  tenant_id int not null references tenant (id),
  id uuid not null,
  kind text not null,
  year int not null check (year between 2000 and 2100),
  situation text not null,
  version_id uuid not null,
  ordinance text not null,
  title text not null,
  due_date date not null,
  cursor jsonb,
  head text not null default '',
  totals jsonb,
  proof jsonb,
  asked_by uuid not null,
  approval_id uuid,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, version_id) references situation_version (tenant_id, id),
  foreign key (tenant_id, asked_by) references officer (tenant_id, id),
  foreign key (tenant_id, approval_id) references money_approval (tenant_id, id)
);
create index fee_run_year on fee_run (tenant_id, kind, year);
create index fee_run_version on fee_run (tenant_id, version_id);
create index fee_run_asked on fee_run (tenant_id, asked_by);
create index fee_run_approval on fee_run (tenant_id, approval_id) where approval_id is not null;
comment on table fee_run is 'Hromadný předpis of one kind of fee for one year. Its state is its last move.';
comment on column fee_run.version_id is 'The published version whose tables give the rates; it never changes.';
comment on column fee_run.cursor is 'How far the present phase has come, kept in the transaction of each chunk.';
comment on column fee_run.head is 'Hash over all items prescribed so far, each over the one before.';

create table fee_run_move (
  tenant_id int not null,
  run_id uuid not null,
  seq int not null,
  from_state text,
  to_state text not null check (to_state in ('planning', 'planned', 'asked', 'prescribing', 'prescribing-paused', 'prescribed', 'undo-asked',
    'undoing', 'undoing-paused', 'undone', 'sending', 'sending-paused', 'sent', 'discarded')),
  actor text not null,
  reason text not null default '',
  at timestamptz not null,
  primary key (tenant_id, run_id, seq),
  foreign key (tenant_id, run_id) references fee_run (tenant_id, id)
);
comment on table fee_run_move is 'The life of a run, step by step; allowed steps stand in server/domain/money/run-life.ts. The last one is its state.';

create table fee_run_item (
  tenant_id int not null,
  run_id uuid not null,
  place int not null,
  duty_id uuid not null,
  payer_id uuid not null,
  duty_seq int not null,
  state text not null check (state in ('planned', 'free', 'gone', 'already', 'problem', 'held', 'prescribed', 'undone')),
  amount bigint not null check (amount >= 0),
  previous bigint not null,
  difference text not null check (difference in ('new', 'gone', 'up', 'down', 'same', 'exempt', 'none')),
  rule text not null default '',
  reckoning jsonb,
  problem text,
  prescription_id uuid,
  variable_symbol text,
  proof text,
  primary key (tenant_id, run_id, place),
  unique (tenant_id, run_id, duty_id),
  foreign key (tenant_id, run_id) references fee_run (tenant_id, id),
  foreign key (tenant_id, duty_id) references fee_duty (tenant_id, id),
  foreign key (tenant_id, payer_id) references payer (tenant_id, id),
  foreign key (tenant_id, prescription_id) references prescription (tenant_id, id),
  check ((state in ('prescribed', 'undone')) = (prescription_id is not null))
);
create index fee_run_item_duty on fee_run_item (tenant_id, duty_id);
create index fee_run_item_payer on fee_run_item (tenant_id, payer_id);
create index fee_run_item_prescription on fee_run_item (tenant_id, prescription_id) where prescription_id is not null;
comment on table fee_run_item is 'A duty in a run: what it comes to and why, how that differs from last year, and the prescription that came of it.';
comment on column fee_run_item.state is 'planned = will be prescribed · free = exempt, nothing to prescribe · gone = owed last year, not any more · already = prescribed otherwise · problem = could not be reckoned · held = the duty changed after the preview · prescribed · undone';
comment on column fee_run_item.duty_seq is 'The last change of the duty that the amount knows of.';
comment on column fee_run_item.previous is 'What the duty came to last year, after all corrections; haléře.';
comment on column fee_run_item.reckoning is 'Parts of the year with their months, yearly rates and the rules that gave them.';
comment on column fee_run_item.proof is 'SHA-256 over the item and the proof of the item before it.';

create table fee_run_letter (
  tenant_id int not null,
  run_id uuid not null,
  payer_id uuid not null,
  place int not null,
  channel text not null check (channel in ('data-box', 'e-mail', 'print', 'none')),
  address_to text not null,
  sheet int,
  items int not null,
  amount bigint not null,
  state text not null check (state in ('waiting', 'ordered', 'sent', 'failed', 'printed', 'nowhere')),
  detail text,
  changed_at timestamptz not null,
  primary key (tenant_id, run_id, payer_id),
  unique (tenant_id, run_id, place),
  foreign key (tenant_id, run_id) references fee_run (tenant_id, id),
  foreign key (tenant_id, payer_id) references payer (tenant_id, id)
);
create index fee_run_letter_payer on fee_run_letter (tenant_id, payer_id);
create index fee_run_letter_sheet on fee_run_letter (tenant_id, run_id, sheet, place) where sheet is not null;
comment on table fee_run_letter is 'One letter to each payer with all that the run prescribed to him. In the order of addresses, as a postman walks.';
comment on column fee_run_letter.sheet is 'Number of the print file that it lies in.';

-- What is only added.
create function fee_history_only_grows() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'VY003';
end $$;
create trigger fee_duty_change_only_grows before update or delete or truncate on fee_duty_change for each statement execute function fee_history_only_grows();
create trigger fee_run_move_only_grows before update or delete or truncate on fee_run_move for each statement execute function fee_history_only_grows();

-- A cancelled prescription makes place for a right one: a run that was taken back may be done again.
drop index prescription_duty_period;
create unique index prescription_duty_period on prescription (tenant_id, duty_id, period_from) where duty_id is not null and cancelled_at is null;
comment on index prescription_duty_period is 'One valid prescription for a duty and period, whoever prescribes first.';
alter table prescription add constraint prescription_duty foreign key (tenant_id, duty_id) references fee_duty (tenant_id, id);
alter table prescription add constraint prescription_run foreign key (tenant_id, run_id) references fee_run (tenant_id, id);

call wall(array['fee_duty', 'fee_duty_change', 'fee_run', 'fee_run_move', 'fee_run_item', 'fee_run_letter']);
revoke delete on fee_duty, fee_duty_change, fee_run, fee_run_move, fee_run_item, fee_run_letter from vyrizeno_app;
revoke update on fee_duty_change, fee_run_move from vyrizeno_app;
