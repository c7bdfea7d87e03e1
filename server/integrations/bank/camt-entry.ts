// One entry of a CAMT statement as items: a plain entry is one, a batch one for each transaction with its own amount.
import { showMoney, sumOf } from './balance.ts';
import type { BankDialect } from './banks.ts';
import { readCounterparty } from './camt-parties.ts';
import { readSymbols } from './camt-symbols.ts';
import { hundredthsOf } from './decimal-text.ts';
import type { DraftItem } from './item-id.ts';
import { CROWNS, StatementRefused, isDay, plainText, pragueDay } from './statement.ts';
import { all, first, textAt } from './xml-path.ts';
import type { XmlElement } from './xml-tree.ts';

export interface Money {
  /** Hundredths. */
  readonly amount: number;
  readonly currency: string;
}

export interface EntryContext {
  readonly account: string;
  /** Of the account. */
  readonly currency: string;
  /** Where an entry says no day. */
  readonly day: string;
  readonly dialect: BankDialect;
}

/** Amount with its currency, unsigned. Throws StatementRefused. */
export function readMoney(element: XmlElement): Money {
  const amount = hundredthsOf(element.text);
  if (amount === undefined || amount < 0)
    throw new StatementRefused(element.line, `částka „${element.text.slice(0, 30)}“ není v celých haléřích.`);
  const currency = element.attributes.get('Ccy') ?? '';
  if (!/^[A-Z]{3}$/.test(currency)) throw new StatementRefused(element.line, 'částka nemá měnu (Ccy).');
  return { amount, currency };
}

/** CRDT is +1, DBIT -1. For a reversal it is already the direction of the reversal (ISO 20022, ReversalIndicator). */
export function readDirection(element: XmlElement): 1 | -1 {
  const indicator = textAt(element, 'CdtDbtInd');
  if (indicator !== 'CRDT' && indicator !== 'DBIT')
    throw new StatementRefused(element.line, `směr pohybu (CdtDbtInd) „${indicator.slice(0, 10)}“ není CRDT ani DBIT.`);
  return indicator === 'CRDT' ? 1 : -1;
}

/** Day of `Dt` or Prague's day of `DtTm`; undefined when there is none. */
export function readDay(element: XmlElement | undefined): string | undefined {
  const text = textAt(element, 'Dt', 'DtTm');
  return element && text !== '' ? dayOf(text, element.line) : undefined;
}

/** Throws StatementRefused for what is no date. A moment with its zone is told by Prague's calendar. */
export function dayOf(text: string, line: number): string {
  const isMoment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(text) && !Number.isNaN(Date.parse(text));
  const day = isMoment ? pragueDay(text) : text.slice(0, 10);
  if (!isDay(day)) throw new StatementRefused(line, `datum „${text.slice(0, 30)}“ neodpovídá formátu.`);
  return day;
}

/** Nothing for an entry that is not booked. */
export function readEntry(entry: XmlElement, context: EntryContext): readonly DraftItem[] {
  if (!['', 'BOOK'].includes(textAt(entry, 'Sts', 'Sts/Cd', 'Sts/Prtry'))) return [];
  const money = first(entry, 'Amt');
  if (!money) throw new StatementRefused(entry.line, 'položka nemá částku (Amt).');
  const total = readMoney(money);
  const details = all(entry, 'NtryDtls/TxDtls');
  const [only] = details;
  if (details.length <= 1) return [draft(entry, only, accountMoney(entry, only, total, context), context)];
  const parts = details.map((one) => partMoney(one, total.currency));
  // A batch whose parts the bank does not price stays one sum: it cannot be divided, only placed by a person.
  if (parts.some((part) => part === undefined)) return [{ ...draft(entry, undefined, total, context), message: batchText(details.length) }];
  const amounts = parts.flatMap((part) => part ?? []);
  requireParts(entry, total, amounts, details);
  return details.map((one, index) => draft(entry, one, { amount: amounts[index] ?? 0, currency: total.currency }, context));
}

