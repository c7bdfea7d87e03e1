// Tasks on desks of officers who are gone go back to the queues of their groups, one by one, each with a line in the journal of its case.
import { Overtaken } from '../cases/changes.ts';
import { returnTask } from '../cases/commands/index.ts';
import { execute } from '../cases/execute.ts';
import { Problem } from '../domain/problem.ts';
import { abandonedTasks, type AbandonedTask } from '../store/officers.ts';
import { forEachTown, type Workshop } from './workshop.ts';

const BATCH = 50;

/** Looks at desks, not at who has just left: what a crash interrupted is done at the next look. */
export function returnTasks(workshop: Workshop): Promise<number> {
  return forEachTown(workshop, async (tenantId) => {
    const tasks = await workshop.corridor.db.withTenant(tenantId, (trx) => abandonedTasks(trx, tenantId, BATCH));
    let returned = 0;
    for (const task of tasks) if (await returnOne(workshop, tenantId, task)) returned += 1;
    return returned;
  });
}

async function returnOne(workshop: Workshop, tenantId: number, { caseId, executionId, officerId }: AbandonedTask): Promise<boolean> {
  try {
    await execute(workshop.corridor, tenantId, caseId, returnTask, {
      commandId: crypto.randomUUID(), // he may come back, take it again and leave again
      actor: { kind: 'clock' },
      data: { executionId, officerId },
    });
    return true;
  } catch (error) {
    if (!(error instanceof Overtaken || error instanceof Problem)) throw error;
    workshop.log.warn({ caseId, code: error instanceof Problem ? error.code : 'overtaken' }, 'task was not returned to its queue');
    return false;
  }
}
