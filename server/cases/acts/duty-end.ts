// The duty ends; months after its end are no longer owed and what was paid for them is freed.
import { endDuty } from '../duties/change.ts';
import type { Act } from './act.ts';
import { isDay, orRefused, refused } from './duty-register.ts';

/** `until` is the last day. Refuses `duty-not-found`, `duty-ended` and `duty-day-wrong`. */
export const dutyEnd: Act = async (wait, { file, trx }) => {
  const { dutyId, until, reason } = wait.input;
  if (!isDay(until)) return refused('duty-day-wrong', 'Den zániku povinnosti není datum.');
  const said = { actor: 'rule:duty.end', reason: String(reason ?? file.situation.sheet.title.cs), at: file.now };
  return orRefused(async () => {
    const { freed, years } = await endDuty(trx, file.tenantId, { dutyId: String(dutyId), until }, said);
    return { freed, amount: years.at(-1)?.amount ?? null };
  });
};
