// Old prescriptions and payments as the town's economic system gives them: CSV with a heading, or JSON with the same names. Pure; every wrong line is named.
import { readDay } from '../deadlines/days/day-number.ts';
import { feeKinds } from './kinds.ts';

export interface OldDebt {
  readonly line: number;
  readonly id: string;
  /** Number of the payer in the register. */
  readonly payer: string;
  readonly name: string;
  readonly kind: string;
  readonly title: string;
  /** Haléře. */
  readonly amount: number;
  readonly prescribedOn: string;
  readonly dueDate: string;
  readonly variableSymbol: string;
  readonly legalBasis: string;
}
export interface OldPayment {
  readonly line: number;
  readonly id: string;
  readonly payer: string;
  readonly name: string;
  readonly amount: number;
  readonly receivedOn: string;
  readonly variableSymbol: string;
  /** Ids of what it paid, with how much of it. */
  readonly paid: readonly { readonly id: string; readonly amount: number }[];
}
export interface LineError {
  readonly line: number;
  readonly code: string;
  readonly field: string;
}
export interface HistoryFile {
  readonly debts: readonly OldDebt[];
  readonly payments: readonly OldPayment[];
  readonly errors: readonly LineError[];
}

type Row = Readonly<Record<string, string>>;
/** Thrown inside a line; becomes its error. */
class Wrong extends Error {
  readonly field: string;
  constructor(code: string, field: string) {
    super(code);
    this.field = field;
  }
}

/** `today` = no old record lies after it. A file that is neither CSV nor JSON has one error on line 0. */
export function readHistory(text: string, today: string): HistoryFile {
  const rows = text.trimStart().startsWith('{') ? fromJson(text) : fromCsv(text);
  if (rows === undefined) return { debts: [], payments: [], errors: [{ line: 0, code: 'file-unreadable', field: '' }] };
  const debts: OldDebt[] = [];
  const payments: OldPayment[] = [];
  const errors: LineError[] = [];
  const known = new Set<string>();
  for (const { line, row } of rows) {
    try {
      const isDebt = oneOf(row, 'typ', ['predpis', 'platba']) === 'predpis';
      const id = needed(row, 'id');
      if (known.has(`${isDebt} ${id}`)) throw new Wrong('id-twice', 'id');
      if (isDebt) debts.push(debtOf(row, line, today));
      else payments.push(paymentOf(row, line, today));
      known.add(`${isDebt} ${id}`);
    } catch (error) {
      if (!(error instanceof Wrong)) throw error;
      errors.push({ line, code: error.message, field: error.field });
    }
  }
  return { debts, payments, errors };
}

function debtOf(row: Row, line: number, today: string): OldDebt {
  const variableSymbol = needed(row, 'vs').replace(/^0+/, '');
  if (!/^\d{1,10}$/.test(variableSymbol)) throw new Wrong('symbol-wrong', 'vs');
  return {
    line,
    ...payerOf(row),
    kind: oneOf(row, 'druh', Object.keys(feeKinds)),
    title: needed(row, 'nazev'),
    amount: amountOf(needed(row, 'castka'), 'castka'),
    prescribedOn: dayOf(row, 'predepsano', today),
    dueDate: dayOf(row, 'splatnost', '2100-12-31'),
    variableSymbol,
    legalBasis: needed(row, 'zaklad'),
  };
}

function paymentOf(row: Row, line: number, today: string): OldPayment {
  const amount = amountOf(needed(row, 'castka'), 'castka');
  const paid = (row['predpisy'] ?? '')
    .split('|')
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const [id = '', sum = ''] = part.split('=').map((piece) => piece.trim());
      if (id === '' || sum === '') throw new Wrong('shares-wrong', 'predpisy');
      return { id, amount: amountOf(sum, 'predpisy') };
    });
  const over = (row['preplatek'] ?? '') === '' ? 0 : amountOf(row['preplatek'] ?? '', 'preplatek', true);
  // What the old system says about the whole payment must be the whole payment: a missing share would become an overpayment that never was.
  if (paid.reduce((sum, share) => sum + share.amount, over) !== amount) throw new Wrong('sum-differs', 'castka');
  return {
    line,
    ...payerOf(row),
    amount,
    receivedOn: dayOf(row, 'prijato', today),
    variableSymbol: (row['vs'] ?? '').replace(/^0+/, ''),
    paid,
  };
}

