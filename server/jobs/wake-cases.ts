// The clock's door: cases with an overdue timer are woken, many in one transaction. Recovering a case fires all its overdue timers.
import { randomUUID } from 'node:crypto';
import { wake } from '../cases/commands/index.ts';
import { execute } from '../cases/execute.ts';
import { wakeTogether } from '../cases/wake-together.ts';
import { Problem } from '../domain/problem.ts';
import { casesWithDueTimers, markTimersTried } from '../store/waits.ts';
import { forEachTown, type Workshop } from './workshop.ts';

/** Timers fired by one transaction: enough that its commit and round trips do not count, few enough that nobody waits long for a case in it. */
const BATCH = 100;

export function wakeCases(workshop: Workshop): Promise<number> {
  return forEachTown(workshop, async (tenantId) => {
    const now = workshop.corridor.clock.now().toISOString();
    try {
      return await wakeTogether(workshop.corridor, tenantId, now, BATCH);
    } catch (error) {
      workshop.log.warn({ err: error }, 'cases could not be woken together; one by one now');
      return wakeEach(workshop, tenantId, now);
    }
  });
}

/** One case that cannot be woken holds up no other. */
async function wakeEach(workshop: Workshop, tenantId: number, now: string): Promise<number> {
  const due = await workshop.corridor.db.withTenant(tenantId, (trx) => casesWithDueTimers(trx, tenantId, now, BATCH));
  for (const caseId of due) await wakeOne(workshop, tenantId, caseId, now);
  return due.length;
}

async function wakeOne(workshop: Workshop, tenantId: number, caseId: string, at: string): Promise<void> {
  try {
    await execute(workshop.corridor, tenantId, caseId, wake, { commandId: `wake:${randomUUID()}`, actor: { kind: 'clock' }, data: { at } });
  } catch (error) {
    if (error instanceof Problem && error.code === 'case-ended') return; // somebody was faster
    workshop.log.error({ err: error, caseId }, 'case could not be woken; tried again in a minute');
  }
  // A timer that is still due now was not fired by the engine: it waits a minute too, instead of filling the journal twice a second.
  await workshop.corridor.db.withTenant(tenantId, (trx) => markTimersTried(trx, tenantId, [caseId], at));
}
