// Bank statement in the ABO/GPC format: records 074, 075, 078, 079, Windows-1250, fixed columns.
// Česká spořitelna 3-2267 (2025-04-26) and 3-4341, Komerční banka client ABO. Throws on a statement whose sums do not agree.
import iconv from 'iconv-lite';
import { OutsideFailure } from '../connector.ts';
import { readAccount } from './gpc-account.ts';

export interface StatementItem {
  /** Haléře, credit positive, debit negative. */
  readonly amount: number;
  readonly isReversal: boolean;
  readonly documentNumber: string;
  /** Symbols without leading zeros; empty when there is none. */
  readonly vs: string;
  readonly ks: string;
  readonly ss: string;
  /** `19-2000145399/0800`; empty for the bank's own entries. */
  readonly counterAccount: string;
  readonly name: string;
  readonly message: string;
  /** `2026-03-02`, valuta or the day of the statement. */
  readonly date: string;
}

export interface Statement {
  /** Own account without the bank's code. */
  readonly account: string;
  /** 3 digits as printed. */
  readonly number: number;
  readonly date: string;
  /** Haléře. */
  readonly oldBalance: number;
  readonly newBalance: number;
  readonly items: readonly StatementItem[];
}

export interface GpcDialect {
  readonly reversals: '4-5' | '3-4';
}

/** Positions are 1-based inclusive as in the banks' papers. */
const column = (line: string, from: number, to: number): string => line.slice(from - 1, to);

export function parseGpc(bytes: Uint8Array, dialect: GpcDialect = { reversals: '4-5' }): Statement[] {
  const lines = iconv
    .decode(Buffer.from(bytes), 'win1250')
    .split(/\r?\n/)
    .filter((line) => line !== '');
  const statements: { head: string; records: string[] }[] = [];
  for (const line of lines) {
    const current = statements.at(-1);
    if (line.startsWith('074')) statements.push({ head: line, records: [] });
    else if (!current) throw broken('chybí záznam 074');
    else current.records.push(line);
  }
  if (statements.length === 0) throw broken('soubor je prázdný');
  return statements.map(({ head, records }) => readStatement(head, records, dialect));
}

function readStatement(head: string, records: readonly string[], dialect: GpcDialect): Statement {
  const date = readDate(column(head, 109, 114));
  const account = readAccount(column(head, 4, 19));
  const items: StatementItem[] = [];
  for (const record of records) {
    const last = items.at(-1);
    if (record.startsWith('075')) {
      if (readAccount(column(record, 4, 19)) !== account) throw broken('položka patří jinému účtu');
      items.push(readItem(record, date, dialect));
    }
    // 078 and 079 carry on the message of the item before; other records (076 …) say nothing we use.
    if (last && /^07[89]/.test(record)) items[items.length - 1] = { ...last, message: `${last.message} ${record.slice(3).trim()}`.trim() };
  }
  const statement = {
    account,
    number: readNumber(column(head, 106, 108)),
    date,
    oldBalance: readSigned(column(head, 46, 59), column(head, 60, 60)),
    newBalance: readSigned(column(head, 61, 74), column(head, 75, 75)),
    items,
  };
  const debit = readSigned(column(head, 76, 89), column(head, 90, 90));
  const credit = readSigned(column(head, 91, 104), column(head, 105, 105));
  checkSums(statement, debit, credit);
  return statement;
}

function checkSums(statement: Statement, debit: number, credit: number): void {
  const sum = (items: readonly StatementItem[]): number => items.reduce((total, item) => total + item.amount, 0);
  const isCredit = (item: StatementItem): boolean => item.amount > 0 !== item.isReversal;
  if (statement.oldBalance - debit + credit !== statement.newBalance) throw broken('zůstatky nesouhlasí s obraty');
  if (sum(statement.items.filter(isCredit)) !== credit) throw broken('součet příjmů nesouhlasí s obratem');
  if (-sum(statement.items.filter((item) => !isCredit(item))) !== debit) throw broken('součet výdajů nesouhlasí s obratem');
}

function readItem(line: string, statementDate: string, dialect: GpcDialect): StatementItem {
  const { sign, isReversal } = readCode(column(line, 61, 61), dialect);
  const account = readAccount(column(line, 20, 35));
  const valuta = column(line, 92, 97);
  // The extended form carries 4 × 35 characters of the message behind the usual 128.
  const message = line.length > 130 ? line.slice(128, 268).trim() : '';
  return {
    amount: sign * readNumber(column(line, 49, 60)),
    isReversal,
    documentNumber: column(line, 36, 48).trim(),
    vs: bare(column(line, 62, 71)),
    ks: bare(column(line, 78, 81)),
    ss: bare(column(line, 82, 91)),
    counterAccount: account === '' ? '' : `${account}/${column(line, 74, 77)}`,
    name: column(line, 98, 117).trim(),
    message,
    date: /^\d{6}$/.test(valuta) && valuta !== '000000' ? readDate(valuta) : statementDate,
  };
}

function readCode(code: string, dialect: GpcDialect): { sign: 1 | -1; isReversal: boolean } {
  const [debitReversal, creditReversal] = dialect.reversals.split('-');
  if (code === '1') return { sign: -1, isReversal: false };
  if (code === '2') return { sign: 1, isReversal: false };
  if (code === debitReversal) return { sign: 1, isReversal: true };
  if (code === creditReversal) return { sign: -1, isReversal: true };
  throw broken('neznámý druh položky');
}

/** A turnover's sign is `0`, `+` or `-`; a balance's `+` or `-`. */
function readSigned(digits: string, sign: string): number {
  if (!['+', '-', '0', ' '].includes(sign)) throw broken('vadné znaménko');
  return (sign === '-' ? -1 : 1) * readNumber(digits);
}

function readNumber(digits: string): number {
  if (!/^\d+$/.test(digits)) throw broken('vadné číslo');
  return Number(digits);
}

/** ddmmyy of this century. */
function readDate(text: string): string {
  const [, day = '', month = '', year = ''] = /^(\d\d)(\d\d)(\d\d)$/.exec(text) ?? [];
  const date = `20${year}-${month}-${day}`;
  if (Number.isNaN(Date.parse(date))) throw broken('vadné datum');
  return date;
}

function bare(symbol: string): string {
  return symbol.trim().replace(/^0+/, '');
}

function broken(what: string): OutsideFailure {
  return new OutsideFailure('bank-statement-broken', `Bankovní výpis nelze přečíst: ${what}.`);
}
