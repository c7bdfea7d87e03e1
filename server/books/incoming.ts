// Money as it comes: what a source says about it, and what the books answer.
import type { Share, Wish } from '../domain/money/allocation-order.ts';
import type { LegalDate } from '../domain/calendar.ts';
import type { PaymentState } from '../domain/money/payment-life.ts';

export type PaymentSource = 'bank' | 'gopay' | 'comgate' | 'cash' | 'terminal' | 'import';
export interface IncomingPayment {
  readonly source: PaymentSource;
  /** The item's id there: credited at most once. */
  readonly sourceId: string;
  /** Ledger account that is debited: bank:…, cash:…, gateway:… */
  readonly account: string;
  /** Whole haléře, more than nothing. */
  readonly amount: number;
  readonly variableSymbol: string;
  readonly specificSymbol?: string;
  readonly constantSymbol?: string;
  readonly counterAccount: string;
  readonly payerName: string;
  readonly message: string;
  /** Day on which it was credited to us. */
  readonly receivedOn: LegalDate;
  /** Day on which the payer sent it, where the source says so. */
  readonly paidOn?: LegalDate;
  readonly wish?: readonly Wish[];
  readonly currency?: string;
  /** What was sent, in its own currency, as the source writes it. */
  readonly originalAmount?: number;
  /** The source takes an earlier payment of this amount, symbol and other side back. */
  readonly isReversal?: boolean;
}
export interface Received {
  readonly paymentId: string;
  /** Credited before: nothing was booked now. */
  readonly repeated: boolean;
  readonly allocated: readonly Share[];
  readonly state: PaymentState;
}
