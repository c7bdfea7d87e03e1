// Payers and duties from the town's old program. A line with a mistake is named and left out; a line known by its number changes nothing.
import { setImmediate as turn } from 'node:timers/promises';
import { ensurePayers } from '../books/index.ts';
import type { CompiledSituation } from '../catalog/index.ts';
import { dayOf } from '../domain/calendar.ts';
import { dayAfter } from '../domain/money/pro-rata.ts';
import { permitMoney, type Actor } from '../domain/permission.ts';
import { Problem } from '../domain/problem.ts';
import { newId } from '../platform/ids.ts';
import { changeDutyRow, insertDuties, lockDuty, type Said } from '../store/duties.ts';
import type { Transaction } from '../store/database.ts';
import type { Corridor } from './corridor.ts';
import { readCsv, textOf } from './duties/csv.ts';
import { bringLastYear } from './duties/last-year.ts';
import { missingColumns, readRow, type ReadRow } from './duties/import-row.ts';
import { dutySheetOf } from './duties/reckon.ts';
import { newestSituation } from './duties/reprice.ts';

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
  asked: { readonly by: string; readonly situation: string; readonly content: Uint8Array },
): Promise<ImportedDuties> {
  const { db, clock } = corridor;
  const situation = await db.withTenant(tenantId, (trx) => newestSituation(trx, tenantId, asked.situation));
  dutySheetOf(situation);
  const at = clock.now().toISOString();
  const { rows, errors } = await readAll(situation, asked.content, Number(dayOf(at).slice(0, 4)));
  const said = { actor: asked.by, reason: 'převzato z dosavadní evidence', at };
  let [payers, duties] = [0, 0];
  for (let start = 0; start < rows.length; start += CHUNK) {
    const kept = await db.withTenant(tenantId, (trx) => keep(trx, tenantId, situation, rows.slice(start, start + CHUNK), said));
    payers += kept.payers;
    duties += kept.duties;
  }
  return { payers, duties, known: rows.length - duties, errors: errors.slice(0, MOST_ERRORS) };
}

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

async function keep(
  trx: Transaction,
  tenantId: number,
  situation: CompiledSituation,
  rows: readonly ReadRow[],
  said: Said,
): Promise<{ readonly payers: number; readonly duties: number }> {
  const facts = new Map(rows.map(({ payer }) => [payer.registryId, payer]));
  const ids = await ensurePayers(trx, tenantId, [...facts.values()], said.at);
  const payerIds = new Map([...facts.keys()].map((registryId, index) => [registryId, ids[index] ?? '']));
  const { kind } = dutySheetOf(situation);
  const wanted = rows.map(({ payer, duty }) => ({
    id: newId(new Date(said.at)),
    kind,
    situation: situation.sheet.id,
    payerId: payerIds.get(payer.registryId) ?? '',
    subject: duty.subject,
    basis: duty.basis,
    validFrom: duty.since,
    caseId: null,
    householdId: payer.householdId ?? null,
    registryId: duty.registryId,
    until: duty.until,
  }));
  const made = new Set(await insertDuties(trx, tenantId, wanted, said));
  for (const { id, until } of wanted) {
    if (until === null || !made.has(id)) continue;
    const duty = await lockDuty(trx, tenantId, id);
    if (duty) await changeDutyRow(trx, tenantId, duty, { kind: 'ended', since: dayAfter(until), basis: null }, said);
  }
  const brought = rows.flatMap(({ lastYear }, index) => {
    const duty = wanted[index];
    return lastYear && duty && made.has(duty.id) ? [{ duty: { ...duty, name: rows[index]?.payer.name ?? '' }, lastYear }] : [];
  });
  await bringLastYear(trx, tenantId, situation, brought, said);
  return { payers: facts.size, duties: made.size };
}
