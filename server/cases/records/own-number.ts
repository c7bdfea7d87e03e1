// Numbers of the house's own records service.
import { dayOf } from '../../domain/calendar.ts';
import type { Transaction } from '../../store/database.ts';
import { nextNumber } from '../../store/documents.ts';
import type { CaseFile } from '../corridor.ts';

export const yearOf = (file: CaseFile): number => Number(dayOf(file.now).slice(0, 4));

/** `MULO/123/2026`: gap-free within the series and year, taken in the transaction that uses it (§ 64 zákona č. 499/2004 Sb.). */
export async function ownNumber(trx: Transaction, file: CaseFile): Promise<string> {
  const { numberSeries } = file.situation.sheet;
  const year = yearOf(file);
  return `${numberSeries}/${await nextNumber(trx, file.tenantId, `cj:${numberSeries}`, year)}/${year}`;
}
