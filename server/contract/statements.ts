// Bank statements as the clerk's pages read them. Haléře for crowns, hundredths of another currency.

export interface StatementFileRow {
  readonly id: string;
  readonly file: string;
  readonly receivedAt: string;
  /** Null while it is being read in. */
  readonly result: 'imported' | 'refused' | 'unsorted' | null;
  /** Czech, why it was refused; empty otherwise. */
  readonly reason: string;
  readonly statements: readonly StatementSummary[];
}
export interface StatementSummary {
  readonly id: string;
  readonly account: string;
  readonly number: number | null;
  readonly from: string;
  readonly to: string;
  readonly currency: string;
  readonly opening: number;
  readonly closing: number;
  readonly items: number;
  /** Items waiting for a person. */
  readonly held: number;
  readonly problems: readonly { readonly line: number; readonly reason: string }[];
}
export interface StatementItemRow {
  readonly id: string;
  readonly day: string;
  readonly amount: number;
  readonly currency: string;
  readonly vs: string;
  readonly ks: string;
  readonly ss: string;
  readonly counterAccount: string;
  readonly name: string;
  readonly message: string;
  readonly isReversal: boolean;
  readonly outcome: string;
  readonly subject: string | null;
}
export interface BankAccountState {
  readonly account: string;
  /** Where the newest statement closes. */
  readonly closing: number;
  readonly on: string;
  /** Where the books stand. Differs from `closing` when a statement between is missing. */
  readonly booked: number;
}
export interface StatementDesk {
  readonly files: readonly StatementFileRow[];
  readonly accounts: readonly BankAccountState[];
}
/** What became of a file that was brought: POST /urad/api/statements/files. */
export interface TakenStatement {
  readonly id: string;
  readonly result: 'imported' | 'refused' | 'unsorted';
  readonly reason: string;
  /** The very same file was here before. */
  readonly repeated: boolean;
}

/** GET /urad/api/money/held → HeldDesk: movements of accounts in crowns that came in another currency, the oldest first, at most 100. */
export interface HeldDesk {
  readonly items: readonly HeldItem[];
  /** Accounts that are kept in another currency themselves: not in the books, nothing to be booked here. */
  readonly accounts: readonly { readonly account: string; readonly currency: string; readonly items: number }[];
}
/**
 * POST /urad/api/money/held/book {commandId, itemId, amount?} → {paymentId, isAllocated}; POST /urad/api/money/held/aside {commandId, itemId, reason} → {done}.
 */
export interface HeldItem {
  readonly id: string;
  readonly account: string;
  readonly day: string;
  /** A debit can only be put aside. */
  readonly isCredit: boolean;
  /** Hundredths of its currency; null when the statement says only crowns. */
  readonly original: { readonly amount: number; readonly currency: string } | null;
  /** Haléře that the bank credited, where the statement says so: nothing else can be booked. */
  readonly crowns: number | null;
  /** The statement leaves no more for it; null when it says nothing. */
  readonly most: number | null;
  /** Crowns for one unit, `24,635`. */
  readonly rate: string | null;
  readonly vs: string;
  readonly counterAccount: string;
  readonly name: string;
  readonly message: string;
}
