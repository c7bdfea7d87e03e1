// What is read from a bank statement, whichever of the three formats brought it, and how a statement is refused. Plain data.
import { OutsideFailure } from '../connector.ts';

export type StatementFormat = 'gpc' | 'camt' | 'fio';

export interface StatementItem {
  /** The same for the same movement of the account, whichever statement or range of days carries it. */
  readonly id: string;
  /** Legal day, `2026-03-02`: booked (CAMT), valuta or else the day of the statement (GPC), the day of the movement (Fio). */
  readonly date: string;
  /** Hundredths of `currency`, for crowns haléře; credit positive, debit negative, a reversed debit positive again. */
  readonly amount: number;
  /** ISO 4217 */
  readonly currency: string;
  /** Not in crowns: waits for a person, is never booked as crowns. */
  readonly isHeld: boolean;
  /** What moved before the bank changed it into crowns, signed as `amount`; absent when nothing was changed. */
  readonly original?: { readonly amount: number; readonly currency: string };
  readonly isReversal: boolean;
  /** Symbols without leading zeros; empty when there is none. */
  readonly vs: string;
  readonly ks: string;
  readonly ss: string;
  /** `19-2000145399/0800`, an IBAN of another country, without the bank's code when nothing says it; empty for the bank's own entries. */
  readonly counterAccount: string;
  readonly name: string;
  readonly message: string;
}

export interface Remark {
  /** From 1. */
  readonly line: number;
  /** A Czech sentence for the clerk. */
  readonly reason: string;
}

export interface Statement {
  readonly format: StatementFormat;
  /** Where it begins in its file, from 1. */
  readonly line: number;
  /** Own account as `19-2000145399/0800`; without the bank's code when nothing says it. */
  readonly account: string;
  /** Null when the bank gives none (Fio by days). */
  readonly number: number | null;
  /** First and last day, `2026-03-02`. */
  readonly from: string;
  readonly to: string;
  readonly currency: string;
  /** Hundredths of `currency`. */
  readonly opening: number;
  readonly closing: number;
  readonly items: readonly StatementItem[];
  /** Oddities that do not stop the reading. */
  readonly problems: readonly Remark[];
}

/** A file that is not believed: nothing of it may be booked. */
export class StatementRefused extends OutsideFailure {
  readonly line: number;
  readonly reason: string;
  constructor(line: number, reason: string) {
    const said = plainText(reason);
    super('bank-statement-broken', `Bankovní výpis nelze přijmout, řádek ${line}: ${said}`);
    this.name = 'StatementRefused';
    this.line = line;
    this.reason = said;
  }
}

/** Money of an account of a Czech town. */
export const CROWNS = 'CZK';

/** Symbol as people write it: no leading zeros. */
export const bareSymbol = (symbol: string): string => symbol.trim().replace(/^0+/, '');

/** Text of a fixed-width or free field: runs of blanks and control characters are one blank; nothing that a database does not store is left. */
export const plainText = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();

/** Line (from 1) of a position in a text. */
export function lineAt(text: string, position: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < position; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

const prague = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Prague' });
/** Legal day of a moment, `2026-03-02`. */
export const pragueDay = (moment: Date | string | number): string => prague.format(new Date(moment));

/** True for a day that the calendar has, `2026-02-28`. */
export function isDay(text: string): boolean {
  const [, year = 0, month = 0, day = 0] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