/** What the entry moved the account by: its own amount, or for another currency the counter value in the account's. */
function accountMoney(entry: XmlElement, details: XmlElement | undefined, total: Money, { currency }: EntryContext): Money & Foreign {
  if (total.currency === currency) return total;
  const values = [details, entry].flatMap((one) => (one ? [...all(one, 'AmtDtls/CntrValAmt/Amt'), ...all(one, 'AmtDtls/TxAmt/Amt')] : []));
  const value = values.map(readMoney).find((one) => one.currency === currency);
  return value ? { amount: value.amount, currency, foreign: total } : total;
}

interface Foreign {
  /** The entry's own money when `amount` is its value in the account's currency. */
  readonly foreign?: Money;
}

/** Amount of one transaction of a batch in the entry's currency. */
function partMoney(details: XmlElement, currency: string): number | undefined {
  const paths = ['Amt', 'AmtDtls/TxAmt/Amt', 'AmtDtls/CntrValAmt/Amt', 'AmtDtls/InstdAmt/Amt'];
  const money = paths.flatMap((path) => all(details, path)).map(readMoney);
  return money.find((one) => one.currency === currency)?.amount;
}

function requireParts(entry: XmlElement, total: Money, amounts: readonly number[], details: readonly XmlElement[]): void {
  const direction = readDirection(entry);
  const signed = amounts.map((amount, index) => amount * partDirection(details[index], direction) * direction);
  if (sumOf(signed) === BigInt(total.amount)) return;
  throw new StatementRefused(
    entry.line,
    `součet dávky ${showMoney(sumOf(signed))} nesouhlasí s částkou položky ${showMoney(total.amount)}.`,
  );
}

const partDirection = (details: XmlElement | undefined, direction: 1 | -1): 1 | -1 =>
  details && textAt(details, 'CdtDbtInd') !== '' ? readDirection(details) : direction;

function draft(entry: XmlElement, details: XmlElement | undefined, money: Money & Foreign, context: EntryContext): DraftItem {
  const source = details ?? entry;
  const own = readDirection(entry);
  const direction = partDirection(details, own);
  const isReversal = ['true', '1'].includes(textAt(entry, 'RvslInd'));
  return {
    reference: referenceOf(entry, details),
    line: source.line,
    date: readDay(first(entry, 'BookgDt')) ?? readDay(first(entry, 'ValDt')) ?? context.day,
    amount: money.amount === 0 ? 0 : direction * money.amount,
    currency: money.currency,
    isHeld: (money.foreign ?? money).currency !== CROWNS || money.currency !== CROWNS,
    ...(money.foreign
      ? { original: { amount: money.foreign.amount === 0 ? 0 : direction * money.foreign.amount, currency: money.foreign.currency } }
      : {}),
    isReversal,
    ...readSymbols(source, context.dialect),
    ...readCounterparty(source, (direction === 1) !== isReversal, context.account),
    message: readMessage(entry, details),
  };
}

/** The bank's references of the entry and of the transaction. NtryRef only without them: some banks just number entries by it. */
function referenceOf(entry: XmlElement, details: XmlElement | undefined): string {
  const ofBank = [textAt(entry, 'AcctSvcrRef'), textAt(details, 'Refs/AcctSvcrRef')].filter(
    (part) => part !== '' && part !== 'NOTPROVIDED',
  );
  const reference = ofBank.length > 0 ? [...new Set(ofBank)].join('/') : textAt(entry, 'NtryRef');
  return plainText(reference).slice(0, 80);
}

/** Free text for the payee; else what the bank adds. */
function readMessage(entry: XmlElement, details: XmlElement | undefined): string {
  const free = details ? all(details, 'RmtInf/Ustrd').map(({ text }) => text) : [];
  return plainText(free.join(' ')) || plainText(textAt(details, 'AddtlTxInf') || textAt(entry, 'AddtlNtryInf'));
}

const batchText = (count: number): string => `Hromadná platba, ${count} položek bez částek`;
