// Writes a statement in GPC the way a bank does; the simulator's side of the format.
import iconv from 'iconv-lite';
import { writeAccount } from './account-number.ts';
import { amountFor } from './simulator-state.ts';
import type { BankAccount, SimulatedTransfer } from './simulator-state.ts';

export interface StatementToWrite {
  readonly owner: BankAccount;
  readonly number: number;
  /** `2026-03-02` */
  readonly date: string;
  /** Haléře. */
  readonly oldBalance: number;
  readonly transfers: readonly NumberedTransfer[];
}

export interface NumberedTransfer extends SimulatedTransfer {
  /** The bank's own number of the movement, the same in every statement that carries it. */
  readonly reference: number;
}

const digits = (value: number | string, length: number): string => String(value).padStart(length, '0').slice(-length);
const text = (value: string, length: number): string => value.replace(/\s/g, ' ').slice(0, length).padEnd(length);
const sign = (value: number): string => (value < 0 ? '-' : '+');
const day = (date: string): string => date.slice(8, 10) + date.slice(5, 7) + date.slice(2, 4);

export function writeGpc(statement: StatementToWrite): Buffer {
  const { owner, transfers } = statement;
  const amounts = transfers.map((transfer) => amountFor(owner.account, transfer));
  const credit = amounts.filter((amount) => amount > 0).reduce((a, b) => a + b, 0);
  const debit = -amounts.filter((amount) => amount < 0).reduce((a, b) => a + b, 0);
  const newBalance = statement.oldBalance - debit + credit;
  const date = day(statement.date);
  const head =
    `074${writeAccount(owner.account)}${text(owner.name, 20)}${date}${digits(Math.abs(statement.oldBalance), 14)}${sign(statement.oldBalance)}` +
    `${digits(Math.abs(newBalance), 14)}${sign(newBalance)}${digits(debit, 14)}0${digits(credit, 14)}0${digits(statement.number % 1000, 3)}${date}${' '.repeat(14)}`;
  const lines = [head, ...transfers.flatMap((transfer) => itemLines(owner, transfer, date))];
  return iconv.encode(lines.map((line) => `${line}\r\n`).join(''), 'win1250');
}

function itemLines(owner: BankAccount, transfer: NumberedTransfer, date: string): string[] {
  const isCredit = transfer.to === owner.account;
  const other = isCredit ? transfer.from : transfer.to;
  const bank = other.split('/')[1] ?? '';
  const item =
    `075${writeAccount(owner.account)}${writeAccount(other)}${digits(transfer.reference, 13)}${digits(transfer.amount, 12)}${isCredit ? '2' : '1'}` +
    `${digits(transfer.vs ?? '', 10)}00${digits(bank, 4)}${digits(transfer.ks ?? '', 4)}${digits(transfer.ss ?? '', 10)}${date}` +
    `${text(transfer.payerName, 20)}00203${'0'}${date}`.slice(0, 31);
  const message = (transfer.message ?? '').replace(/\s/g, ' ').trim();
  return [item, ...(message ? [`078${text(message, 70)}`] : []), ...(message.length > 70 ? [`079${text(message.slice(70), 70)}`] : [])];
}
