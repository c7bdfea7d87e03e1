// Work outside that belongs to no case and got stuck, as officers see it. Never what was sent: it may hold personal data.
import type { OutsideWork } from '../contract/operations.ts';
import { stuckWork } from '../store/stuck-work.ts';
import type { Reader } from './reader.ts';

export function outsideWork(reader: Reader, tenantId: number): Promise<OutsideWork> {
  return reader.db.withTenant(tenantId, async (trx) => ({
    work: (await stuckWork(trx, tenantId)).map(({ key, effect, title, error, since }) => ({
      key,
      effect,
      title,
      reason: error,
      since: since.toISOString(),
    })),
  }));
}
