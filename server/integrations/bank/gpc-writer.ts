// Writes a statement in GPC the way a bank does; the simulator's side of the format.
import iconv from 'iconv-lite';
import { bankOf, writeAccount } from './account-number.ts';
import { dialectOf } from './banks.ts';
import { amountFor, otherSide } from './simulator-state.ts';
import type { BankAccount, NumberedTransfer, StatementToWrite } from './simulator-state.ts';

const digits = (value: number | string, length: number): string => String(value).padStart(length, '0').slice(-length);
const text = (value: string, length: number): string => value.replace(/\s/g, ' ').slice(0, length).padEnd(length);
const sign = (value: number): string => (value < 0 ? '-' : '+');
const day = (date: string): string => date.slice(8, 10) + date.slice(5, 7) + date.slice(2, 4);

export function writeGpc(statement: StatementToWrite): Buffer {
  const { owner, transfers } = statement;
  const turnover = (isCredit: boolean): number =>
    transfers
      .filter((transfer) => (transfer.to === owner.account) === isCredit)
      .reduce((sum, transfer) => sum + (isCredit ? 1 : -1) * amountFor(owner.account, transfer), 0);
  const [debit, credit] = [turnover(false), turnover(true)];
  const newBalance = statement.oldBalance - debit + credit;
  const date = day(statement.date);
  const head =
    `074${writeAccount(owner.account)}${text(owner.name, 20)}${date}${digits(Math.abs(statement.oldBalance), 14)}${sign(statement.oldBalance)}` +
    `${digits(Math.abs(newBalance), 14)}${sign(newBalance)}${digits(Math.abs(debit), 14)}${debit < 0 ? '-' : '0'}${digits(Math.abs(credit), 14)}${credit < 0 ? '-' : '0'}${digits(statement.number % 1000, 3)}${date}${' '.repeat(14)}`;
  const lines = [head, ...transfers.flatMap((transfer) => itemLines(owner, transfer, date))];
  return iconv.encode(lines.map((line) => `${line}\r\n`).join(''), 'win1250');
}

function itemLines(owner: BankAccount, transfer: NumberedTransfer, date: string): string[] {
  const isCredit = transfer.to === owner.account;
  const other = otherSide(owner.account, transfer);
  const [debitReversal, creditReversal] = dialectOf(bankOf(owner.account)).reversals.split('-');
  const code = transfer.isReversal ? (isCredit ? creditReversal : debitReversal) : isCredit ? '2' : '1';
  const bank = other.split('/')[1] ?? '';
  const item =
    `075${writeAccount(owner.account)}${writeAccount(other)}${digits(transfer.reference, 13)}${digits(transfer.amount, 12)}${code}` +
    `${digits(transfer.vs ?? '', 10)}00${digits(bank, 4)}${digits(transfer.ks ?? '', 4)}${digits(transfer.ss ?? '', 10)}${date}` +
    `${text(transfer.payerName, 20)}00203${'0'}${date}`.slice(0, 31);
  const message = (transfer.message ?? '').replace(/\s/g, ' ').trim();
  return [item, ...(message ? [`078${text(message, 70)}`] : []), ...(message.length > 70 ? [`079${text(message.slice(70), 70)}`] : [])];
}
