// Mending prescriptions by counter-entries only: a new total, a cancellation, a write-off. What was paid over is freed as an overpayment.
import { Problem } from '../domain/problem.ts';
import { newId } from '../platform/ids.ts';
import type { Transaction } from '../store/database.ts';
import { allocationsOf, postTransactions, type Allocation, type LedgerEntry } from '../store/ledger.ts';
import { lockPayments } from '../store/payments.ts';
import { lockPrescriptions, markCancelled, type PrescriptionNow } from '../store/prescriptions.ts';
import { keepRest, undo } from './allocate.ts';
import { RECEIVABLE, bookingDay, reasons, revenue, today, writeoff, type Deed } from './booking.ts';
import { settleLives } from './lives.ts';
import { keyOf, mustBeNew, secondPerson } from './second-person.ts';
import { tellSettled } from './tell-settled.ts';

export interface Correction extends Deed {
  readonly prescriptionId: string;
  readonly reason: string;
  readonly approval?: string;
  /** The case asks for it itself and is not told of it. */
  readonly quiet?: boolean;
}

/**
 * Prescribes more or less: `amount` is the new total in haléře, 0 = nothing is owed any more. Gives how much was freed on which payments.
 * Refuses `prescription-not-found`, `reason-missing`, `amount-not-whole`, `prescription-cancelled`, and what second-person.ts refuses.
 */
export async function adjust(
  trx: Transaction,
  tenantId: number,
  given: Correction & { readonly amount: number },
): Promise<{ readonly freed: number; readonly payments: readonly string[] }> {
  if (!Number.isSafeInteger(given.amount) || given.amount < 0) throw new Problem('invalid', 'amount-not-whole');
  const { prescription, standing } = await lockWhole(trx, tenantId, given);
  if (prescription.total === 0 && given.amount > 0) throw new Problem('conflict', 'prescription-cancelled');
  const change = given.amount - prescription.total;
  if (change === 0) return { freed: 0, payments: [] };
  const subject = prescription.id;
  const approvedBy = await secondPerson(trx, tenantId, { ...given, kind: 'correction', subject, amount: Math.abs(change) });
  const over = Math.max(0, -change - prescription.open);
  const unwritten = Math.min(over, prescription.writtenOff);
  const freed = await free(trx, tenantId, standing, { ...given, amount: over - unwritten });
  const id = await bookCorrection(trx, tenantId, prescription, {
    ...given,
    change,
    unwritten,
    kind: given.amount === 0 ? 'cancel' : 'correct',
    approvedBy,
  });
  if (freed.length > 0)
    await settleLives(trx, tenantId, freed, { ...given, reason: given.amount === 0 ? 'prescription-cancelled' : 'overpaid' });
  if (given.amount === 0) await markCancelled(trx, tenantId, prescription.id, given.reason, given.now);
  const how = given.amount === 0 ? 'cancelled' : 'corrected';
  await tellSettled(trx, tenantId, { id, how, before: prescription, quiet: given.quiet ?? false, now: given.now });
  return { freed: over - unwritten, payments: freed };
}

/** Nothing is owed any more and all that came for it is free again. Done before: nothing happens. */
export async function cancelPrescription(
  trx: Transaction,
  tenantId: number,
  given: Correction,
): Promise<{ readonly freed: number; readonly payments: readonly string[] }> {
  return adjust(trx, tenantId, { ...given, amount: 0 });
}

/** Gives up a part or all of what is owed (writeoff + / receivable −). Refuses `more-than-owed` and `already-paid`. */
export async function writeOff(trx: Transaction, tenantId: number, given: Correction & { readonly amount: number }): Promise<void> {
  if (!Number.isSafeInteger(given.amount) || given.amount <= 0) throw new Problem('invalid', 'amount-not-positive');
  if (given.reason.trim() === '') throw new Problem('invalid', 'reason-missing');
  const prescription = (await lockPrescriptions(trx, tenantId, [given.prescriptionId])).get(given.prescriptionId);
  if (!prescription) throw new Problem('not-found', 'prescription-not-found');
  if (prescription.open <= 0) throw new Problem('conflict', 'already-paid');
  if (given.amount > prescription.open) throw new Problem('conflict', 'more-than-owed', { open: prescription.open });
  const approvedBy = await secondPerson(trx, tenantId, { ...given, kind: 'writeoff', subject: prescription.id });
  const { day, moved } = await bookingDay(trx, tenantId, today(given));
  const id = newId(new Date(given.now));
  const booked = await postTransactions(trx, tenantId, [
    {
      id,
      kind: 'write-off',
      key: keyOf('write-off', id, given.approval),
      bookedOn: day,
      recordedAt: given.now,
      actor: given.by,
      ...(approvedBy ? { approvedBy } : {}),
      reason: reasons(given.reason, moved),
      entries: [
        { account: writeoff(prescription.kind), subject: prescription.id, amount: given.amount },
        { account: RECEIVABLE, subject: prescription.id, amount: -given.amount },
      ],
    },
  ]);
  mustBeNew(booked, id);
  await tellSettled(trx, tenantId, { id, how: 'written-off', before: prescription, quiet: given.quiet ?? false, now: given.now });
}

