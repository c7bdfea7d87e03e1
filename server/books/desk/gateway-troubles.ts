// A transfer of a gateway that does not add up: its money that was taken for somebody's payment is booked as the settlement that it is, or a clerk says how it ended.
import { permitMoney } from '../../domain/permission.ts';
import { Problem } from '../../domain/problem.ts';
import type { Transaction } from '../../store/database.ts';
import { lockTrouble, noteSettled, resolveTrouble, type TroubledTransfer } from '../../store/gateway-troubles.ts';
import { lockPayments } from '../../store/payments.ts';
import { bookBankMovement, reversePayment } from '../index.ts';
import { once, type Asked, type Desk } from './once.ts';

export interface Transfer {
  readonly gateway: string;
  readonly id: string;
}

/**
 * The payment that the bank's credit had become is taken back, bank + / gateway − booked instead. Refuses `transfer-not-in-trouble`, `transfer-has-no-payment` and
 * `transfer-pays-debts` (release what it stands on first).
 */
export function settleTransfer(desk: Desk, asked: Asked<Transfer>): Promise<{ readonly done: true }> {
  permitMoney(asked.actor);
  return once(desk, 'money-settle-transfer', asked, async (trx, { now, by }) => {
    const { tenantId } = desk;
    const transfer = await openTrouble(trx, tenantId, asked.data);
    if (transfer.paymentId === null) throw new Problem('conflict', 'transfer-has-no-payment');
    const { gateway, id, amount, fee, paymentId } = transfer;
    const payment = (await lockPayments(trx, tenantId, [paymentId])).get(paymentId);
    if (payment?.free !== amount) throw new Problem('conflict', 'transfer-pays-debts');
    const reason = `vypořádání brány, převod ${id}`;
    await reversePayment(trx, tenantId, { paymentId, reason: `není platba: ${reason}`, on: payment.receivedOn, by, now });
    const account = payment.ledgerAccount;
    const against = `gateway:${gateway}`;
    const movement = {
      id: `settled:${gateway}:${id}`,
      bookedOn: payment.receivedOn,
      account,
      amount,
      fee,
      against,
      kind: 'settlement' as const,
    };
    await bookBankMovement(trx, tenantId, { ...movement, reason, by, now });
    await noteSettled(trx, tenantId, paymentId, `${gateway}:${id}`);
    await resolveTrouble(trx, tenantId, { gateway, id, officerId: asked.actor.id, resolution: 'zaúčtováno jako vypořádání', at: now });
    return { done: true } as const;
  });
}

/** Looked into and nothing is left to do in the books. Refuses `transfer-not-in-trouble`. */
export function closeTrouble(desk: Desk, asked: Asked<Transfer & { readonly reason: string }>): Promise<{ readonly done: true }> {
  permitMoney(asked.actor);
  return once(desk, 'money-close-transfer', asked, async (trx, { now }) => {
    const { gateway, id } = await openTrouble(trx, desk.tenantId, asked.data);
    await resolveTrouble(trx, desk.tenantId, { gateway, id, officerId: asked.actor.id, resolution: asked.data.reason, at: now });
    return { done: true } as const;
  });
}

async function openTrouble(trx: Transaction, tenantId: number, { gateway, id }: Transfer): Promise<TroubledTransfer> {
  const found = await lockTrouble(trx, tenantId, gateway, id);
  if (!found?.isOpen) throw new Problem('conflict', 'transfer-not-in-trouble');
  return found;
}
