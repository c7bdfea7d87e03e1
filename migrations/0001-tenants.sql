-- Towns, the application role, and the wall between towns. Every later table has tenant_id first in its key.
do $$
begin
  if not exists (select from pg_roles where rolname = 'vyrizeno_app') then
    create role vyrizeno_app nologin nosuperuser nobypassrls nocreatedb nocreaterole;
  end if;
end $$;

create table tenant (
  id int primary key,
  slug text not null unique,
  name text not null,
  settings jsonb not null default '{}'
);
comment on table tenant is 'Towns. A reference table: read by all, written by migrations and set-up only.';
comment on column tenant.settings is 'Connectors, account, addresses of the town; never secrets.';
grant select on tenant to vyrizeno_app;

create function current_tenant() returns int language sql stable parallel safe
  as $$ select nullif(current_setting('app.tenant', true), '')::int $$;
comment on function current_tenant() is 'The town of this transaction; null (= no rows) when none was set.';

-- Called at the end of each migration for each new table.
create procedure wall(tables text[]) language plpgsql as $$
declare t text;
begin
  foreach t in array tables loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy town on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
    execute format('grant select, insert, update, delete on %I to vyrizeno_app', t);
  end loop;
end $$;
comment on procedure wall(text[]) is 'Row-level security and grants for tables of towns.';