/** The prescription and all payments that stand on it, payments first: the order in which everybody locks. */
async function lockWhole(
  trx: Transaction,
  tenantId: number,
  { prescriptionId, reason }: Pick<Correction, 'prescriptionId' | 'reason'>,
): Promise<{ readonly prescription: PrescriptionNow; readonly standing: readonly Allocation[] }> {
  if (reason.trim() === '') throw new Problem('invalid', 'reason-missing');
  const payments = async (): Promise<readonly Allocation[]> => allocationsOf(trx, tenantId, { prescriptionId });
  await lockPayments(trx, tenantId, idsOf(await payments()));
  const prescription = (await lockPrescriptions(trx, tenantId, [prescriptionId])).get(prescriptionId);
  if (!prescription) throw new Problem('not-found', 'prescription-not-found');
  const standing = await payments();
  // One that came between the two looks is locked late; should that cross with somebody, PostgreSQL ends one of the two and it is repeated.
  await lockPayments(trx, tenantId, idsOf(standing));
  return { prescription, standing };
}
const idsOf = (standing: readonly Allocation[]): readonly string[] => [...new Set(standing.map(({ paymentId }) => paymentId))].toSorted();

/** Frees `amount` of these allocations, what came last first; gives the payments that it was taken from. */
async function free(
  trx: Transaction,
  tenantId: number,
  standing: readonly Allocation[],
  { amount, by, now, reason }: Deed & { readonly amount: number; readonly reason: string },
): Promise<readonly string[]> {
  let rest = amount;
  const undone: Allocation[] = [];
  const kept: Allocation[] = [];
  for (const one of standing.toReversed()) {
    if (rest <= 0) break;
    undone.push(one);
    if (one.amount > rest) kept.push({ ...one, amount: one.amount - rest });
    rest -= Math.min(rest, one.amount);
  }
  if (undone.length === 0) return [];
  await undo(trx, tenantId, undone, { by, now, reason, quiet: true });
  const { day } = await bookingDay(trx, tenantId, today({ now }));
  await keepRest(trx, tenantId, kept, { by, now, reason, day });
  return idsOf(undone);
}

interface Booked extends Deed {
  readonly change: number;
  readonly unwritten: number;
  readonly kind: 'correct' | 'cancel';
  readonly reason: string;
  readonly approvedBy: string | undefined;
  readonly approval?: string;
}
/** Up: receivable + / revenue −. Down the opposite; what had been written off comes back first. */
async function bookCorrection(
  trx: Transaction,
  tenantId: number,
  prescription: PrescriptionNow,
  { change, unwritten, kind, by, now, reason, approvedBy, approval }: Booked,
): Promise<string> {
  const { day, moved } = await bookingDay(trx, tenantId, today({ now }));
  const id = newId(new Date(now));
  const entries: readonly LedgerEntry[] = [
    { account: RECEIVABLE, subject: prescription.id, amount: change + unwritten },
    { account: writeoff(prescription.kind), subject: prescription.id, amount: -unwritten },
    { account: revenue(prescription.kind), subject: prescription.id, amount: -change },
  ];
  const booked = await postTransactions(trx, tenantId, [
    {
      id,
      kind,
      key: keyOf(kind, id, approval),
      bookedOn: day,
      recordedAt: now,
      actor: by,
      ...(approvedBy ? { approvedBy } : {}),
      reason: reasons(reason, moved),
      entries: entries.filter(({ amount }) => amount !== 0),
    },
  ]);
  mustBeNew(booked, id);
  return id;
}
