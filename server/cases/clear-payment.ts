// A clerk clears a payment on the prescription with a symbol, or sends back what belongs to nothing. Each command once; the case hears of it from the books.
import { allocate, orderReturn } from '../books/index.ts';
import { once, type Asked } from '../books/desk/once.ts';
import { bareSymbol } from '../domain/money/symbols.ts';
import { Problem } from '../domain/problem.ts';
import { lockPayments, type PaymentNow } from '../store/payments.ts';
import { prescriptionBy } from '../store/prescriptions.ts';
import type { Transaction } from '../store/database.ts';
import type { Corridor } from './corridor.ts';

const deskOf = ({ db, clock, poke }: Corridor, tenantId: number): Parameters<typeof once>[0] => ({
  db,
  tenantId,
  now: () => clock.now(),
  poke,
});

/** As much as is free and owed. Refuses `prescription-not-found`, `prescription-cancelled`, `already-paid`, `payment-not-found`, `payment-already-cleared`. */
export async function clearPayment(
  corridor: Corridor,
  tenantId: number,
  asked: Asked<{ readonly paymentId: string; readonly variableSymbol: string; readonly note: string }>,
): Promise<void> {
  const { paymentId, variableSymbol, note } = asked.data;
  await once(deskOf(corridor, tenantId), 'match-payment', asked, async (trx, deed) => {
    const found = await prescriptionBy(trx, tenantId, { variableSymbol: bareSymbol(variableSymbol) });
    if (!found) throw new Problem('not-found', 'prescription-not-found');
    const payment = await freePayment(trx, tenantId, paymentId);
    // Nothing owed: one haléř asks for the books' own words why.
    const amount = Math.max(1, Math.min(payment.free, found.open));
    await allocate(trx, tenantId, { paymentId, shares: [{ prescriptionId: found.id, amount }], reason: note, ...deed });
    return null;
  });
}

/** Orders all that is free back to where it came from. Refuses `payment-not-found`, `payment-already-cleared`, and what orderReturn refuses. */
export async function returnPayment(
  corridor: Corridor,
  tenantId: number,
  asked: Asked<{ readonly paymentId: string; readonly note: string }>,
): Promise<void> {
  const { paymentId, note } = asked.data;
  await once(deskOf(corridor, tenantId), 'return-payment', asked, async (trx, deed) => {
    const { free } = await freePayment(trx, tenantId, paymentId);
    const reason = note.trim() === '' ? 'vrácení platby' : note;
    return orderReturn(trx, tenantId, { paymentId, amount: free, to: '', name: '', reason, ...deed });
  });
}

async function freePayment(trx: Transaction, tenantId: number, id: string): Promise<PaymentNow> {
  const payment = (await lockPayments(trx, tenantId, [id])).get(id);
  if (!payment) throw new Problem('not-found', 'payment-not-found');
  if (payment.free <= 0) throw new Problem('conflict', 'payment-already-cleared');
  return payment;
}
