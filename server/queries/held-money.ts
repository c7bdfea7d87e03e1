// What waits because it came in another currency, with the crowns that its statement says.
import type { HeldDesk, HeldItem } from '../contract/statements.ts';
import { crownsOf, originalOf, rateOf } from '../domain/money/foreign.ts';
import { foreignAccounts, heldInCrowns, type HeldRow } from '../store/held-money.ts';
import type { Reader } from './reader.ts';

const AT_MOST = 100;

export function heldDesk(reader: Reader, tenantId: number): Promise<HeldDesk> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const rows = await heldInCrowns(trx, tenantId, AT_MOST);
    return { items: rows.map(itemOf), accounts: await foreignAccounts(trx, tenantId) };
  });
}

function itemOf(row: HeldRow): HeldItem {
  const { id, account, day, amount, vs, counterAccount, name, message } = row;
  const original = originalOf(row);
  const isCredit = amount > 0;
  const { known, most } = isCredit ? crownsOf(row) : { known: null, most: null };
  const rate = known !== null && original !== null ? rateOf(known, original) : null;
  return { id, account, day, isCredit, original, crowns: known, most, rate, vs, counterAccount, name, message };
}
