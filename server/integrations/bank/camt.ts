// Bank statements in CAMT.053 (ISO 20022, versions .02 to .08 by local names; ČBA standard "Elektronický výpis z účtu" v2.3).
// Only booked entries count. Throws StatementRefused; believes nothing that does not balance.
import iconv from 'iconv-lite';
import { bankOf, normalAccount } from './account-number.ts';
import { requireBalance } from './balance.ts';
import { dialectOf } from './banks.ts';
import type { BankDialect } from './banks.ts';
import { dayOf, readDay, readDirection, readEntry, readMoney } from './camt-entry.ts';
import { identify } from './item-id.ts';
import type { DraftItem } from './item-id.ts';
import { StatementRefused } from './statement.ts';
import type { Remark, Statement } from './statement.ts';
import { readUtf8 } from './utf8-text.ts';
import { all, first, textAt } from './xml-path.ts';
import { readXml } from './xml-tree.ts';
import type { XmlElement } from './xml-tree.ts';

export interface CamtOptions {
  /** Code of the bank, where the file does not say it. */
  readonly bank?: string;
  /** Overrides the habit of the bank. */
  readonly dialect?: Partial<BankDialect>;
}

export function readCamt(bytes: Uint8Array, options: CamtOptions = {}): Statement[] {
  const root = readXml(decode(bytes));
  // Some channels wrap the document into an envelope with a business header.
  const message = [root, ...root.children].flatMap((one) => [one, ...one.children]).find((one) => one.name === 'BkToCstmrStmt');
  if (!message) throw new StatementRefused(root.line, 'XML není výpis z účtu CAMT.053 (chybí BkToCstmrStmt).');
  const statements = all(message, 'Stmt');
  if (statements.length === 0) throw new StatementRefused(message.line, 'soubor nemá žádný výpis (Stmt).');
  return statements.map((statement) => readStatement(statement, options));
}

const ENCODINGS = ['windows-1250', 'iso-8859-1', 'iso-8859-2', 'us-ascii', 'utf-16', 'utf-16le', 'utf-16be'];

/** By the byte order mark, else as declared, else UTF-8. */
function decode(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const mark = buffer.toString('hex', 0, 2);
  // Behind the mark of UTF-8 nothing matches here: the mark wins over a declaration that a channel forgot to change.
  const declared = /^\s*<\?xml\s[^<>]*encoding\s*=\s*["']([\w.-]{1,40})["']/.exec(buffer.toString('latin1', 0, 300))?.[1];
  const encoding = mark === 'feff' || mark === 'fffe' ? 'utf-16' : (declared ?? 'utf-8').toLowerCase();
  if (ENCODINGS.includes(encoding)) return iconv.decode(buffer, encoding);
  if (encoding !== 'utf-8' && encoding !== 'utf8') throw new StatementRefused(1, `kódování ${encoding} se nepřijímá.`);
  return readUtf8(buffer);
}

interface CamtBalance {
  readonly code: string;
  readonly amount: number;
  readonly currency: string;
  readonly day: string | undefined;
  readonly line: number;
}

function readStatement(statement: XmlElement, options: CamtOptions): Statement {
  const { opening, closing } = readBalances(statement);
  const written = textAt(statement, 'Acct/Id/IBAN', 'Acct/Id/Othr/Id');
  if (written === '') throw new StatementRefused(statement.line, 'výpis neříká, kterého účtu je (Acct/Id).');
  const account = normalAccount(written, options.bank ?? '');
  const currency = textAt(statement, 'Acct/Ccy') || closing.currency;
  const other = [opening, closing].find((balance) => balance.currency !== currency);
  if (other) throw new StatementRefused(other.line, `zůstatek je v měně ${other.currency}, účet v měně ${currency}.`);
  const to = closing.day ?? lastDay(statement);
  if (to === undefined) throw new StatementRefused(closing.line, 'konečný zůstatek nemá datum.');
  const dialect = { ...dialectOf(options.bank ?? bankOf(account)), ...options.dialect };
  const drafts = all(statement, 'Ntry').flatMap((entry) => readEntry(entry, { account, currency, day: to, dialect }));
  requireBalance({ currency, opening: opening.amount, closing: closing.amount, line: closing.line }, drafts);
  return {
    format: 'camt',
    line: statement.line,
    account,
    number: readNumber(statement),
    from: opening.day ?? to,
    to,
    currency,
    opening: opening.amount,
    closing: closing.amount,
    items: identify(account, drafts),
    problems: summaryProblems(statement, drafts),
  };
}

/** Where the closing balance has no date: the end of the period, else the day the statement was made. */
function lastDay(statement: XmlElement): string | undefined {
  const moment = first(statement, 'FrToDt/ToDtTm', 'FrToDt/ToDt', 'CreDtTm');
  return moment && dayOf(moment.text, moment.line);
}

/** Opening OPBD, where a bank has none the previous closing PRCD; closing CLBD. Available and interim balances are not booked money. */
function readBalances(statement: XmlElement): { readonly opening: CamtBalance; readonly closing: CamtBalance } {
  const balances = all(statement, 'Bal').map(readBalance);
  const opening = balances.find(({ code }) => code === 'OPBD') ?? balances.find(({ code }) => code === 'PRCD');
  const closing = balances.findLast(({ code }) => code === 'CLBD');
  if (!opening) throw new StatementRefused(statement.line, 'výpis nemá počáteční zůstatek (OPBD ani PRCD).');
  if (!closing) throw new StatementRefused(statement.line, 'výpis nemá konečný zůstatek (CLBD).');
  return { opening, closing };
}

function readBalance(balance: XmlElement): CamtBalance {
  const money = first(balance, 'Amt');
  if (!money) throw new StatementRefused(balance.line, 'zůstatek nemá částku (Amt).');
  const { amount, currency } = readMoney(money);
  const code = textAt(balance, 'Tp/CdOrPrtry/Cd', 'Tp/CdOrPrtry/Prtry', 'Tp/Cd');
  return {
    code,
    amount: amount === 0 ? 0 : amount * readDirection(balance),
    currency,
    day: readDay(first(balance, 'Dt')),
    line: balance.line,
  };
}

/** Number of the electronic statement, else of the legal one. */
function readNumber(statement: XmlElement): number | null {
  const text = textAt(statement, 'ElctrncSeqNb', 'LglSeqNb');
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** The summary repeats what the entries say; the balances have proved them already, so a difference is a remark. */
function summaryProblems(statement: XmlElement, drafts: readonly DraftItem[]): readonly Remark[] {
  const count = first(statement, 'TxsSummry/TtlNtries/NbOfNtries');
  const entries = all(statement, 'Ntry').length;
  if (!count || Number(count.text) === entries || Number(count.text) === drafts.length) return [];
  return [{ line: count.line, reason: `souhrn uvádí ${count.text.slice(0, 10)} položek, výpis jich má ${entries}.` }];
}
