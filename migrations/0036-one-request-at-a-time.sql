-- Four eyes: about one subject only one request of a kind is open at a time, whoever asks and however many ask at once.

-- Two that were asked for at the same moment: the newer one stays, the older one counts as taken back by whoever asked for it.
-- The owner himself stands behind the wall between towns; for the rows that are here already it is opened for this one statement.
alter table money_approval no force row level security;
update money_approval a set verdict = 'taken-back', decided_by = a.asked_by, decided_at = now(), verdict_reason = 'O totéž bylo požádáno dvakrát; platí novější žádost.'
 where a.verdict is null and a.subject is not null and exists (
   select from money_approval b
    where b.tenant_id = a.tenant_id and b.kind = a.kind and b.subject = a.subject and b.verdict is null and (b.asked_at, b.id) > (a.asked_at, a.id));
alter table money_approval force row level security;

create unique index money_approval_once on money_approval (tenant_id, subject, kind) where verdict is null and subject is not null;
