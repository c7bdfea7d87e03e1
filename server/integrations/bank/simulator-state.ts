// What the simulated bank knows: transfers ordered by people, orders sent by the town, and statements of the municipal account.

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
  /** The bank takes it back: the money goes the other way. */
  readonly isReversal?: boolean;
}

export interface IssuedStatement {
  readonly year: number;
  readonly number: number;
  readonly at: string;
  /** Indexes into the transfers, rising. */
  readonly transfers: readonly number[];
}

/** A file of payment orders that the bank took. */
export interface TakenOrder {
  readonly key: string;
  readonly items: number;
  /** Haléře. */
  readonly total: number;
  readonly at: string;
}

export type BankEvent =
  | { readonly type: 'transfer'; readonly transfer: SimulatedTransfer }
  | { readonly type: 'statement'; readonly statement: IssuedStatement }
  /** Taken and carried out in one. */
  | { readonly type: 'order'; readonly order: TakenOrder; readonly transfers: readonly SimulatedTransfer[] };

export interface BankState {
  readonly transfers: SimulatedTransfer[];
  readonly statements: IssuedStatement[];
  readonly orders: TakenOrder[];
}

export function applyBankEvent(state: BankState, event: BankEvent): void {
  if (event.type === 'transfer') state.transfers.push(event.transfer);
  else if (event.type === 'statement') state.statements.push(event.statement);
  else {
    state.orders.push(event.order);
    state.transfers.push(...event.transfers);
  }
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
  return (transfer.to === account) === (transfer.isReversal ?? false) ? -transfer.amount : transfer.amount;
}

/** The other side of a transfer of the account. */
export const otherSide = (account: string, transfer: SimulatedTransfer): string => (transfer.to === account ? transfer.from : transfer.to);

/** The bank numbers all movements of all its accounts in one row: the same number in every statement that carries it. */
const FIRST_REFERENCE = 26_000_001;

export interface NumberedTransfer extends SimulatedTransfer {
  readonly reference: number;
}

/** A statement as it is written in any format. */
export interface StatementToWrite {
  readonly owner: BankAccount;
  readonly number: number;
  /** `2026-03-02` */
  readonly date: string;
  /** Haléře. */
  readonly oldBalance: number;
  readonly transfers: readonly NumberedTransfer[];
}

/** The transfers of the account with the given indexes (rising, with no gap between them), and what stood there before the first. */
export function statementOf(
  state: BankState,
  owner: BankAccount,
  indexes: readonly number[],
): Pick<StatementToWrite, 'oldBalance' | 'transfers'> {
  const isOurs = ({ to, from }: SimulatedTransfer): boolean => to === owner.account || from === owner.account;
  const first = indexes[0] ?? state.transfers.length;
  const before = state.transfers.slice(0, first).filter(isOurs);
  return {
    oldBalance: before.reduce((sum, transfer) => sum + amountFor(owner.account, transfer), OPENING_BALANCE),
    transfers: indexes.flatMap((index) => {
      const transfer = state.transfers[index];
      return transfer ? [{ ...transfer, reference: FIRST_REFERENCE + index }] : [];
    }),
  };
}
