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

/** Local fees (§ 1 zákona č. 565/1990 Sb.) and whatever the town prescribes as a fee without a name. */
const LOCAL_FEES: ReadonlySet<string> = new Set(['pes', 'odpad', 'prostranstvi', 'pobyt', 'vstupne', 'pozemek', 'poplatek']);
/** Accessories of a fee: its increase and interest (§ 2 odst. 5 zákona č. 280/2009 Sb.). They come after the fees themselves. */
const ACCESSORIES: ReadonlySet<string> = new Set(['zvyseni', 'urok']);
/** Its overpayment may flow to arrears of its like. Administrative fees, fines and costs are each paid for themselves. */
export const isLocalFee = ({ kind, regime }: Pick<OpenPrescription, 'kind' | 'regime'>): boolean =>
  regime === 'dr' && (LOCAL_FEES.has(kind) || ACCESSORIES.has(kind));

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

/** Shares of the same prescription as one. */
export function together(shares: readonly Share[]): readonly Share[] {
  const sums = new Map<string, number>();
  for (const { prescriptionId, amount } of shares) sums.set(prescriptionId, (sums.get(prescriptionId) ?? 0) + amount);
  return [...sums].map(([prescriptionId, amount]) => ({ prescriptionId, amount }));
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
 * (§ 152 odst. 1 a 2 tamtéž). Only what is due already, and only local fees: a fine or an administrative fee is not touched by it.
 */
export function arrears(open: readonly OpenPrescription[], on: LegalDate): readonly OpenPrescription[] {
  return open
    .filter((one) => one.open > 0 && isLocalFee(one) && one.dueDate <= on)
    .toSorted(
      (a, b) => Number(ACCESSORIES.has(a.kind)) - Number(ACCESSORIES.has(b.kind)) || compare(a.dueDate, b.dueDate) || compare(a.id, b.id),
    );
}
const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
