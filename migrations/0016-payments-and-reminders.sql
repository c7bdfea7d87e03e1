-- The account of one payer reads his payments only; and a citizen may want to be reminded by a text message too.
create index payment_of_payer on payment (tenant_id, payer_id, received_on) where payer_id is not null;

alter table reminder_setting add column by_sms boolean not null default false;
alter table money_notice add column sms_key text;
comment on column money_notice.effect_key is 'Of the e-mail.';
comment on column money_notice.sms_key is 'Of the text message.';
