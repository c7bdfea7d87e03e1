// A source takes a payment back by an item of its own: the payment that it means is found and reversed; one that we do not know stays among movements.
import { bareSymbol } from '../domain/money/symbols.ts';
import type { Transaction } from '../store/database.ts';
import { bookedUnder, holdKey } from '../store/ledger.ts';
import { lockPayments, paymentToReverse } from '../store/payments.ts';
import type { IncomingPayment, Received } from './incoming.ts';
import { bookBankMovement } from './movements.ts';
import { reversePayment } from './reverse.ts';

/** Once for an item, whoever reads it and how often. */
export async function takeBack(trx: Transaction, tenantId: number, storno: IncomingPayment, now: string): Promise<Received> {
  const { source, sourceId, account, amount, counterAccount, receivedOn } = storno;
  const key = `storno:${source}:${sourceId}`;
  const by = `rule:${source}`;
  await holdKey(trx, tenantId, key);
  const known = await bookedUnder(trx, tenantId, [key, `movement:${key}`]);
  if (known) return { paymentId: known.reverses ?? '', repeated: true, allocated: [], state: 'reversed' };
  const variableSymbol = bareSymbol(storno.variableSymbol);
  const paymentId = await heldToReverse(trx, tenantId, { source, ledgerAccount: account, amount, variableSymbol, counterAccount });
  if (paymentId === undefined) {
    const movement = { id: key, bookedOn: receivedOn, amount: -amount, account, reason: 'storno platby, kterou neznáme', by, now };
    const { repeated } = await bookBankMovement(trx, tenantId, movement);
    return { paymentId: '', repeated, allocated: [], state: 'reversed' };
  }
  const { state, repeated } = await reversePayment(trx, tenantId, {
    paymentId,
    reason: 'storno banky',
    source: key,
    on: receivedOn,
    by,
    now,
  });
  return { paymentId, repeated, allocated: [], state };
}

/** The payment is locked; one that was sent back or taken back while we waited for it is not the one. */
async function heldToReverse(
  trx: Transaction,
  tenantId: number,
  storno: Parameters<typeof paymentToReverse>[2],
): Promise<string | undefined> {
  for (;;) {
    const id = await paymentToReverse(trx, tenantId, storno);
    const held = id === undefined ? undefined : (await lockPayments(trx, tenantId, [id])).get(id);
    if (!held || held.reversed + held.returning + held.returned === 0) return id;
  }
}
