// Which service keeps the records of a case: the one its file was opened with, for ever.
import type { Transaction } from '../../store/database.ts';
import { recordsFile, type RecordsService } from '../../store/records.ts';
import type { CaseFile } from '../corridor.ts';

/** For a file that is still to be opened; an open one stays where it is. */
export const serviceOf = (file: CaseFile): RecordsService => file.town.records ?? 'builtin';

/** Where the case's numbers come from, before the step is written. */
export async function serviceOfCase(trx: Transaction, file: CaseFile): Promise<RecordsService> {
  const known = file.row.revision === 0 ? undefined : await recordsFile(trx, file.tenantId, file.row.id);
  return known?.service ?? serviceOf(file);
}
