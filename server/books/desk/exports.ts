// Export to the town's economic system: every accounting case in exactly one export, every export one effect that may be tried again without harm.
import { permitBooks } from '../../domain/permission.ts';
import { newId } from '../../platform/ids.ts';
import type { Transaction } from '../../store/database.ts';
import { exportedDocuments, noteExportAnswer, takeTransactions } from '../../store/economy-exports.ts';
import type { Json } from '../../store/json.ts';
import { insertEffects } from '../../store/outbox.ts';
import { once, type Asked, type Desk } from './once.ts';

/** Accounting cases in one message. */
const AT_ONCE = 500;
const MOST_EXPORTS = 20;
/** Told the answer: a name in server/jobs/listeners.ts. */
export const EXPORT_LISTENER = 'economy-export';

/** Orders exports of everything that none has carried yet; gives how many accounting cases went. */
export function orderExports(desk: Desk, asked: Asked<Record<string, never>>): Promise<{ readonly transactions: number }> {
  permitBooks(asked.actor);
  return once(desk, 'economy-export', asked, async (trx, { now }) => {
    let transactions = 0;
    for (let at = 0; at < MOST_EXPORTS; at++) {
      const taken = await orderOne(trx, desk.tenantId, asked.actor.id, now);
      transactions += taken;
      if (taken < AT_ONCE) break;
    }
    return { transactions };
  });
}

async function orderOne(trx: Transaction, tenantId: number, officerId: string, now: string): Promise<number> {
  const id = newId(new Date(now));
  const effectKey = `eko-${id.replaceAll('-', '')}`;
  const taken = await takeTransactions(trx, tenantId, { id, officerId, at: now, effectKey, limit: AT_ONCE });
  if (taken === 0) return 0;
  const documents = await exportedDocuments(trx, tenantId, id);
  await insertEffects(trx, tenantId, [
    {
      key: effectKey,
      caseId: null,
      executionId: null,
      elementId: null,
      effect: 'economy.export',
      title: 'Předání účetních případů do ekonomického systému',
      input: { exportId: id, documents } as unknown as Json,
      at: now,
      listener: EXPORT_LISTENER,
      subject: id,
    },
  ]);
  return taken;
}

/** The answer of the economic system is kept with the export, in the transaction that ends the effect. */
export const keepExportAnswer = (trx: Transaction, tenantId: number, exportId: string, answer: Json): Promise<void> =>
  noteExportAnswer(trx, tenantId, exportId, answer);
