// A case also hears that its prescription is settled when no money did it: a correction down to what was paid, a cancellation, a write-off. It waits for
// one message, `platba`, whoever settled it; `how` says which it was. Kept in the same transaction as the entry, so that it is told once or not at all.
import { dayOf, type LegalDate } from '../domain/calendar.ts';
import type { Transaction } from '../store/database.ts';
import { allocationsOf } from '../store/ledger.ts';
import { keepEvents, withdrawEvents } from '../store/money-events.ts';
import { paymentsNow, type PaymentNow } from '../store/payments.ts';
import { prescriptionsNow, type PrescriptionNow } from '../store/prescriptions.ts';
import { PAID } from './tell.ts';

export type SettledBy = 'corrected' | 'cancelled' | 'written-off';
export interface Settling {
  /** Id of the entry that did it: names the event. */
  readonly id: string;
  readonly how: SettledBy;
  /** The prescription before the entry. */
  readonly before: PrescriptionNow;
  /** The case did it itself and its diagram goes on from there. */
  readonly quiet: boolean;
  readonly now: string;
}

/**
 * Called after the entry. A case that was told before stays with that; what it has not heard yet and is no longer true is withdrawn: it is told how things
 * stand now, or that all is paid when it is.
 */
export async function tellSettled(trx: Transaction, tenantId: number, { id, how, before, quiet, now }: Settling): Promise<void> {
  if (before.caseId === null) return;
  const [after] = await prescriptionsNow(trx, tenantId, [before.id]);
  if (!after) throw new Error(`prescription ${before.id} is gone`);
  const isOutdated = after.open > 0 || after.total === 0;
  const withdrawn = isOutdated ? await withdrawEvents(trx, tenantId, PAID, [before.id], now) : [];
  const wasTold = before.open === 0 && withdrawn.length === 0;
  if (quiet || after.open > 0 || wasTold) return;
  const payload = { ...(await settledOn(trx, tenantId, after, { how, now })), prescriptionId: after.id, amount: after.total, open: 0, how };
  await keepEvents(trx, tenantId, [{ messageId: `${PAID}:${id}`, caseId: before.caseId, name: PAID, payload }], now);
}

/**
 * The day that counts: of the money that now covers all of it; of the write-off, because until then it was owed. What was cancelled was never to be paid, so it
 * is never late.
 */
async function settledOn(
  trx: Transaction,
  tenantId: number,
  { id, dueDate }: PrescriptionNow,
  { how, now }: Pick<Settling, 'how' | 'now'>,
): Promise<{
  readonly paymentId: string | null;
  readonly paidOn: LegalDate;
  readonly receivedOn: LegalDate;
  readonly onTime: boolean;
  readonly dueDate: LegalDate;
}> {
  const today = dayOf(now);
  const last = how === 'corrected' ? await lastPayment(trx, tenantId, id) : undefined;
  const nothing = how === 'cancelled' && dueDate < today ? dueDate : today;
  const receivedOn = last?.receivedOn ?? nothing;
  return { paymentId: last?.id ?? null, paidOn: last?.paidOn ?? receivedOn, receivedOn, onTime: receivedOn <= dueDate, dueDate };
}

async function lastPayment(trx: Transaction, tenantId: number, prescriptionId: string): Promise<PaymentNow | undefined> {
  const standing = await allocationsOf(trx, tenantId, { prescriptionId });
  const payments = await paymentsNow(
    trx,
    tenantId,
    standing.map(({ paymentId }) => paymentId),
  );
  return payments.toSorted((a, b) => (a.receivedOn < b.receivedOn ? 1 : -1))[0];
}
