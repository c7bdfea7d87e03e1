// A credit that came in another currency: how many crowns it may be booked for, and the rate that the bank used.

export interface HeldCredit {
  /** Hundredths of `currency`; credit positive. */
  readonly amount: number;
  readonly currency: string;
  readonly originalAmount: number | null;
  readonly originalCurrency: string | null;
  readonly unpriced: number;
  readonly together: number;
  readonly waiting: number;
  readonly booked: number;
  readonly isComparable: boolean;
}
/** Haléře. `known`: the statement says it, nothing else can be booked. `most`: the statement leaves no more; null when it says nothing about one movement. */
export interface CrownsOf {
  readonly known: number | null;
  readonly most: number | null;
}

/**
 * The bank's own amount in crowns; else what the statement moved beside its crowns, when it was one movement or the others are booked. Of several that wait
 * each is more than nothing.
 */
export function crownsOf(held: HeldCredit): CrownsOf {
  if (held.currency === 'CZK') return { known: held.amount, most: held.amount };
  const left = held.unpriced - held.booked;
  if (!held.isComparable || left <= 0) return { known: null, most: null };
  return held.waiting === 1 ? { known: left, most: left } : { known: null, most: left - (held.waiting - 1) };
}

/** What came before the bank changed it; null when the statement does not say so. */
export function originalOf(
  held: Pick<HeldCredit, 'amount' | 'currency' | 'originalAmount' | 'originalCurrency'>,
): { readonly amount: number; readonly currency: string } | null {
  if (held.currency !== 'CZK') return { amount: held.amount, currency: held.currency };
  if (!held.originalAmount || held.originalCurrency === null) return null;
  return { amount: held.originalAmount, currency: held.originalCurrency };
}

/** `120,00 EUR` */
export const moneyIn = ({ amount, currency }: { readonly amount: number; readonly currency: string }): string =>
  `${(amount / 100).toFixed(2).replace('.', ',')} ${currency}`;
/** Crowns for one unit, three places as banks write it: `24,635`. */
export const rateOf = (crowns: number, original: { readonly amount: number }): string =>
  (crowns / original.amount).toFixed(3).replace('.', ',');
