// Several prescriptions to be paid by one code. What has been paid meanwhile is no longer in the sum.
import type { PaymentGroupPage } from '../../contract/account.ts';
import { Problem } from '../../domain/problem.ts';
import { spayd } from '../../domain/qr-payment.ts';
import type { Transaction } from '../../store/database.ts';
import { standingRecord } from '../../store/identities.ts';
import { viewerId, type AccountViewer } from '../../store/payer-access.ts';
import { groupById } from '../../store/payment-groups.ts';
import type { Reader } from '../reader.ts';
import { debtCard, debtsById } from './debts.ts';
import { holdersOf } from './holders.ts';
import { todayOf } from './page.ts';

/** @throws Problem `group-not-found`: only who made it, and only while he sees those accounts */
export function groupPage(reader: Reader, tenantId: number, personId: AccountViewer, id: string): Promise<PaymentGroupPage> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const today = todayOf(reader);
    const group = await groupById(trx, tenantId, id);
    if (!group || (await standingRecord(trx, tenantId, group.personId)) !== viewerId(personId))
      throw new Problem('not-found', 'group-not-found');
    const holders = await holdersOf(trx, tenantId, personId, today);
    const ids = group.items.map(({ prescriptionId }) => prescriptionId);
    const items = (await debtsById(trx, tenantId, holders, ids)).map((row) => debtCard(row, today));
    if (items.length < ids.length) throw new Problem('not-found', 'group-not-found');
    const amount = items.reduce((sum, { open, state }) => sum + (state === 'cancelled' ? 0 : Math.max(0, open)), 0);
    const { account, iban } = await accountOf(reader, trx, tenantId, ids);
    const { variableSymbol } = group;
    return {
      id,
      variableSymbol,
      amount,
      items,
      account,
      iban,
      spayd: amount > 0 ? spayd({ account, amount, variableSymbol, message: `Platba ${items.length} předpisů` }) : '',
      qrHref: `/api/account/groups/${id}/qr.svg`,
    };
  });
}

/** The account of all of them; where they have several, the one that holds now: one code has one account. */
async function accountOf(
  reader: Reader,
  trx: Transaction,
  tenantId: number,
  ids: readonly string[],
): Promise<ReturnType<Reader['account']>> {
  const { rows } = await trx.raw<{ rows: { readonly at: Date }[] }>(
    'select created_at as at from prescription where tenant_id = :t and id = any(:ids::uuid[])',
    { t: tenantId, ids: [...ids] },
  );
  const accounts = rows.map(({ at }) => reader.account(tenantId, at.toISOString()));
  const [first] = accounts;
  return first && accounts.every(({ account }) => account === first.account) ? first : reader.account(tenantId);
}
