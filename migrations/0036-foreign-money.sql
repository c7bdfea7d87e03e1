-- Money of another currency on an account in crowns: what it was before the bank changed it, and what a clerk booked it for.
alter table bank_item add column original_amount bigint, add column original_currency text;
alter table bank_item add constraint bank_item_original check ((original_amount is null) = (original_currency is null));
comment on column bank_item.original_amount is 'Hundredths of original_currency, signed as amount: what moved before the bank changed it into crowns. Null when the statement does not say so.';

alter table bank_item add column aside_reason text, add column aside_by uuid, add column aside_at timestamptz;
alter table bank_item add foreign key (tenant_id, aside_by) references officer (tenant_id, id);
alter table bank_item add constraint bank_item_aside check ((aside_by is null) = (aside_reason is null) and (aside_by is null) = (aside_at is null));
comment on column bank_item.aside_reason is 'Why a clerk said that a movement of another currency is no payment; who and when beside it.';

alter table bank_item drop constraint bank_item_outcome_check;
alter table bank_item add constraint bank_item_outcome_check
  check (outcome in ('credited', 'reversed', 'returned', 'settled', 'other', 'held', 'nothing', 'priced'));
comment on column bank_item.outcome is 'credited = a payment, reversed = took a payment back, returned = carried our refund, settled = bulk transfer of a gateway, other = none of ours, held = waits for a person (foreign currency), priced = a payment for the crowns that a clerk booked, nothing = moved no money.';

create table foreign_credit (
  tenant_id int not null references tenant (id),
  item_id text not null,
  payment_id uuid not null,
  amount bigint not null check (amount > 0),
  original_amount bigint check (original_amount > 0),
  original_currency text,
  rate numeric(20, 6),
  officer_id uuid not null,
  booked_at timestamptz not null,
  primary key (tenant_id, item_id),
  foreign key (tenant_id, item_id) references bank_item (tenant_id, id),
  foreign key (tenant_id, payment_id) references payment (tenant_id, id),
  foreign key (tenant_id, officer_id) references officer (tenant_id, id),
  check ((original_amount is null) = (original_currency is null)),
  check (rate is not distinct from round(amount::numeric / original_amount, 6))
);
create unique index foreign_credit_payment on foreign_credit (tenant_id, payment_id);
comment on table foreign_credit is 'For how many haléře a clerk booked a credit of another currency. Only added to.';
comment on column foreign_credit.rate is 'Crowns for one unit of the other currency, as the bank changed it; null when the statement does not say what came.';

call wall(array['foreign_credit']);
revoke update, delete on foreign_credit from vyrizeno_app;
