// Which account took payments when: a prescription keeps the account that held when it was made, however often the town changes banks since.
import { ibanOf } from '../domain/qr-payment.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../store/database.ts';
import { accountsSince, noteAccount, type AccountSince } from '../store/town-facts.ts';

export interface PaymentAccounts {
  /** Without a moment the one that holds now. */
  at(moment?: string): { readonly account: string; readonly iban: string };
  /** The oldest first. */
  history(): readonly AccountSince[];
  /** Holds from now on; nothing changes when it did already. */
  note(account: string): Promise<void>;
}

export async function openPaymentAccounts(
  { db, tenantId, clock }: { readonly db: Database; readonly tenantId: number; readonly clock: Clock },
  account: string,
): Promise<PaymentAccounts> {
  let known: readonly AccountSince[] = [];
  let holds = account;
  const note = async (next: string): Promise<void> => {
    known = await db.withTenant(tenantId, async (trx) => {
      await noteAccount(trx, tenantId, next, clock.now().toISOString());
      return accountsSince(trx, tenantId);
    });
    holds = next;
  };
  await note(account);
  return {
    at: (moment) => {
      const then = moment === undefined ? holds : accountAt(known, moment, holds);
      return { account: then, iban: ibanOf(then) };
    },
    history: () => known,
    note,
  };
}

/** What was prescribed before anybody kept this record has the first account. */
function accountAt(known: readonly AccountSince[], moment: string, otherwise: string): string {
  const then = new Date(moment);
  return (known.findLast(({ since }) => since <= then) ?? known[0])?.account ?? otherwise;
}
