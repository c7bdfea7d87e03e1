// The duty goes on by other facts from a day; years prescribed already get their new total and what was paid over is freed.
import { changeDuty } from '../duties/change.ts';
import type { Act } from './act.ts';
import { isBasis, isDay, orRefused, refused } from './duty-register.ts';

/** Refuses `duty-not-found`, `duty-ended`, `duty-not-reckoned`, `duty-basis-missing` and `duty-day-wrong`. */
export const dutyChange: Act = async (wait, { file, trx }) => {
  const { dutyId, basis, since, reason } = wait.input;
  if (!isBasis(basis)) return refused('duty-basis-missing', 'Chybějí údaje, podle kterých se poplatek počítá.');
  if (!isDay(since)) return refused('duty-day-wrong', 'Den změny není datum.');
  const said = { actor: 'rule:duty.change', reason: String(reason ?? file.situation.sheet.title.cs), at: file.now };
  return orRefused(async () => {
    const { prescribed, freed, years } = await changeDuty(trx, file.tenantId, { dutyId: String(dutyId), basis, since }, said);
    return { prescribed: [...prescribed], freed, amount: years.at(-1)?.amount ?? null };
  });
};
