-- What the corridor needs to write a step with one statement, and rows and indexes made smaller. Figures: docs/performance.md.
create function must_be_one(what text, n bigint) returns void language plpgsql as $$
begin
  if n <> 1 then
    raise exception '%', what using errcode = 'VY001';
  end if;
end $$;
comment on function must_be_one(text, bigint) is 'Undoes the statement, and with it the transaction, when somebody else did the same thing first: the fence of an effect''s answer.';

-- Each command locked the town's own row to prove that the town is there, and many at once make PostgreSQL keep lists of lockers.
-- The row-level policy lets only the town of the transaction in, and that one was read from the table.
alter table command drop constraint command_tenant_id_fkey;

-- A case changes no indexed column from step to step: with room on its page the new row needs no new index entries.
alter table cases set (fillfactor = 80);
