// The life of a payment: one table of allowed steps, and the state as its balances say it. Three ends; whatever is not at an end is somebody's work.

export const PAYMENT_STATES = ['received', 'unmatched', 'part-allocated', 'allocated', 'return-ordered', 'returned', 'reversed'] as const;
export type PaymentState = (typeof PAYMENT_STATES)[number];

/** From each state where it may go. `part-allocated` is an overpayment; `reversed` = its source took it back (a storno of the bank). */
export const paymentSteps: Readonly<Record<PaymentState, readonly PaymentState[]>> = {
  received: ['unmatched', 'part-allocated', 'allocated', 'reversed'],
  unmatched: ['part-allocated', 'allocated', 'return-ordered', 'reversed'],
  'part-allocated': ['allocated', 'unmatched', 'return-ordered', 'reversed'],
  // A correction of the prescription frees it again; a storno frees it first.
  allocated: ['part-allocated', 'unmatched', 'reversed'],
  // An overpayment that was sent back leaves the payment allocated; a return that failed leaves it where it was.
  'return-ordered': ['returned', 'allocated', 'unmatched', 'part-allocated'],
  returned: [],
  reversed: [],
};

/** States in which nobody has anything to do with the payment. */
export const PAYMENT_SINKS: readonly PaymentState[] = ['allocated', 'returned', 'reversed'];
export const isSink = (state: PaymentState): boolean => PAYMENT_SINKS.includes(state);

export const mayStep = (from: PaymentState, to: PaymentState): boolean => paymentSteps[from].includes(to);

/** Haléře of one payment; they add up to its amount. */
export interface PaymentBalances {
  readonly free: number;
  readonly allocated: number;
  /** Ordered back, on its way. */
  readonly returning: number;
  readonly returned: number;
  readonly reversed: number;
}

export function paymentState({ free, allocated, returning, reversed }: PaymentBalances): PaymentState {
  if (reversed > 0) return 'reversed';
  if (returning > 0) return 'return-ordered';
  if (free > 0) return allocated > 0 ? 'part-allocated' : 'unmatched';
  return allocated > 0 ? 'allocated' : 'returned';
}

/** The steps from a state to the one that the balances say: none when it stays, undefined when the table does not allow it. */
export function stepsTo(from: PaymentState, to: PaymentState): readonly PaymentState[] | undefined {
  if (from === to) return [];
  return mayStep(from, to) ? [to] : undefined;
}
