// Closing the books by months: the hash of a month's transactions over the hash of the month before, signed. A closed month is never opened: mending goes to the open one.
import { createHash } from 'node:crypto';
import { Problem } from '../domain/problem.ts';
import { closingsOf, insertClosing, lockBooks, monthBooked, type ClosingRow, type MonthBooked, type Turnover } from '../store/closings.ts';
import type { Transaction } from '../store/database.ts';
import { today, type Deed } from './booking.ts';

export type Sign = (digest: string) => { readonly signature: string; readonly keyId: string };

/**
 * Closes a month that is over, and with it those before it that are open. Refuses `month-not-over`, `month-closed-before`, `month-unreadable`.
 * Waits for whoever is booking; who books next goes to the next month.
 */
export async function closeMonth(
  trx: Transaction,
  tenantId: number,
  given: Deed & { readonly month: string; readonly sign: Sign },
): Promise<ClosingRow> {
  const { month, by, now, sign } = given;
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) throw new Problem('invalid', 'month-unreadable');
  if (month >= today({ now }).slice(0, 7)) throw new Problem('conflict', 'month-not-over', { month });
  await lockBooks(trx, tenantId);
  const last = (await closingsOf(trx, tenantId)).at(-1);
  if (last && last.month >= month) throw new Problem('conflict', 'month-closed-before', { month, closed: last.month });
  const booked = await monthBooked(trx, tenantId, last?.month ?? '', month);
  const previousHash = last?.hash ?? '';
  const hash = hashOf(month, previousHash, booked);
  const closing: ClosingRow = {
    month,
    closedAt: notBefore(booked.until, notBefore(last?.closedAt, new Date(now).toISOString())),
    closedBy: by,
    transactions: booked.transactions,
    balances: booked.turnover,
    hash,
    previousHash,
    ...sign(signed(tenantId, month, hash)),
  };
  await insertClosing(trx, tenantId, closing);
  return closing;
}
/** Who closes looks at his clock before he waits for others who book or close: a closing is never older than what it stands on. */
const notBefore = (earlier: string | undefined, at: string): string => (earlier !== undefined && earlier > at ? earlier : at);

const hashOf = (month: string, previousHash: string, { transactions, digest }: MonthBooked): string =>
  createHash('sha256').update(`${previousHash}\n${month}\n${transactions}\n${digest}`).digest('hex');
/** What the signature is made of. */
export const signed = (tenantId: number, month: string, hash: string): string => `${tenantId}/ledger/${month}/${hash}`;

export interface MonthState {
  readonly month: string;
  readonly state: 'open' | 'closed';
  /** It is over and not closed. */
  readonly mayClose: boolean;
  readonly transactions: number;
  readonly turnover: Turnover;
  readonly closing: ClosingRow | null;
}
export async function monthState(
  trx: Transaction,
  tenantId: number,
  given: { readonly month: string; readonly now: string },
): Promise<MonthState> {
  const { month } = given;
  const closings = await closingsOf(trx, tenantId);
  const closing = closings.find((one) => one.month === month) ?? null;
  const before = closings.findLast((one) => one.month < month)?.month ?? '';
  const isClosed = closings.some((one) => one.month >= month);
  const booked = closing
    ? { transactions: closing.transactions, turnover: closing.balances }
    : await monthBooked(trx, tenantId, previousOf(month, before), month);
  return {
    month,
    state: isClosed ? 'closed' : 'open',
    mayClose: !isClosed && month < today(given).slice(0, 7),
    transactions: booked.transactions,
    turnover: booked.turnover,
    closing,
  };
}
/** The month before, or the closed one if that is later: an open month is counted alone. */
function previousOf(month: string, closed: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const before = number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, '0')}`;
  return before > closed ? before : closed;
}

/** Months whose transactions no longer hash to what was closed, or whose chain is broken; empty when all is well. */
export async function brokenMonths(
  trx: Transaction,
  tenantId: number,
): Promise<readonly { readonly month: string; readonly reason: string }[]> {
  const broken: { month: string; reason: string }[] = [];
  let last: ClosingRow | undefined;
  for (const closing of await closingsOf(trx, tenantId)) {
    if (closing.previousHash !== (last?.hash ?? '')) broken.push({ month: closing.month, reason: 'previous-hash' });
    const booked = await monthBooked(trx, tenantId, last?.month ?? '', closing.month);
    if (hashOf(closing.month, closing.previousHash, booked) !== closing.hash) broken.push({ month: closing.month, reason: 'hash' });
    last = closing;
  }
  return broken;
}
