// One item of a GPC statement: record 075 with the records 076, 078 and 079 behind it; plain (128 characters) or extended.
import type { DigitOrder } from './account-number.ts';
import { readAccount, withBank } from './account-number.ts';
import type { BankDialect } from './banks.ts';
import { currencyOfKind } from './banks.ts';
import { column, readAccountDigits, readDay, readDigits, readSymbol, requireLength, wrong } from './gpc-fields.ts';
import type { GpcRecord } from './gpc-fields.ts';
import type { DraftItem } from './item-id.ts';
import { CROWNS, plainText } from './statement.ts';

export interface ItemRecords {
  /** 075 */
  readonly head: GpcRecord;
  /** 076, 078, 079 in their order. */
  readonly more: readonly GpcRecord[];
}

export interface ItemContext {
  readonly account: string;
  readonly order: DigitOrder;
  /** Accounting day of the statement. */
  readonly day: string;
  readonly reversals: BankDialect['reversals'];
}

/** Columns that every item has; behind them only a name, codes and a due day, which a bank may leave blank and a channel may trim. */
const LEAST = 97;
/** Longer lines are the extended form (Česká spořitelna 3-4341). */
const LONGEST_PLAIN = 130;
const TEXT_WIDTH = 70;

export function readItem({ head, more }: ItemRecords, context: ItemContext): DraftItem {
  requireLength(head, LEAST);
  const { sign, isReversal } = readCode(head, context.reversals);
  const valuta = readDay(head, [92, 97], 'valuta');
  const due = readDueDay(head);
  const currency = currencyOfKind(column(head, 118, 122));
  const amount = readDigits(head, [49, 60], 'částka');
  readSymbol(head, [72, 81], 'konstantní symbol');
  return {
    reference: plainText(column(head, 36, 48)).replace(/^0+/, ''),
    line: head.line,
    date: valuta ?? context.day,
    identityDate: valuta ?? due ?? context.day,
    amount: amount === 0 ? 0 : sign * amount,
    currency,
    isHeld: currency !== CROWNS,
    isReversal,
    vs: readSymbol(head, [62, 71], 'variabilní symbol'),
    ks: readSymbol(head, [78, 81], 'konstantní symbol'),
    ss: readSymbol(head, [82, 91], 'specifický symbol'),
    counterAccount: withBank(
      readAccount(readAccountDigits(head, [20, 35], 'protiúčet'), context.order),
      column(head, 74, 77).trim().padStart(4, '0'),
    ),
    name: readName(head, more),
    message: readMessage(head, more),
  };
}

/** Due or posting day: says nothing that we show, so a bank may write there what it likes. */
function readDueDay(head: GpcRecord): string | undefined {
  const text = column(head, 123, 128);
  return /^\d{6}$/.test(text) && !/^0+$/.test(text) ? text : undefined;
}

function readCode(head: GpcRecord, reversals: BankDialect['reversals']): { readonly sign: 1 | -1; readonly isReversal: boolean } {
  const code = column(head, 61, 61);
  const [debitReversal, creditReversal] = reversals.split('-');
  if (code === '1') return { sign: -1, isReversal: false };
  if (code === '2') return { sign: 1, isReversal: false };
  if (code === debitReversal) return { sign: 1, isReversal: true };
  if (code === creditReversal) return { sign: -1, isReversal: true };
  throw wrong(head, 'druh položky', code);
}

/** The longer name of the extended form, the 20 characters of the plain one, else the payer's text of record 076. */
function readName(head: GpcRecord, more: readonly GpcRecord[]): string {
  const hasLongName = head.text.length > LONGEST_PLAIN && /^[A-Z]{3}$/.test(column(head, 366, 368));
  const names = [hasLongName ? column(head, 369, 403) : '', column(head, 98, 117), ...textsOf076(more)];
  return names.map(plainText).find((name) => name !== '') ?? '';
}

/** 4 × 35 characters of the extended form, then 078 and 079 (70 each; a word may go on over the edge); without them the text of 076. */
function readMessage(head: GpcRecord, more: readonly GpcRecord[]): string {
  const extended = head.text.length > LONGEST_PLAIN ? plainText(column(head, 129, 268)) : '';
  const texts = more.filter(({ text }) => /^07[89]/.test(text)).map(({ text }) => text.slice(3, 3 + TEXT_WIDTH).padEnd(TEXT_WIDTH));
  const avizo = plainText(texts.join(''));
  const message = [extended, extended.includes(avizo) ? '' : avizo].filter((part) => part !== '').join(' ');
  return message === '' ? plainText(textsOf076(more).join(' ')) : message;
}

const textsOf076 = (more: readonly GpcRecord[]): readonly string[] =>
  more.filter(({ text }) => text.startsWith('076')).map((record) => column(record, 36, 127));
