// What the simulated bank knows: transfers ordered by people, and statements of the municipal account.

export interface SimulatedTransfer {
  /** `670100-2207800257/6210` */
  readonly from: string;
  readonly to: string;
  readonly payerName: string;
  /** Haléře, positive. */
  readonly amount: number;
  readonly vs?: string;
  readonly ks?: string;
  readonly ss?: string;
  readonly message?: string;
  readonly at: string;
}

export interface IssuedStatement {
  readonly year: number;
  readonly number: number;
  readonly at: string;
  /** Indexes into the transfers. */
  readonly transfers: readonly number[];
}

export type BankEvent =
  { readonly type: 'transfer'; readonly transfer: SimulatedTransfer } | { readonly type: 'statement'; readonly statement: IssuedStatement };

export interface BankState {
  readonly transfers: SimulatedTransfer[];
  readonly statements: IssuedStatement[];
}

export function applyBankEvent(state: BankState, event: BankEvent): void {
  if (event.type === 'transfer') state.transfers.push(event.transfer);
  else state.statements.push(event.statement);
}

export interface BankAccount {
  readonly account: string;
  readonly name: string;
}

/** Of the demo town; the numbers pass the banks' check, and belong to nobody we know. */
export const townAccount: BankAccount = { account: '19-2000145399/0800', name: 'Město Lipová n. Orl.' };

export const demoPayers: readonly BankAccount[] = [
  { account: '1265098001/5500', name: 'Jana Novotná' },
  { account: '168540115/0600', name: 'Zdeněk Řehoř' },
];

/** Haléře on the municipal account before the first statement. */
export const OPENING_BALANCE = 100_000_000;

/** Credit positive, seen from the municipal account. */
export function amountFor(account: string, transfer: SimulatedTransfer): number {
  return transfer.to === account ? transfer.amount : -transfer.amount;
}
