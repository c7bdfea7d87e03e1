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
