// Money that came in another currency: a clerk books it for the crowns that the bank credited, or says that it is no payment. The crowns stand on the bank's
// account from the import and on other:bank against it; from there they become a payment like any other.
import { crownsOf, moneyIn, originalOf, rateOf } from '../../domain/money/foreign.ts';
import { permitMoney } from '../../domain/permission.ts';
import { Problem } from '../../domain/problem.ts';
import type { Transaction } from '../../store/database.ts';
import { insertForeignCredit, lockHeld, noteAside, notePriced, type HeldRow } from '../../store/held-money.ts';
import { bookBankMovement, receive } from '../index.ts';
import { once, type Asked, type Desk } from './once.ts';

/**
 * Gives the payment's id. `amount` in haléře is needed where the statement does not say it. Refuses `held-item-not-found`, `held-item-not-waiting`,
 * `foreign-account`, `held-item-no-credit`, `crowns-missing`, `crowns-differ` and `crowns-over`.
 */
export function bookHeld(
  desk: Desk,
  asked: Asked<{ readonly itemId: string; readonly amount?: number | undefined }>,
): Promise<{ readonly paymentId: string; readonly isAllocated: boolean }> {
  permitMoney(asked.actor);
  const { itemId, amount } = asked.data;
  return once(desk, 'money-book-held', asked, async (trx, { now, by }) => {
    const { tenantId } = desk;
    const held = await waiting(trx, tenantId, itemId);
    if (held.amount <= 0) throw new Problem('conflict', 'held-item-no-credit');
    const crowns = permitCrowns(held, amount);
    const original = originalOf(held);
    const reason =
      original === null
        ? 'ocenění platby z cizí měny'
        : `ocenění platby z cizí měny: ${moneyIn(original)}, kurz ${rateOf(crowns, original)}`;
    const account = `bank:${held.account}`;
    await bookBankMovement(trx, tenantId, { id: `priced:${held.id}`, bookedOn: held.day, account, amount: -crowns, reason, by, now });
    const { paymentId, allocated } = await receive(trx, tenantId, incomingOf(held, account, crowns), { now });
    const kept = {
      itemId,
      paymentId,
      amount: crowns,
      originalAmount: original?.amount ?? null,
      originalCurrency: original?.currency ?? null,
    };
    await insertForeignCredit(trx, tenantId, { ...kept, officerId: asked.actor.id, at: now });
    await notePriced(trx, tenantId, itemId, paymentId);
    return { paymentId, isAllocated: allocated.length > 0 };
  });
}

/** It stays among movements that are none of ours. Refuses `held-item-not-found`, `held-item-not-waiting` and `foreign-account`. */
export function putHeldAside(
  desk: Desk,
  asked: Asked<{ readonly itemId: string; readonly reason: string }>,
): Promise<{ readonly done: true }> {
  permitMoney(asked.actor);
  return once(desk, 'money-held-aside', asked, async (trx, { now }) => {
    const { id } = await waiting(trx, desk.tenantId, asked.data.itemId);
    await noteAside(trx, desk.tenantId, { id, reason: asked.data.reason, officerId: asked.actor.id, at: now });
    return { done: true } as const;
  });
}

async function waiting(trx: Transaction, tenantId: number, itemId: string): Promise<HeldRow> {
  const held = await lockHeld(trx, tenantId, itemId);
  if (!held) throw new Problem('not-found', 'held-item-not-found');
  if (held.outcome !== 'held') throw new Problem('conflict', 'held-item-not-waiting');
  if (held.accountCurrency !== 'CZK') throw new Problem('conflict', 'foreign-account', { currency: held.accountCurrency });
  return held;
}

function permitCrowns(held: HeldRow, amount: number | undefined): number {
  const { known, most } = crownsOf(held);
  if (known !== null && amount !== undefined && amount !== known) throw new Problem('conflict', 'crowns-differ', { amount: known });
  const crowns = known ?? amount;
  if (crowns === undefined) throw new Problem('invalid', 'crowns-missing');
  if (most !== null && crowns > most) throw new Problem('conflict', 'crowns-over', { most });
  return crowns;
}

const incomingOf = (held: HeldRow, account: string, amount: number): Parameters<typeof receive>[2] => ({
  source: 'bank',
  sourceId: held.id,
  account,
  amount,
  // Money of ours that came back must not pay the fee whose symbol it carries.
  variableSymbol: held.isReversal ? '' : held.vs,
  specificSymbol: held.ss,
  constantSymbol: held.ks,
  counterAccount: held.counterAccount,
  payerName: held.name,
  message: held.message,
  receivedOn: held.day,
});
