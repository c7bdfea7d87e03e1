// Four eyes: what is above the town's limit was decided by a second person.
import type { Invariant } from './invariant.ts';

/** The same default as server/domain/money: 10,000 Kč, changed by `money.fourEyesAbove` of the town, in haléře. */
const LIMIT = `coalesce((n.settings #>> '{money,fourEyesAbove}')::bigint, 1000000)`;

export const ofApprovals: readonly Invariant[] = [
  {
    name: 'approved-by-somebody-else',
    says: 'Nikdo si neschválil vlastní žádost.',
    sql: `select tenant_id, id::text from money_approval where verdict = 'approved' and (decided_by is null or decided_by = asked_by)
      union all select tenant_id, id::text from ledger_transaction where approved_by = actor`,
  },
  {
    name: 'above-limit-has-two-persons',
    says: 'Oprava, odpis a vratka úřední osoby nad limit města má druhou osobu, která ji schválila.',
    sql: `select t.tenant_id, t.id, t.kind, max(e.amount) from ledger_transaction t join tenant n on n.id = t.tenant_id
      join ledger_entry e on e.tenant_id = t.tenant_id and e.transaction_id = t.id and e.amount > 0
      where t.kind in ('correct', 'cancel', 'write-off', 'return-ordered') and t.actor like 'officer:%' and t.approved_by is null
      group by t.tenant_id, t.id, n.settings having sum(e.amount) > ${LIMIT}`,
  },
  {
    name: 'approval-stands-behind-it',
    says: 'Případ, který jmenuje schvalující osobu, má svou schválenou žádost, o které ta osoba rozhodla; žádost platí jen jednou.',
    sql: `select t.tenant_id, t.id, t.approved_by from ledger_transaction t where t.approved_by is not null and not exists (
        select from money_approval a where a.tenant_id = t.tenant_id and a.verdict = 'approved' and 'officer:' || a.decided_by = t.approved_by
          and (t.kind not in ('correct', 'cancel', 'write-off', 'return-ordered') or t.key = 'approved:' || a.id))`,
  },
];
