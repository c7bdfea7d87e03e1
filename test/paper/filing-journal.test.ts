// The podací deník on paper: every row with its number, the head of the table on every page, missing numbers with their reason.
import { expect, test } from 'vitest';
import { journalCsv, printedJournal } from '../../server/http/office/journal-sheets.ts';
import type { FilingJournal, JournalLine } from '../../server/contract/filing-journal.ts';
import { renderFilingJournal } from '../../server/paper/filing-journal.ts';
import { readPdf } from './read-pdf.ts';

const line = (place: number, more: Partial<JournalLine> = {}): JournalLine => ({
  place,
  number: `MULO/${place}/2026`,
  registeredAt: '2026-03-02T23:30:00.000Z',
  direction: 'in',
  correspondent: 'Jana Nováková',
  way: 'data-box',
  title: 'Žádost o informace',
  parts: 1,
  mark: 'SZ MULO 1/2026',
  department: 'Kancelář tajemníka',
  dispatchedAt: null,
  dispatchedBy: null,
  deliveredAt: null,
  closedAt: null,
  retention: '68.1 S/5',
  shredFrom: null,
  ...more,
});
const letter = line(2, {
  direction: 'out',
  title: '=SUM(A1); „výzva“',
  way: 'office',
  dispatchedAt: '2026-03-04T10:00:00.000Z',
  dispatchedBy: 'data-box',
  deliveredAt: '2026-03-05T10:00:00.000Z',
  closedAt: '2026-04-01T10:00:00.000Z',
  shredFrom: 2032,
});
const journal = (lines: readonly JournalLine[]): FilingJournal => ({
  year: 2026,
  series: [{ series: 'MULO', last: lines.length + 2 }],
  lines,
  gaps: [
    { number: `MULO/${lines.length + 1}/2026`, why: 'message-out', detail: 'patří sousední obci' },
    { number: `MULO/${lines.length + 2}/2026`, why: 'unknown', detail: '' },
  ],
  outside: 3,
});
const head = { officeName: 'Městský úřad Lipová', address: 'Náměstí 1', email: 'urad@lipova.example', phone: '1', dataBox: 'lipovaa' };
const one = (text: string): string => text.replace(/\s+/g, ' ');

test('a year of one page holds its rows in Prague’s days, its series, its gaps and what is elsewhere', async () => {
  const pdf = await renderFilingJournal(printedJournal(journal([line(1), letter]), '2027-01-04T08:00:00.000Z'), head);
  const { text } = readPdf(pdf);
  for (const part of ['Podací deník 2026', 'MULO/1/2026', '3. 3. 2026', 'Kancelář', 'Vlastní, pro: Jana', 'MULO/1 až MULO/4'])
    expect(one(text)).toContain(part);
  expect(one(text)).toContain('patří sousední obci');
  expect(one(text)).toContain('příčina není známa');
  expect(one(text)).toContain('dalších dokumentů: 3');
});

test('a long year goes on over pages, each with the head of the table, and no row is lost', async () => {
  const lines = Array.from({ length: 240 }, (_, index) => line(index + 1));
  const pdf = await renderFilingJournal(printedJournal(journal(lines), '2027-01-04T08:00:00.000Z'), head);
  const { text, pages } = readPdf(pdf);
  expect(pages).toBeGreaterThan(5);
  for (const { number } of lines) expect(one(text)).toContain(number);
  expect(one(text).split('Číslo jednací').length - 1).toBeGreaterThanOrEqual(pages - 1);
});

test('the CSV has a row for every document and every missing number, and no cell that a spreadsheet would reckon', () => {
  const csv = journalCsv(journal([line(1), letter]));
  const rows = csv.trim().split('\r\n');
  expect(rows).toHaveLength(5);
  expect(new Set(rows.map((row) => row.replace(/"[^"]*"/g, '').split(';').length))).toEqual(new Set([17]));
  expect(csv).toContain(`"'=SUM(A1); „výzva“"`);
  expect(rows[2]).toContain('2032');
  expect(rows[3]).toContain('MULO/3/2026');
});
