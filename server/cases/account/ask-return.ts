// A payer asks for his overpayment back. The request waits for an officer; nothing moves in the books by it.
import { dayOf, rollForward } from '../../domain/calendar.ts';
import { bankAccount } from '../../domain/identifiers/index.ts';
import { plusDays } from '../../domain/money/days.ts';
import { Problem } from '../../domain/problem.ts';
import { newId } from '../../platform/ids.ts';
import { isUniqueViolation } from '../../store/database.ts';
import { viewerId, visiblePayers, type AccountViewer } from '../../store/payer-access.ts';
import { freeMoney, insertRequest, takeBackRequest } from '../../store/return-requests.ts';
import type { Corridor } from '../corridor.ts';

/** An overpayment of a fee is returned on request when it is more than this (§ 155 odst. 2 zákona č. 280/2009 Sb.). */
const SMALL_HALERE = 20_000;
/** Days within which it is sent (§ 155 odst. 2 zákona č. 280/2009 Sb.). */
const DAYS = 30;

export interface ReturnWish {
  readonly paymentId: string;
  readonly account: string;
  readonly name: string;
}

/** Refuses `payment-not-found`, `account-invalid`, `overpayment-gone`, `overpayment-too-small`, `overpayment-covers-debt`, `return-already-asked`. */
export async function askReturn(corridor: Corridor, tenantId: number, personId: AccountViewer, wish: ReturnWish): Promise<string> {
  const account = bankAccount(wish.account);
  if (account === undefined) throw new Problem('invalid', 'account-invalid');
  const now = corridor.clock.now();
  const today = dayOf(now.toISOString());
  try {
    return await corridor.db.withTenant(tenantId, async (trx) => {
      const payers = await visiblePayers(trx, tenantId, personId, today);
      const money = await freeMoney(trx, tenantId, wish.paymentId, today);
      const payer = payers.find(({ id, only }) => id === money?.payerId && only === null);
      if (!money || !payer) throw new Problem('not-found', 'payment-not-found');
      if (money.free <= 0) throw new Problem('conflict', 'overpayment-gone');
      if (money.isOfFees && money.overdueFees > 0) throw new Problem('conflict', 'overpayment-covers-debt');
      if (money.isOfFees && money.free <= SMALL_HALERE) throw new Problem('conflict', 'overpayment-too-small');
      const id = newId(now);
      await insertRequest(trx, tenantId, {
        id,
        paymentId: wish.paymentId,
        payerId: payer.id,
        personId: viewerId(personId),
        amount: money.free,
        account,
        name: wish.name,
        askedAt: now.toISOString(),
        dueOn: rollForward(plusDays(today, DAYS)),
      });
      return id;
    });
  } catch (error) {
    if (isUniqueViolation(error, 'return_request_open')) throw new Problem('conflict', 'return-already-asked', {}, { cause: error });
    throw error;
  }
}

/** Refuses `return-not-found`: only who asked, and only while nobody has decided. */
export async function takeBackReturn(corridor: Corridor, tenantId: number, personId: string, id: string): Promise<void> {
  const at = corridor.clock.now().toISOString();
  if (!(await corridor.db.withTenant(tenantId, (trx) => takeBackRequest(trx, tenantId, { id, personId, at }))))
    throw new Problem('not-found', 'return-not-found');
}
