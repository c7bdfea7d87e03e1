// The journal of a case as officers read it, with the proof that it is whole.
import type { JournalRow } from '../contract/office.ts';
import type { ProcessModel } from '../engine/process-model.ts';
import type { Transaction } from '../store/database.ts';
import { verifyChain, type ChainedEntry } from '../store/journal.ts';
import { journalText, otherSide } from './journal-text.ts';

export interface CaseJournal {
  readonly journal: readonly ChainedEntry[];
  readonly revision: number;
  readonly model: ProcessModel;
}

/** `journalIntact`: numbered without gaps up to the case's revision, linked, and every hash recomputed equal. */
export async function officeJournal(
  trx: Transaction,
  tenantId: number,
  { journal, revision, model }: CaseJournal,
): Promise<{ readonly journal: readonly JournalRow[]; readonly journalIntact: boolean }> {
  const names = await officerNames(trx, tenantId);
  return {
    journal: journal.map((entry) => journalRow(entry, model, names)),
    journalIntact: verifyChain(tenantId, journal).intact && journal.length === revision,
  };
}

async function officerNames(trx: Transaction, tenantId: number): Promise<ReadonlyMap<string, string>> {
  const rows = await trx('officer').where({ tenant_id: tenantId }).select('id', 'name');
  return new Map(rows.map((row) => [row.id as string, row.name as string]));
}

function journalRow(entry: ChainedEntry, model: ProcessModel, names: ReadonlyMap<string, string>): JournalRow {
  const actor =
    entry.actorKind === 'officer'
      ? (names.get(entry.actorId ?? '') ?? 'úřední osoba')
      : ({ citizen: 'podatel', clock: 'čas', outside: otherSide(entry.actorId ?? '') }[entry.actorKind] ?? entry.actorKind);
  return { seq: entry.seq, at: entry.at, actor, kind: entry.kind, text: journalText(entry, model), hash: entry.hash };
}
