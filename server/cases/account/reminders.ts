// What a citizen wants to be told about his money, and that he has read what he was told.
import { readNotices, saveReminders, type Reminders } from '../../store/money-notices.ts';
import type { Corridor } from '../corridor.ts';

export function keepReminders(corridor: Corridor, tenantId: number, personId: string, chosen: Reminders): Promise<void> {
  const at = corridor.clock.now().toISOString();
  return corridor.db.withTenant(tenantId, (trx) => saveReminders(trx, tenantId, personId, chosen, at));
}

export function noteRead(corridor: Corridor, tenantId: number, personId: string, ids: readonly string[]): Promise<void> {
  const at = corridor.clock.now().toISOString();
  return corridor.db.withTenant(tenantId, (trx) => readNotices(trx, tenantId, personId, ids, at));
}
