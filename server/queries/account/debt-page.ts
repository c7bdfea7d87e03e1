// One prescription explained: the rules and paragraphs that gave it, every accounting case that touched it, what paid it, how to pay the rest.
import type { BookLine, DebtPage } from '../../contract/account.ts';
import { Problem } from '../../domain/problem.ts';
import { spayd } from '../../domain/qr-payment.ts';
import type { DecisionTrace } from '../../engine/types.ts';
import type { Transaction } from '../../store/database.ts';
import type { Reader } from '../reader.ts';
import type { AccountViewer } from '../../store/payer-access.ts';
import { debtCard, debtsById } from './debts.ts';
import { holderCard, holdersOf } from './holders.ts';
import { todayOf } from './page.ts';
import { paymentsOfDebt } from './payments.ts';

/** @throws Problem `prescription-not-found` also for one that is not the citizen's to see */
export function debtPage(reader: Reader, tenantId: number, personId: AccountViewer, id: string): Promise<DebtPage> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const today = todayOf(reader);
    const holders = await holdersOf(trx, tenantId, personId, today);
    const [row] = await debtsById(trx, tenantId, holders, [id]);
    const holder = holders.find((one) => one.id === row?.debtor);
    if (!row || !holder) throw new Problem('not-found', 'prescription-not-found');
    const card = debtCard(row, today);
    const { createdAt, ...facts } = await factsOf(trx, tenantId, row.id);
    const town = reader.account(tenantId, createdAt.toISOString());
    return {
      ...card,
      ...facts,
      ...town,
      holder: holderCard(holder),
      spayd:
        card.open > 0 && card.state !== 'cancelled'
          ? spayd({ account: town.account, amount: card.open, variableSymbol: card.variableSymbol, due: card.dueDate, message: card.title })
          : '',
      qrHref: `/api/account/prescriptions/${row.id}/qr.svg`,
      entries: await linesOf(trx, tenantId, row.id),
      payments: await paymentsOfDebt(trx, tenantId, holder, row.id),
    };
  });
}

type Facts = Pick<DebtPage, 'legalBasis' | 'why' | 'periodFrom' | 'periodTo' | 'regime'> & { readonly createdAt: Date };

async function factsOf(trx: Transaction, tenantId: number, id: string): Promise<Facts> {
  const { rows } = await trx.raw<{ rows: (Omit<Facts, 'why'> & { readonly decision: DecisionTrace | null })[] }>(
    `select legal_basis as "legalBasis", period_from as "periodFrom", period_to as "periodTo", regime, decision, created_at as "createdAt" from prescription where tenant_id = ? and id = ?`,
    [tenantId, id],
  );
  const [row] = rows;
  if (!row) throw new Problem('not-found', 'prescription-not-found');
  const { decision, ...facts } = row;
  return { ...facts, why: decision?.rules?.flatMap((rule) => (rule.annotation ? [rule.annotation] : [])) ?? [] };
}

/** How the debt came to what it is, case by case. A payment put here and taken back again are two lines. */
async function linesOf(trx: Transaction, tenantId: number, id: string): Promise<readonly BookLine[]> {
  const { rows } = await trx.raw<{ rows: BookLine[] }>(
    `select t.booked_on as "on", t.kind as what, e.amount, sum(e.amount) over (order by t.recorded_at, t.id)::bigint as balance, t.reason
       from ledger_entry e join ledger_transaction t on t.tenant_id = e.tenant_id and t.id = e.transaction_id
      where e.tenant_id = ? and e.subject = ? and e.account = 'receivable' order by t.recorded_at, t.id`,
    [tenantId, id],
  );
  return rows;
}
