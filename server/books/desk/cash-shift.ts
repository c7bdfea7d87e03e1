// A shift at the cash desk: opened over counted cash, closed over counted cash; what differs is booked with a reason, what goes to the bank is on its way.
import { countedCash } from '../../domain/money/cash.ts';
import { permitCash } from '../../domain/permission.ts';
import { Problem } from '../../domain/problem.ts';
import { newId } from '../../platform/ids.ts';
import { closeShiftRow, hasHadShift, insertShift, lockDesk, lockOpenShift, openShiftAt, saveDesk, shiftTotals } from '../../store/cash.ts';
import type { Transaction } from '../../store/database.ts';
import type { Json } from '../../store/json.ts';
import { accountBalance, postTransactions, type LedgerEntry, type TransactionKind } from '../../store/ledger.ts';
import { bookingDay, today } from '../booking.ts';
import { once, type Asked, type Desk } from './once.ts';

export const cashAccount = (desk: string): string => `cash:${desk}`;
export const terminalAccount = (desk: string): string => `terminal:${desk}`;
/** Manko and přebytek of cash desks. */
export const CASH_DIFFERENCE = 'other:cash-difference';
const TRANSIT = 'transit';
const OPENING = 'opening';

/** A desk of the town; its name may be mended later. */
export function addCashDesk(desk: Desk, asked: Asked<{ readonly code: string; readonly name: string }>): Promise<null> {
  return once(desk, 'cash-desk', asked, async (trx) => {
    await saveDesk(trx, desk.tenantId, asked.data);
    return null;
  });
}

/** Refuses `cash-desk-unknown`, `cash-shift-open`, `cash-desk-held` {name}, `cash-difference-reason` {difference}. */
export function openShift(
  desk: Desk,
  asked: Asked<{ readonly desk: string; readonly counted: number; readonly reason: string }>,
): Promise<{ readonly shiftId: string }> {
  permitCash(asked.actor);
  const { desk: code, counted, reason } = asked.data;
  return once(desk, 'cash-open', asked, async (trx, { now, by }) => {
    const { tenantId } = desk;
    if (!(await lockDesk(trx, tenantId, code))) throw new Problem('not-found', 'cash-desk-unknown');
    if (await lockOpenShift(trx, tenantId, asked.actor.id)) throw new Problem('conflict', 'cash-shift-open');
    const holder = await openShiftAt(trx, tenantId, code);
    if (holder) throw new Problem('conflict', 'cash-desk-held', { name: holder.officer });
    const booked = await accountBalance(trx, tenantId, cashAccount(code));
    const difference = counted - booked;
    const isFirst = !(await hasHadShift(trx, tenantId, code));
    if (difference !== 0 && !isFirst && reason === '') throw new Problem('invalid', 'cash-difference-reason', { difference });
    const shiftId = newId(new Date(now));
    await insertShift(trx, tenantId, { id: shiftId, desk: code, officerId: asked.actor.id, openedAt: now, opening: counted });
    if (difference !== 0)
      await book(trx, tenantId, {
        kind: isFirst ? 'opening' : 'movement',
        key: `cash-open:${shiftId}`,
        by,
        now,
        reason: isFirst ? 'Počáteční stav pokladny' : reason,
        entries: [
          { account: cashAccount(code), amount: difference },
          { account: isFirst ? OPENING : CASH_DIFFERENCE, amount: -difference },
        ],
      });
    return { shiftId };
  });
}

export interface Closing {
  /** Pieces by value in haléře. */
  readonly denominations: Readonly<Record<string, number>>;
  readonly reason: string;
  readonly handOver: number;
}
/** Refuses `cash-shift-missing`, `cash-difference-reason` {difference}, `cash-hand-over` {counted}. */
export function closeShift(desk: Desk, asked: Asked<Closing>): Promise<{ readonly shiftId: string; readonly difference: number }> {
  permitCash(asked.actor);
  const { denominations, reason, handOver } = asked.data;
  const counted = countedCash(denominations);
  return once(desk, 'cash-close', asked, async (trx, { now, by }) => {
    const { tenantId } = desk;
    const shift = await lockOpenShift(trx, tenantId, asked.actor.id);
    if (!shift) throw new Problem('conflict', 'cash-shift-missing');
    const account = cashAccount(shift.desk);
    const expected = await accountBalance(trx, tenantId, account);
    const difference = counted - expected;
    if (difference !== 0 && reason === '') throw new Problem('invalid', 'cash-difference-reason', { difference });
    if (handOver > counted) throw new Problem('invalid', 'cash-hand-over', { counted });
    if (difference !== 0)
      await book(trx, tenantId, {
        kind: 'movement',
        key: `cash-close:${shift.id}`,
        by,
        now,
        reason,
        entries: [
          { account, amount: difference },
          { account: CASH_DIFFERENCE, amount: -difference },
        ],
      });
    if (handOver > 0)
      await book(trx, tenantId, {
        kind: 'deposit',
        key: `cash-hand-over:${shift.id}`,
        by,
        now,
        reason: 'Odvod hotovosti do banky',
        entries: [
          { account: TRANSIT, amount: handOver },
          { account, amount: -handOver },
        ],
      });
    const { card } = await shiftTotals(trx, tenantId, shift.id);
    const end = { closedAt: now, expected, counted, denominations: denominations as Json, reason, handedOver: handOver, cardTotal: card };
    await closeShiftRow(trx, tenantId, shift.id, end);
    return { shiftId: shift.id, difference };
  });
}

interface Booked {
  readonly kind: TransactionKind;
  readonly key: string;
  readonly by: string;
  readonly now: string;
  readonly reason: string;
  readonly entries: readonly LedgerEntry[];
}
async function book(trx: Transaction, tenantId: number, { kind, key, by, now, reason, entries }: Booked): Promise<void> {
  const { day } = await bookingDay(trx, tenantId, today({ now }));
  await postTransactions(trx, tenantId, [
    { id: newId(new Date(now)), kind, key, bookedOn: day, recordedAt: now, actor: by, reason, entries },
  ]);
}
