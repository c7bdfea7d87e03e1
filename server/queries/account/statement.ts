// Movements on a payer's account between two days, for the printed statement. Debts count positive, money that came negative:
// the balance is the sum of his lines in the books, to the last haléř.
import { Problem } from '../../domain/problem.ts';
import type { AccountViewer } from '../../store/payer-access.ts';
import type { Reader } from '../reader.ts';
import { chosen, holderCard, holdersOf } from './holders.ts';
import { todayOf } from './page.ts';

export interface StatementLine {
  readonly on: string;
  /** Kind of the accounting case. */
  readonly what: string;
  readonly title: string;
  readonly variableSymbol: string;
  /** Haléře: owed more (debit) positive, owed less negative; 0 for money only put from a payment to a prescription. */
  readonly amount: number;
  /** What was put to the prescription, for a clearing inside the account. */
  readonly moved: number;
  readonly reason: string;
}
export interface AccountStatement {
  readonly holder: { readonly id: string; readonly name: string; readonly kind: 'person' | 'company' };
  readonly from: string;
  readonly to: string;
  readonly madeAt: string;
  readonly opening: number;
  readonly lines: readonly StatementLine[];
}

export interface StatementQuestion {
  readonly personId: AccountViewer;
  readonly holder?: string | undefined;
  readonly from: string;
  readonly to: string;
}

const MOST = 5_000;

/** @throws Problem `account-not-found`, `account-partial` (of a household member only common fees are seen), `period-invalid`, `period-too-long` */
export function accountStatement(reader: Reader, tenantId: number, asked: StatementQuestion): Promise<AccountStatement> {
  if (asked.from > asked.to) throw new Problem('invalid', 'period-invalid');
  return reader.db.withTenant(tenantId, async (trx) => {
    const holder = chosen(await holdersOf(trx, tenantId, asked.personId, todayOf(reader)), asked.holder);
    if (holder.only !== null) throw new Problem('forbidden', 'account-partial');
    const given = { t: tenantId, holder: holder.id, from: asked.from, to: asked.to };
    const before = await trx.raw<{ rows: { readonly opening: number }[] }>(
      `select coalesce(sum(l.amount), 0)::bigint as opening from ${LINES} l where l."on" < :from`,
      given,
    );
    const { rows } = await trx.raw<{ rows: StatementLine[] }>(
      `select * from ${LINES} l where l."on" between :from and :to order by l."on", l.recorded_at, l.id limit ${MOST + 1}`,
      given,
    );
    if (rows.length > MOST) throw new Problem('invalid', 'period-too-long');
    return {
      holder: holderCard(holder),
      from: asked.from,
      to: asked.to,
      madeAt: reader.now().toISOString(),
      opening: before.rows[0]?.opening ?? 0,
      lines: rows.map(({ on, what, title, variableSymbol, amount, moved, reason }) => ({
        on,
        what,
        title,
        variableSymbol,
        amount,
        moved,
        reason,
      })),
    };
  });
}

/**
 * Every accounting case that touched a prescription of the payer or his payment. Prescriptions stand on the day of prescribing and payments on the day of
 * crediting, so that what was taken over from the old system lies in its own year; the rest on its accounting day.
 */
const LINES = `(
  select t.id, t.recorded_at, t.kind as what, t.reason,
         max(case when t.kind in ('prescribe', 'import') and d.id is not null then coalesce(d.prescribed_on, t.booked_on)
                  when t.kind in ('receive', 'import') and p.id is not null then p.received_on else t.booked_on end) as "on",
         coalesce(max(d.title), '') as title, coalesce(max(d.variable_symbol), max(p.variable_symbol), '') as "variableSymbol",
         sum(e.amount)::bigint as amount, coalesce(-sum(e.amount) filter (where d.id is not null), 0)::bigint as moved
    from ledger_entry e
    join ledger_transaction t on t.tenant_id = e.tenant_id and t.id = e.transaction_id
    left join prescription d on e.account = 'receivable' and d.tenant_id = e.tenant_id and d.id = e.subject and d.debtor_id = :holder
    left join payment p on e.account = 'payment' and p.tenant_id = e.tenant_id and p.id = e.subject and p.payer_id = :holder
   where e.tenant_id = :t and (
     (e.account = 'receivable' and e.subject in (select x.id from prescription x where x.tenant_id = :t and x.debtor_id = :holder))
     or (e.account = 'payment' and e.subject in (select x.id from payment x where x.tenant_id = :t and x.payer_id = :holder)))
   group by t.id, t.recorded_at, t.kind, t.reason)`;
