// The journal of a case as officers read it, with the proof that it is whole.
import type { JournalRow, OfficeCase } from '../contract/office.ts';
import type { ProcessModel } from '../engine/process-model.ts';
import type { Transaction } from '../store/database.ts';
import { verifyChain, type ChainedEntry } from '../store/journal.ts';
import { notesOf } from '../store/notes.ts';
import { operationsOf } from '../store/operations.ts';
import { namesOf } from './filer.ts';
import { journalText, otherSide } from './journal-text.ts';

export interface CaseJournal {
  readonly caseId: string;
  readonly journal: readonly ChainedEntry[];
  readonly revision: number;
  readonly model: ProcessModel;
}

/** `journalIntact`: numbered without gaps up to the case's revision, linked, and every hash recomputed equal. */
export async function officeJournal(
  trx: Transaction,
  tenantId: number,
  { caseId, journal, revision, model }: CaseJournal,
): Promise<{ readonly journal: readonly JournalRow[]; readonly journalIntact: boolean; readonly notes: OfficeCase['notes'] }> {
  const names = await officerNames(trx, tenantId);
  const reasons = await reasonsOf(trx, tenantId, journal);
  const people = await namesOf(
    trx,
    tenantId,
    journal.flatMap((entry) => byOf(entry) ?? []),
  );
  return {
    journal: journal.map((entry) => journalRow(entry, model, { names, reasons, people })),
    notes: (await notesOf(trx, tenantId, caseId)).map(({ id, at, author, text }) => ({ id, at, author, text })),
    journalIntact: verifyChain(tenantId, journal).intact && journal.length === revision,
  };
}

async function officerNames(trx: Transaction, tenantId: number): Promise<ReadonlyMap<string, string>> {
  const rows = await trx('officer').where({ tenant_id: tenantId }).select('id', 'name');
  return new Map(rows.map((row) => [row.id as string, row.name as string]));
}

/** The words of interventions by their ids; the journal itself holds the id and a hash. */
async function reasonsOf(trx: Transaction, tenantId: number, journal: readonly ChainedEntry[]): Promise<ReadonlyMap<string, string>> {
  const [first] = journal;
  const isNeeded = journal.some((entry) => operationOf(entry) !== undefined);
  const rows = first && isNeeded ? await operationsOf(trx, tenantId, first.caseId) : [];
  return new Map(rows.map((row) => [row.id, row.reason]));
}
/** Who acted for the applicant. */
const byOf = (entry: ChainedEntry): string | undefined => (entry.detail as { readonly by?: string }).by;
const operationOf = (entry: ChainedEntry): string | undefined => (entry.detail as { readonly operation?: string }).operation;

function journalRow(
  entry: ChainedEntry,
  model: ProcessModel,
  { names, reasons, people }: Readonly<Record<'names' | 'reasons' | 'people', ReadonlyMap<string, string>>>,
): JournalRow {
  const by = byOf(entry);
  const actor =
    entry.actorKind === 'officer'
      ? (names.get(entry.actorId ?? '') ?? 'úřední osoba')
      : ({
          citizen: by === undefined ? 'podatel' : `${people.get(by) ?? 'zástupce'} za podatele`,
          clock: 'čas',
          outside: otherSide(entry.actorId ?? ''),
        }[entry.actorKind] ?? entry.actorKind);
  const reason = reasons.get(operationOf(entry) ?? '');
  const text = `${journalText(entry, model)}${reason === undefined ? '' : `; důvod: ${reason}`}`;
  return { seq: entry.seq, at: entry.at, actor, kind: entry.kind, text, hash: entry.hash };
}
