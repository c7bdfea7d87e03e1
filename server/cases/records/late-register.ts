// Documents that got their číslo jednací before the register was kept beside it: written into it as of the day of their number.
import type { Transaction } from '../../store/database.ts';
import {
  insertRecordsDocument,
  moveFile,
  openRecordsFile,
  recordsFile,
  type NewRecordsDocument,
  type NewRecordsFile,
} from '../../store/records.ts';

export interface LateRegister {
  /** Opened as of the day when the case was filed, unless it is open already. */
  readonly file: NewRecordsFile;
  /** The end of the case closed its file; null = it goes on. */
  readonly endedAt: string | null;
  readonly documents: readonly NewRecordsDocument[];
}

export async function registerLate(trx: Transaction, tenantId: number, { file, endedAt, documents }: LateRegister): Promise<void> {
  const known = await recordsFile(trx, tenantId, file.caseId);
  if (!known) await openRecordsFile(trx, tenantId, file);
  for (const one of documents) await insertRecordsDocument(trx, tenantId, one);
  if (!known && endedAt !== null) moveFile(trx, tenantId, file.caseId, 'closed', endedAt);
}
