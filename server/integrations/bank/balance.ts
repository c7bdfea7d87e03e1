// A statement is believed only when its balances agree with its items, to the haléř.
import type { DraftItem } from './item-id.ts';
import { StatementRefused } from './statement.ts';

/** Sums in BigInt: twelve digits times a hundred thousand lines are past what a number holds. */
export const sumOf = (amounts: readonly number[]): bigint => amounts.reduce((sum, amount) => sum + BigInt(amount), 0n);

export interface Balances {
  readonly currency: string;
  readonly opening: number;
  readonly closing: number;
  /** Line of the closing balance. */
  readonly line: number;
}

/**
 * Throws StatementRefused. An item in another currency than the account's moved the balance by an amount that the bank may not say; it is
 * held for a person either way, so it may count with its amount or not at all.
 */
export function requireBalance({ currency, opening, closing, line }: Balances, items: readonly DraftItem[]): void {
  const own = sumOf(items.filter((item) => item.currency === currency).map((item) => item.amount));
  const other = sumOf(items.filter((item) => item.currency !== currency).map((item) => item.amount));
  const moved = BigInt(closing) - BigInt(opening);
  if (moved === own || moved === own + other) return;
  throw new StatementRefused(
    line,
    `zůstatky nesouhlasí s položkami: počáteční ${showMoney(opening)} a položky ${showMoney(own + other)} nedávají konečný ${showMoney(closing)}.`,
  );
}

/** `-1 234,50` */
export function showMoney(hundredths: number | bigint): string {
  const value = BigInt(hundredths);
  const digits = String(value < 0n ? -value : value).padStart(3, '0');
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ' ');
  return `${value < 0n ? '-' : ''}${whole},${digits.slice(-2)}`;
}
