-- What was cancelled makes room: a run that was taken back may be done again, a duty that ended by mistake may go on.
alter table prescription add column void_since timestamptz;
comment on column prescription.void_since is 'Since when nothing of it is owed and another one may take its place for the same duty and period. Set once, never unset.';
drop index prescription_duty_period;
create unique index prescription_duty_period on prescription (tenant_id, duty_id, period_from) where duty_id is not null and void_since is null;
comment on index prescription_duty_period is 'One valid prescription for a duty and period, whoever prescribes first.';
