// What every act of the books shares: who did it and when, the accounting day in an open month, and accounts by their names.
import { dayOf, type LegalDate } from '../domain/calendar.ts';
import type { Transaction } from '../store/database.ts';
import { newestClosedMonth } from '../store/ledger.ts';

/** 'officer:<uuid>' | 'citizen:<uuid>' | 'rule:<name>' | 'clock' | 'run:<uuid>' */
export type By = string;
export interface Deed {
  readonly by: By;
  /** Instant, UTC. */
  readonly now: string;
}

export interface BookingDay {
  readonly day: LegalDate;
  /** Said in the reason when the month of the wanted day is closed already; empty otherwise. */
  readonly moved: string;
}
/** The wanted day, or the first day of the first open month when its month is closed: a closed month is never opened again. */
export async function bookingDay(trx: Transaction, tenantId: number, wanted: LegalDate): Promise<BookingDay> {
  const closed = await newestClosedMonth(trx, tenantId);
  if (closed === undefined || wanted.slice(0, 7) > closed) return { day: wanted, moved: '' };
  return { day: `${monthAfter(closed)}-01`, moved: `patří ke dni ${wanted}, měsíc je uzavřen` };
}
export const today = ({ now }: Pick<Deed, 'now'>): LegalDate => dayOf(now);

/** `2026-12` → `2027-01`. */
export function monthAfter(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}

/** Two reasons as one sentence; the empty ones are left out. */
export const reasons = (...given: readonly string[]): string => given.filter((one) => one !== '').join('; ');

export const RECEIVABLE = 'receivable';
export const PAYMENT = 'payment';
export const REFUND = 'refund';
export const revenue = (kind: string): string => `revenue:${kind}`;
export const writeoff = (kind: string): string => `writeoff:${kind}`;
