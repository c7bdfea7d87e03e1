-- Rows of waiting cases made smaller: hashes as bytes instead of hexadecimal text, room for one update a page instead of two. Figures: docs/performance.md.
alter table journal
  alter column state_hash type bytea using decode(state_hash, 'hex'),
  alter column prev_hash type bytea using decode(prev_hash, 'hex'),
  alter column hash type bytea using decode(hash, 'hex');
comment on column journal.detail is 'What the command said; `trace`, if it is a text, is packed: see server/store/packed-trace.ts. Hashes are made over the unpacked form.';
alter table cases alter column head_hash type bytea using decode(head_hash, 'hex');
alter table cases set (fillfactor = 90);
alter table command alter column request_hash type bytea using decode(request_hash, 'hex');

-- Nothing looks for entries of the journal by their time; a case's own come by its key.
drop index journal_at;
