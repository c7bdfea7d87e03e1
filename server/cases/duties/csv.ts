// A table of the town's old fee program: CSV in UTF-8 or Windows-1250, semicolons or commas, quoted as spreadsheets quote. Pure.
import { readDay } from '../../domain/deadlines/days/day-number.ts';

export interface CsvRow {
  /** As an editor counts, the heading is 1. */
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}
export interface CsvTable {
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
}

/** UTF-8 when it is well-formed UTF-8, otherwise Windows-1250: Czech letters of the one are never the other by chance. */
export function textOf(content: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return new TextDecoder('windows-1250').decode(content);
  }
}

/** RFC 4180 with the separator of the heading; empty lines are passed over. */
export function readCsv(text: string): CsvTable {
  const separator = (text.split(/\r?\n/, 1)[0] ?? '').includes(';') ? ';' : ',';
  const lines = linesOf(text.replace(/^\uFEFF/, ''), separator);
  const columns = (lines[0]?.cells ?? []).map((name) => name.trim());
  const rows = lines
    .slice(1)
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
    .map(({ line, cells }) => ({ line, cells: Object.fromEntries(columns.map((name, index) => [name, (cells[index] ?? '').trim()])) }));
  return { columns, rows };
}

function linesOf(text: string, separator: string): readonly { readonly line: number; readonly cells: readonly string[] }[] {
  const found: { line: number; cells: string[] }[] = [];
  let cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  let [line, began] = [1, 1];
  const endCell = (): void => {
    cells.push(cell);
    cell = '';
  };
  const endLine = (): void => {
    endCell();
    found.push({ line: began, cells });
    cells = [];
    began = line;
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] as string;
    if (character === '\n') line += 1;
    if (isQuoted) {
      if (character !== '"') cell += character;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (character === '"' && cell === '') isQuoted = true;
    else if (character === separator) endCell();
    else if (character === '\n') endLine();
    else if (character !== '\r') cell += character;
  }
  if (cell !== '' || cells.length > 0) endLine();
  return found;
}

/** `3. 2. 2026`, `03.02.2026` or `2026-02-03`; undefined for what is no day. */
export function dayIn(text: string): string | undefined {
  const [, day = '', month = '', year = ''] = /^(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})$/.exec(text) ?? [];
  const iso = year === '' ? text : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return readDay(iso) === undefined ? undefined : iso;
}
