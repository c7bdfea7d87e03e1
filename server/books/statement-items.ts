// What one new movement of the town's account is in the books: a payment, a payment taken back, our refund paid out, a gateway's settlement,
// or a movement that is none of ours. Every haléř is booked; what no rule knows waits on other:bank for a person.
import type { LegalDate } from '../domain/calendar.ts';
import { refundOfDebit, settlementOfCredit, type ItemOutcome } from '../store/bank-statements.ts';
import type { Transaction } from '../store/database.ts';
import { bookBankMovement } from './movements.ts';
import type { IncomingPayment } from './incoming.ts';
import { receive } from './receive.ts';
import { noteReturned } from './returns.ts';

export interface StatementItem {
  readonly id: string;
  readonly date: LegalDate;
  /** Hundredths of the currency; credit positive. */
  readonly amount: number;
  readonly currency: string;
  /** Foreign currency: waits for a person. */
  readonly isHeld: boolean;
  /** What moved before the bank changed it into crowns, signed as `amount`. */
  readonly original?: { readonly amount: number; readonly currency: string };
  readonly isReversal: boolean;
  readonly vs: string;
  readonly ks: string;
  readonly ss: string;
  readonly counterAccount: string;
  readonly name: string;
  readonly message: string;
}
export interface Booking {
  readonly item: StatementItem;
  /** Ledger account of the bank. */
  readonly account: string;
  /** False for an account in another currency: nothing of it is in the books. */
  readonly isBooked: boolean;
  readonly now: string;
}
export interface BookedItem {
  readonly outcome: ItemOutcome;
  readonly subject: string | null;
}

const BY = 'rule:bank';

export async function bookItem(trx: Transaction, tenantId: number, booking: Booking): Promise<BookedItem> {
  const { item, isBooked } = booking;
  if (!isBooked || item.currency !== 'CZK') return { outcome: 'held', subject: null };
  if (item.amount === 0) return { outcome: 'nothing', subject: null };
  if (item.isHeld) return { outcome: 'held', subject: await moved(trx, tenantId, booking, 'platba z cizí měny čeká na posouzení') };
  if (item.amount > 0) return bookCredit(trx, tenantId, booking);
  return item.isReversal ? bookStorno(trx, tenantId, booking) : bookDebit(trx, tenantId, booking);
}

async function bookCredit(trx: Transaction, tenantId: number, { item, account, now }: Booking): Promise<BookedItem> {
  const settlement = item.isReversal ? undefined : await settlementOfCredit(trx, tenantId, item);
  if (settlement) {
    const { gateway, id, fee } = settlement;
    const reason = `vypořádání brány, převod ${id}`;
    const against = `gateway:${gateway}`;
    const { amount, date: bookedOn } = item;
    await bookBankMovement(trx, tenantId, {
      id: item.id,
      bookedOn,
      account,
      amount,
      fee,
      against,
      kind: 'settlement',
      reason,
      by: BY,
      now,
    });
    return { outcome: 'settled', subject: `${gateway}:${id}` };
  }
  // Money of ours that came back (a transfer to an account that is no more) must not pay the fee whose symbol it carries.
  const incoming = item.isReversal
    ? { ...incomingOf(item, account), variableSymbol: '', message: cameBack(item) }
    : incomingOf(item, account);
  const { paymentId } = await receive(trx, tenantId, incoming, { now });
  return { outcome: 'credited', subject: paymentId };
}

const cameBack = ({ message, vs }: StatementItem): string => `Vrácená odchozí platba${vs === '' ? '' : `, VS ${vs}`}. ${message}`.trim();

/** The bank takes a credit back. */
async function bookStorno(trx: Transaction, tenantId: number, { item, account, now }: Booking): Promise<BookedItem> {
  const incoming = { ...incomingOf(item, account), amount: -item.amount, isReversal: true };
  const { paymentId } = await receive(trx, tenantId, incoming, { now });
  return { outcome: 'reversed', subject: paymentId === '' ? null : paymentId };
}

async function bookDebit(trx: Transaction, tenantId: number, booking: Booking): Promise<BookedItem> {
  const { item, account, now } = booking;
  const refundId = await refundOfDebit(trx, tenantId, { ...item, amount: -item.amount });
  if (refundId === undefined) return { outcome: 'other', subject: await moved(trx, tenantId, booking, reasonOf(item)) };
  await noteReturned(trx, tenantId, { refundId, bookedOn: item.date, way: 'transfer', account, by: BY, now });
  return { outcome: 'returned', subject: refundId };
}

async function moved(trx: Transaction, tenantId: number, { item, account, now }: Booking, reason: string): Promise<string> {
  const movement = { id: item.id, bookedOn: item.date, account, amount: item.amount, reason, by: BY, now };
  return (await bookBankMovement(trx, tenantId, movement)).transactionId;
}

const reasonOf = (item: StatementItem): string => item.message || item.name || 'odchozí platba';

const incomingOf = (item: StatementItem, account: string): IncomingPayment => ({
  source: 'bank',
  sourceId: item.id,
  account,
  amount: item.amount,
  variableSymbol: item.vs,
  specificSymbol: item.ss,
  constantSymbol: item.ks,
  counterAccount: item.counterAccount,
  payerName: item.name,
  message: item.message,
  receivedOn: item.date,
});
