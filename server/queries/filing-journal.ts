// The podací deník of one year, kept by our own service: every row in its order, and every missing number with what is known of it.
import type { FilingJournal, JournalCard, JournalGap, JournalLine } from '../contract/filing-journal.ts';
import { missingNumbers } from '../domain/filing-journal.ts';
import type { Transaction } from '../store/database.ts';
import { documentSeries, journalRows, numberedOutside, numberHolders, type JournalRow } from '../store/filing-journal.ts';
import { situationOf, type Reader } from './reader.ts';

/** More missing numbers than these are no gaps any more: the first ones are named. */
const MOST_GAPS = 1_000;

export function filingJournal(reader: Reader, tenantId: number, year: number): Promise<FilingJournal> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const rows = await journalRows(trx, tenantId, year);
    const series = await documentSeries(trx, tenantId, year);
    const departments = await departmentsOf(reader, trx, tenantId, rows);
    const lines = rows.map((row, index) => lineOf(row, index + 1, departments.get(row.versionId) ?? ''));
    const numbers = rows.map(({ number }) => number);
    return {
      year,
      series,
      lines,
      gaps: await gapsOf(trx, tenantId, missing(year, series, numbers)),
      outside: await numberedOutside(trx, tenantId, year),
    };
  });
}

export async function journalCard(reader: Reader, tenantId: number, year: number): Promise<JournalCard> {
  const { lines, ...known } = await filingJournal(reader, tenantId, year);
  return { ...known, documents: lines.length };
}

const missing = (year: number, series: FilingJournal['series'], numbers: readonly string[]): readonly string[] =>
  missingNumbers(year, series, numbers)
    .slice(0, MOST_GAPS)
    .map(({ number }) => number);

async function gapsOf(trx: Transaction, tenantId: number, numbers: readonly string[]): Promise<readonly JournalGap[]> {
  const holders = new Map((await numberHolders(trx, tenantId, numbers)).map((holder) => [holder.number, holder]));
  return numbers.map((number) => {
    const holder = holders.get(number);
    if (!holder) return { number, why: 'unknown', detail: '' };
    return { number, why: holder.by === 'message' ? 'message-out' : 'unregistered', detail: holder.detail };
  });
}

async function departmentsOf(
  reader: Reader,
  trx: Transaction,
  tenantId: number,
  rows: readonly JournalRow[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const versionId of new Set(rows.map((row) => row.versionId)))
    found.set(versionId, (await situationOf(reader, trx, tenantId, versionId)).sheet.department);
  return found;
}

function lineOf({ versionId: _versionId, ...row }: JournalRow, place: number, department: string): JournalLine {
  return {
    place,
    department,
    number: row.number,
    direction: row.direction,
    correspondent: row.correspondent,
    way: row.way,
    title: row.title,
    parts: row.parts,
    mark: row.mark,
    dispatchedBy: row.dispatchedBy,
    retention: row.retention,
    shredFrom: row.shredFrom,
    registeredAt: row.registeredAt.toISOString(),
    dispatchedAt: row.dispatchedAt?.toISOString() ?? null,
    deliveredAt: row.deliveredAt?.toISOString() ?? null,
    closedAt: row.closedAt?.toISOString() ?? null,
  };
}
