// Cash at a desk: what pieces of money there are, what they add up to, what may be taken. Whole haléře. Pure.
import { Problem } from '../problem.ts';

/** Valid notes and coins in haléře, the largest first (§ 12 zákona č. 6/1993 Sb., the notices of the bank of issue). */
export const DENOMINATIONS = [500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100] as const;

/** A payment in cash above this must go through a bank (§ 4 odst. 1 zákona č. 254/2004 Sb.). */
export const CASH_LIMIT = 27_000_000;

/** @param pieces how many of each, by value in haléře. Refuses `cash-denomination-unknown`. */
export function countedCash(pieces: Readonly<Record<string, number>>): number {
  return Object.entries(pieces).reduce((sum, [value, count]) => {
    const known = DENOMINATIONS.find((one) => String(one) === value);
    if (known === undefined || !Number.isSafeInteger(count) || count < 0)
      throw new Problem('invalid', 'cash-denomination-unknown', { value });
    return sum + known * count;
  }, 0);
}

/**
 * What is given back. There are no haléře among coins, so cash is paid in whole crowns.
 * Refuses `cash-whole-crowns`, `cash-limit`, `cash-too-little` {missing}.
 */
export function changeFor(amount: number, given: number): number {
  if (amount % 100 !== 0) throw new Problem('invalid', 'cash-whole-crowns');
  if (amount > CASH_LIMIT) throw new Problem('invalid', 'cash-limit', { limit: CASH_LIMIT });
  if (given < amount) throw new Problem('invalid', 'cash-too-little', { missing: amount - given });
  return given - amount;
}

/** The number printed on a receipt: `PPD-HLAVNI-2026-000001`. */
export const receiptNumber = (receipt: {
  readonly series: string;
  readonly desk: string;
  readonly year: number;
  readonly number: number;
}): string => `${receipt.series}-${receipt.desk.toUpperCase()}-${receipt.year}-${String(receipt.number).padStart(6, '0')}`;
