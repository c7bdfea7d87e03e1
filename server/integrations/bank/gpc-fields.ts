// Fields of a GPC record by their columns; every reading says on which line and in which field the format is broken.
import { StatementRefused, isDay } from './statement.ts';

/** One record of the file; `line` from 1. */
export interface GpcRecord {
  readonly line: number;
  readonly text: string;
}

/** Positions are 1-based inclusive as in the banks' papers. */
export const column = (record: GpcRecord, from: number, to: number): string => record.text.slice(from - 1, to);

export function requireLength(record: GpcRecord, least: number): void {
  if (record.text.length < least)
    throw new StatementRefused(record.line, `záznam ${record.text.slice(0, 3)} je kratší (${record.text.length} znaků místo 128).`);
}

/** Whole haléře or a count: only digits. */
export function readDigits(record: GpcRecord, [from, to]: readonly [number, number], field: string): number {
  const text = column(record, from, to);
  if (!/^\d+$/.test(text)) throw wrong(record, field, text);
  return Number(text);
}

/** A symbol or an account: digits, or blank when the bank leaves it out. */
export function readSymbol(record: GpcRecord, [from, to]: readonly [number, number], field: string): string {
  const text = column(record, from, to).trim();
  if (!/^\d*$/.test(text)) throw wrong(record, field, text);
  return text.replace(/^0+/, '');
}

export function readAccountDigits(record: GpcRecord, [from, to]: readonly [number, number], field: string): string {
  const text = column(record, from, to).trim().padStart(16, '0');
  if (!/^\d{16}$/.test(text)) throw wrong(record, field, text);
  return text;
}

/** Amount with its sign in the next column. A turnover's sign is `0`, `+` or, where reversals prevail, `-`; a balance's `+` or `-`. */
export function readSigned(record: GpcRecord, range: readonly [number, number], field: string, signs: '+-' | '0+-'): number {
  const sign = column(record, range[1] + 1, range[1] + 1);
  if (sign === '' || !signs.includes(sign)) throw wrong(record, `znaménko pole ${field}`, sign);
  const amount = readDigits(record, range, field);
  return sign === '-' && amount > 0 ? -amount : amount;
}

/** ddmmyy of this century; undefined for blanks and zeros. */
export function readDay(record: GpcRecord, [from, to]: readonly [number, number], field: string): string | undefined {
  const text = column(record, from, to);
  if (/^[0 ]*$/.test(text)) return undefined;
  const day = `20${text.slice(4, 6)}-${text.slice(2, 4)}-${text.slice(0, 2)}`;
  if (!/^\d{6}$/.test(text) || !isDay(day)) throw wrong(record, field, text);
  return day;
}

export function wrong(record: GpcRecord, field: string, found: string): StatementRefused {
  return new StatementRefused(record.line, `${field}: „${found.slice(0, 20)}“ neodpovídá formátu.`);
}
