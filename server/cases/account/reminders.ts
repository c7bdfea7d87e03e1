// What a citizen wants to be told and which way, and that he has read what he was told about his money.
import { isNeeded } from '../../domain/notices/index.ts';
import { Problem } from '../../domain/problem.ts';
import { readNotices, saveReminders, type Reminders } from '../../store/money-notices.ts';
import type { Corridor } from '../corridor.ts';

/** Refuses `notice-needed` when something that cannot be off would come no way. */
export async function keepReminders(corridor: Corridor, tenantId: number, personId: string, chosen: Reminders): Promise<void> {
  const off = chosen.events.find(({ event, byEmail, bySms, byDataBox }) => isNeeded(event) && !byEmail && !bySms && !byDataBox);
  if (off) throw new Problem('invalid', 'notice-needed', { event: off.event });
  const at = corridor.clock.now().toISOString();
  await corridor.db.withTenant(tenantId, (trx) => saveReminders(trx, tenantId, personId, chosen, at));
}

export function noteRead(corridor: Corridor, tenantId: number, personId: string, ids: readonly string[]): Promise<void> {
  const at = corridor.clock.now().toISOString();
  return corridor.db.withTenant(tenantId, (trx) => readNotices(trx, tenantId, personId, ids, at));
}
