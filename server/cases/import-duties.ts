// Payers and duties from the town's old program. A line with a mistake is named and left out; a line known by its number changes nothing.
import { setImmediate as turn } from 'node:timers/promises';
import type { CompiledSituation } from '../catalog/index.ts';
import { dayOf } from '../domain/calendar.ts';
import { permitMoney, type Actor } from '../domain/permission.ts';
import { Problem } from '../domain/problem.ts';
import { newestVersion } from '../store/situations.ts';
import type { Corridor } from './corridor.ts';
import { readCsv, textOf } from './duties/csv.ts';
import { missingColumns, readRow, type ReadRow } from './duties/import-row.ts';
import { keepRows } from './duties/keep-rows.ts';
import { dutySheetOf } from './duties/reckon.ts';
import { compiledVersion, newestSituation } from './duties/reprice.ts';

const CHUNK = 500;
const A_TURN = 40;
const MOST_ERRORS = 500;

export interface ImportedDuties {
  readonly payers: number;
  readonly duties: number;
  readonly known: number;
  readonly errors: readonly { readonly line: number; readonly message: string }[];
}

/** Refuses `situation-not-found`, `duty-not-of-situation`, `columns-missing` (columns) and `file-empty`. Chunks of 500 lines are kept one after another. */
export async function importDuties(
  corridor: Corridor,
  tenantId: number,
  asked: { readonly actor: Extract<Actor, { kind: 'officer' }>; readonly situation: string; readonly content: Uint8Array },
): Promise<ImportedDuties> {
  permitMoney(asked.actor);
  return importTable(corridor, tenantId, { ...asked, by: `officer:${asked.actor.id}` });
}

/** The same without an officer, for a town that is being set up. */
export async function importTable(
  corridor: Corridor,
  tenantId: number,
  asked: {
    readonly by: string;
    readonly situation: string;
    readonly content: Uint8Array;
    /** Citizens among the payers: person by number in the register. */
    readonly persons?: ReadonlyMap<string, string>;
  },
): Promise<ImportedDuties> {
  const { db, clock } = corridor;
  const situation = await db.withTenant(tenantId, (trx) => newestSituation(trx, tenantId, asked.situation));
  dutySheetOf(situation);
  const at = clock.now().toISOString();
  const read = await readAll(situation, asked.content, Number(dayOf(at).slice(0, 4)));
  const { errors } = read;
  const rows = read.rows.map((row) => withPerson(row, asked.persons));
  const said = { actor: asked.by, reason: 'převzato z dosavadní evidence', at };
  let [payers, duties] = [0, 0];
  for (let start = 0; start < rows.length; start += CHUNK) {
    const kept = await db.withTenant(tenantId, (trx) => keepRows(trx, tenantId, situation, rows.slice(start, start + CHUNK), said));
    payers += kept.payers;
    duties += kept.duties;
  }
  return { payers, duties, known: rows.length - duties, errors: errors.slice(0, MOST_ERRORS) };
}

function withPerson(row: ReadRow, persons: ReadonlyMap<string, string> | undefined): ReadRow {
  const personId = persons?.get(row.payer.registryId);
  return personId === undefined ? row : { ...row, payer: { ...row.payer, personId } };
}

/** Whether the town has this situation and it founds a yearly duty. */
export const foundsDuty = ({ db }: Corridor, tenantId: number, situation: string): Promise<boolean> =>
  db.withTenant(tenantId, async (trx) => {
    const version = await newestVersion(trx, tenantId, situation);
    return version !== undefined && (await compiledVersion(trx, tenantId, version.id)).sheet.duty !== undefined;
  });

async function readAll(
  situation: CompiledSituation,
  content: Uint8Array,
  year: number,
): Promise<{ readonly rows: readonly ReadRow[]; readonly errors: readonly { readonly line: number; readonly message: string }[] }> {
  const table = readCsv(textOf(content));
  const missing = missingColumns(table.columns);
  if (missing.length > 0) throw new Problem('invalid', 'columns-missing', { columns: missing });
  if (table.rows.length === 0) throw new Problem('invalid', 'file-empty');
  const rows: ReadRow[] = [];
  const errors: { line: number; message: string }[] = [];
  const seen = new Map<string, number>();
  for (const [index, row] of table.rows.entries()) {
    if (index > 0 && index % A_TURN === 0) await turn();
    const read = readRow(situation, year, row);
    if ('mistake' in read) {
      errors.push({ line: row.line, message: read.mistake });
      continue;
    }
    const before = seen.get(read.duty.registryId);
    seen.set(read.duty.registryId, before ?? row.line);
    if (before === undefined) rows.push(read);
    else errors.push({ line: row.line, message: `Číslo povinnosti je už na řádku ${before}.` });
  }
  return { rows, errors };
}
