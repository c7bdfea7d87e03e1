// Which prescriptions a payment pays and in which order: the payer's wish first, then its symbol, then arrears of the same payer by law. Pure.
import type { LegalDate } from '../calendar.ts';

export interface OpenPrescription {
  readonly id: string;
  readonly kind: string;
  /** dr = daňový řád, sr = správní řád. */
  readonly regime: 'dr' | 'sr';
  readonly dueDate: LegalDate;
  /** Haléře still owed. */
  readonly open: number;
}
export interface Share {
  readonly prescriptionId: string;
  readonly amount: number;
}
export interface Wish {
  readonly prescriptionId: string;
  /** Without it: what is owed. */
  readonly amount?: number;
}

/** Accessories of a fee: increases, costs, interest (§ 2 odst. 5 zákona č. 280/2009 Sb.). They come after the fees themselves. */
const ACCESSORIES: ReadonlySet<string> = new Set(['zvyseni', 'naklady', 'urok']);

/** Gives `amount` to the prescriptions in their order; nobody gets more than he owes. */
export function shareOut(amount: number, order: readonly (OpenPrescription & { readonly most?: number })[]): readonly Share[] {
  const shares: Share[] = [];
  let rest = amount;
  for (const { id, open, most } of order) {
    const share = Math.min(rest, open, most ?? open);
    if (share <= 0) continue;
    shares.push({ prescriptionId: id, amount: share });
    rest -= share;
  }
  return shares;
}

/** What the payer asked for, in his order: for money outside the tax code the debtor chooses (§ 1933 zákona č. 89/2012 Sb.), and a wish said with a fee is honoured as well. */
export function byWish(
  wish: readonly Wish[],
  open: readonly OpenPrescription[],
): readonly (OpenPrescription & { readonly most?: number })[] {
  return wish.flatMap(({ prescriptionId, amount }) => {
    const wanted = open.find(({ id }) => id === prescriptionId);
    if (!wanted) return [];
    return [amount === undefined ? wanted : { ...wanted, most: amount }];
  });
}

/**
 * What is over goes to arrears of the same payer (§ 154 odst. 2 zákona č. 280/2009 Sb.): fees before their accessories, the one due earlier first
 * (§ 152 odst. 1 a 2 tamtéž). Only what is due already, and only what the tax code governs: a fine or an administrative fee is not touched by it.
 */
export function arrears(open: readonly OpenPrescription[], on: LegalDate): readonly OpenPrescription[] {
  return open
    .filter(({ regime, dueDate }) => regime === 'dr' && dueDate <= on)
    .toSorted(
      (a, b) => Number(ACCESSORIES.has(a.kind)) - Number(ACCESSORIES.has(b.kind)) || compare(a.dueDate, b.dueDate) || compare(a.id, b.id),
    );
}
const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
