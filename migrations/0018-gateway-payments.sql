-- Payments through a gateway: for one or several prescriptions, with or without a case, by whoever pays; refunds by the way the money came; bulk transfers of gateways.
alter table card_payment
  alter column case_id drop not null,
  alter column prescription_id drop not null,
  add column gateway text not null default 'gopay',
  add column state text not null default 'ordered'
    check (state in ('ordered', 'open', 'authorized', 'paid', 'part-refunded', 'refunded', 'cancelled', 'expired', 'failed')),
  add column person_id uuid,
  add column order_id text,
  add column access_hash text,
  add column variable_symbol text not null default '',
  add column method text not null default '',
  add column payment_id uuid,
  add column trouble text,
  add constraint card_payment_person foreign key (tenant_id, person_id) references person (tenant_id, id),
  add constraint card_payment_booked foreign key (tenant_id, payment_id) references payment (tenant_id, id);
comment on table card_payment is 'A payment ordered at a payment gateway; what of it came is a row of payment.';
comment on column card_payment.prescription_id is 'Of old rows only; what is paid stands in card_payment_share.';
comment on column card_payment.state is 'In words shared by gateways; remote_state is the gateway''s own word, for people.';
comment on column card_payment.person_id is 'The citizen who ordered it; null = paid without login.';
comment on column card_payment.order_id is 'Who ordered and the id of his command: ordering twice is one payment.';
comment on column card_payment.access_hash is 'Without login: hash of the key with which the payer may ask how it ended.';
comment on column card_payment.trouble is 'Why a person must look at it, e.g. differs: the gateway says another amount than was ordered.';

-- The owner himself stands behind the wall between towns; for the rows that are here already it is opened for this one statement.
alter table card_payment no force row level security;
update card_payment set
  state = case
    when remote_state in ('PAID', 'REFUNDED', 'PARTIALLY_REFUNDED') then 'paid'
    when remote_state = 'CANCELED' then 'cancelled'
    when remote_state = 'TIMEOUTED' then 'expired'
    when remote_state = 'FAILED' then 'failed'
    when remote_id is not null then 'open'
    else 'ordered' end;
alter table card_payment force row level security;

drop index card_payment_open;
create index card_payment_open on card_payment (tenant_id, updated_at) where state in ('open', 'authorized');
create index card_payment_person on card_payment (tenant_id, person_id) where person_id is not null;
create unique index card_payment_payment on card_payment (tenant_id, payment_id) where payment_id is not null;
create unique index card_payment_order on card_payment (tenant_id, order_id) where order_id is not null;
create index card_payment_trouble on card_payment (tenant_id, updated_at) where trouble is not null;

create table card_payment_share (
  tenant_id int not null,
  card_payment_id uuid not null,
  place smallint not null,
  prescription_id uuid not null,
  amount bigint not null check (amount > 0),
  primary key (tenant_id, card_payment_id, place),
  unique (tenant_id, card_payment_id, prescription_id),
  foreign key (tenant_id, card_payment_id) references card_payment (tenant_id, id),
  foreign key (tenant_id, prescription_id) references prescription (tenant_id, id)
);
create index card_payment_share_prescription on card_payment_share (tenant_id, prescription_id);
comment on table card_payment_share is 'What a payment at a gateway is for: the payer''s wish, in the order in which the money pays it.';

alter table card_payment no force row level security;
insert into card_payment_share (tenant_id, card_payment_id, place, prescription_id, amount)
  select tenant_id, id, 1, prescription_id, amount from card_payment where prescription_id is not null;
alter table card_payment force row level security;

create table gateway_refund (
  tenant_id int not null,
  refund_id uuid not null,
  card_payment_id uuid not null,
  effect_key text not null,
  amount bigint not null check (amount > 0),
  state text not null check (state in ('ordered', 'accepted', 'finished', 'failed', 'stuck')),
  remote_id text not null default '',
  ordered_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, refund_id),
  foreign key (tenant_id, refund_id) references refund (tenant_id, id),
  foreign key (tenant_id, card_payment_id) references card_payment (tenant_id, id)
);
create index gateway_refund_payment on gateway_refund (tenant_id, card_payment_id);
create unique index gateway_refund_effect on gateway_refund (tenant_id, effect_key);
create index gateway_refund_accepted on gateway_refund (tenant_id, updated_at) where state = 'accepted';
create unique index gateway_refund_one_on_its_way on gateway_refund (tenant_id, card_payment_id) where state in ('ordered', 'accepted', 'stuck');
comment on table gateway_refund is 'A return of money as it goes through the gateway. One at a time for a payment: only so can the gateway''s history say which is ours.';
comment on column gateway_refund.state is 'accepted = the gateway will do it and is asked; stuck = nobody knows, an officer decides.';

create table gateway_transfer (
  tenant_id int not null references tenant (id),
  gateway text not null,
  id text not null,
  day date not null,
  amount bigint not null,
  fee bigint not null,
  variable_symbol text not null,
  trouble text,
  read_at timestamptz not null,
  primary key (tenant_id, gateway, id)
);
create index gateway_transfer_symbol on gateway_transfer (tenant_id, variable_symbol, amount);
comment on table gateway_transfer is 'Vypořádání: one credit on the town''s account for many payments, as the gateway lists it.';
comment on column gateway_transfer.trouble is 'Why a person must look at it: a payment that we do not know, another amount, another fee than the contract says.';

create table gateway_transfer_item (
  tenant_id int not null,
  gateway text not null,
  transfer_id text not null,
  place int not null,
  remote_id text not null,
  card_payment_id uuid,
  amount bigint not null,
  fee bigint not null,
  primary key (tenant_id, gateway, transfer_id, place),
  foreign key (tenant_id, gateway, transfer_id) references gateway_transfer (tenant_id, gateway, id),
  foreign key (tenant_id, card_payment_id) references card_payment (tenant_id, id)
);
create index gateway_transfer_item_payment on gateway_transfer_item (tenant_id, card_payment_id) where card_payment_id is not null;

alter table outbox add column doubt boolean not null default false;
comment on column outbox.doubt is 'An earlier try may have been done outside, so the other side is asked before the next; false when it surely was not.';

call wall(array['card_payment_share', 'gateway_refund', 'gateway_transfer', 'gateway_transfer_item']);
revoke delete on card_payment_share, gateway_refund, gateway_transfer, gateway_transfer_item from vyrizeno_app;
revoke update on card_payment_share, gateway_transfer_item from vyrizeno_app;
