// Cancelling many prescriptions at once, those for which nothing has come and nothing was written off: receivable − / revenue +, one transaction of the ledger each.
import { Problem } from '../domain/problem.ts';
import { newId } from '../platform/ids.ts';
import type { Transaction } from '../store/database.ts';
import { postTransactions } from '../store/ledger.ts';
import { lockPrescriptions } from '../store/prescriptions.ts';
import { RECEIVABLE, bookingDay, reasons, revenue, today, type Deed } from './booking.ts';

/**
 * Gives those that were left alone because money stands on them: they are cancelled one by one (`cancelPrescription`). Cancelled before: nothing happens.
 * Whoever calls it has had the whole of it approved. Refuses `reason-missing`.
 */
export async function cancelUnpaid(
  trx: Transaction,
  tenantId: number,
  given: Deed & { readonly prescriptionIds: readonly string[]; readonly reason: string },
): Promise<readonly string[]> {
  const { prescriptionIds, reason, by, now } = given;
  if (reason.trim() === '') throw new Problem('invalid', 'reason-missing');
  const standing = [...(await lockPrescriptions(trx, tenantId, prescriptionIds)).values()].filter(({ total }) => total !== 0);
  const untouched = standing.filter(({ total, open }) => open === total);
  const { day, moved } = await bookingDay(trx, tenantId, today({ now }));
  await postTransactions(
    trx,
    tenantId,
    untouched.map(({ id, kind, total }) => {
      const transaction = newId(new Date(now));
      return {
        id: transaction,
        kind: 'cancel',
        key: `cancel:${transaction}`,
        bookedOn: day,
        recordedAt: now,
        actor: by,
        reason: reasons(reason, moved),
        entries: [
          { account: RECEIVABLE, subject: id, amount: -total },
          { account: revenue(kind), subject: id, amount: total },
        ],
      };
    }),
  );
  return standing.filter(({ total, open }) => open !== total).map(({ id }) => id);
}
