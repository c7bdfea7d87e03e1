// Lines of the old program become payers and duties, some hundreds to a transaction.
import { ensurePayers } from '../../books/index.ts';
import type { CompiledSituation } from '../../catalog/index.ts';
import { dayAfter } from '../../domain/money/pro-rata.ts';
import { newId } from '../../platform/ids.ts';
import type { Transaction } from '../../store/database.ts';
import { changeDutyRow, insertDuties, lockDuty, type Said } from '../../store/duties.ts';
import type { ReadRow } from './import-row.ts';
import { bringLastYear } from './last-year.ts';
import { dutySheetOf } from './reckon.ts';

/** Those known by their numbers are passed over. Returns how many payers were said and how many duties are new. */
export async function keepRows(
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
