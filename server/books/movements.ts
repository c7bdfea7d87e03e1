// What moves on the town's accounts without being a payment of a payer: debits, settlements of gateways, cash taken to the bank, movements that are none of ours.
import { Problem } from '../domain/problem.ts';
import { newId } from '../platform/ids.ts';
import type { Transaction } from '../store/database.ts';
import { postTransactions, type LedgerEntry, type TransactionKind } from '../store/ledger.ts';
import { bookingDay, reasons, type Deed } from './booking.ts';

export const OTHER_BANK = 'other:bank';
export interface Movement extends Deed {
  /** The item's id at its source: booked at most once. */
  readonly id: string;
  readonly bookedOn: string;
  /** Ledger account that moves: bank:…, cash:…; + in, − out. Haléře. */
  readonly account: string;
  readonly amount: number;
  readonly reason: string;
  /** Other side; default `other:bank`. `transit`, `gateway:gopay` … */
  readonly against?: string;
  /** A gateway's fee that the settlement is short of, haléře ≥ 0: goes to `fees:gateway`. */
  readonly fee?: number;
  readonly kind?: Extract<TransactionKind, 'movement' | 'settlement' | 'deposit' | 'opening'>;
}
/** Booked before: nothing happens. Refuses `amount-not-whole`. */
export async function bookBankMovement(
  trx: Transaction,
  tenantId: number,
  given: Movement,
): Promise<{ readonly transactionId: string; readonly repeated: boolean }> {
  const fee = given.fee ?? 0;
  if (!Number.isSafeInteger(given.amount) || given.amount === 0 || !Number.isSafeInteger(fee) || fee < 0)
    throw new Problem('invalid', 'amount-not-whole');
  const { day, moved } = await bookingDay(trx, tenantId, given.bookedOn);
  const id = newId(new Date(given.now));
  const entries: readonly LedgerEntry[] = [
    { account: given.account, amount: given.amount },
    { account: 'fees:gateway', amount: fee },
    { account: given.against ?? OTHER_BANK, amount: -given.amount - fee },
  ];
  const booked = await postTransactions(trx, tenantId, [
    {
      id,
      kind: given.kind ?? 'movement',
      key: `movement:${given.id}`,
      bookedOn: day,
      recordedAt: given.now,
      actor: given.by,
      reason: reasons(given.reason, moved),
      entries: entries.filter(({ amount }) => amount !== 0),
    },
  ]);
  return { transactionId: id, repeated: !booked.has(id) };
}