const payerOf = (row: Row): { readonly id: string; readonly payer: string; readonly name: string } => ({
  id: needed(row, 'id'),
  payer: needed(row, 'platce'),
  name: needed(row, 'jmeno'),
});

function needed(row: Row, field: string): string {
  const value = (row[field] ?? '').trim();
  if (value === '') throw new Wrong('missing', field);
  if (value.length > 300) throw new Wrong('too-long', field);
  return value;
}

function oneOf(row: Row, field: string, allowed: readonly string[]): string {
  const value = needed(row, field);
  if (!allowed.includes(value)) throw new Wrong('unknown', field);
  return value;
}

/** `1 500`, `1500,50`, `1500.50` Kč. */
function amountOf(text: string, field: string, mayBeZero = false): number {
  const found = /^(\d{1,9})(?:[.,](\d{1,2}))?$/.exec(text.replaceAll(/[\s\u00a0]/g, ''));
  if (!found) throw new Wrong('amount-wrong', field);
  const halere = Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'));
  if (halere === 0 && !mayBeZero) throw new Wrong('amount-wrong', field);
  return halere;
}

/** `2021-04-30` or `30. 4. 2021`. */
function dayOf(row: Row, field: string, last: string): string {
  const text = needed(row, field);
  const [, day = '', month = '', year = ''] = /^(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})$/.exec(text) ?? [];
  const date = year === '' ? text : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (readDay(date) === undefined || date < '2000-01-01' || date > last) throw new Wrong('date-wrong', field);
  return date;
}

interface Numbered {
  readonly line: number;
  readonly row: Row;
}

function fromJson(text: string): readonly Numbered[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const records = (value as { zaznamy?: unknown }).zaznamy;
  if (!Array.isArray(records)) return undefined;
  return records.map((record: unknown, index) => ({ line: index + 1, row: flat(record) }));
}

/** Numbers as text; anything else than text and numbers counts as missing. */
function flat(record: unknown): Row {
  if (typeof record !== 'object' || record === null) return {};
  return Object.fromEntries(
    Object.entries(record).flatMap(([key, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[key, String(value)]] : [],
    ),
  );
}

/** RFC 4180 with `;` or `,`, whichever the heading has; lines are numbered as an editor shows them. */
function fromCsv(text: string): readonly Numbered[] | undefined {
  const bare = text.replace(/^\uFEFF/, '');
  const heading = bare.slice(0, Math.max(bare.indexOf('\n'), 0) || undefined);
  const separator = heading.includes(';') ? ';' : ',';
  const [first, ...others] = cells(bare, separator);
  const names = first?.cells.map((name) => name.trim().toLowerCase()) ?? [];
  if (!names.includes('typ') || !names.includes('id')) return undefined;
  return others
    .filter((line) => line.cells.some((cell) => cell.trim() !== ''))
    .map((line) => ({ line: line.number, row: Object.fromEntries(names.map((name, index) => [name, line.cells[index] ?? ''])) }));
}

function cells(text: string, separator: string): readonly { readonly number: number; readonly cells: readonly string[] }[] {
  const lines: { number: number; cells: string[] }[] = [];
  let [cell, quoted, number, at] = ['', false, 1, 0];
  let line: { number: number; cells: string[] } = { number, cells: [] };
  const end = (): void => {
    line.cells.push(cell);
    cell = '';
  };
  for (; at < text.length; at += 1) {
    const sign = text[at] as string;
    if (sign === '\n') number += 1;
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') cell += text[(at += 1)] as string;
      else quoted = false;
    } else if (sign === '"' && cell === '') quoted = true;
    else if (sign === separator) end();
    else if (sign === '\n') {
      end();
      lines.push(line);
      line = { number, cells: [] };
    } else if (sign !== '\r') cell += sign;
  }
  end();
  return [...lines, line];
}
