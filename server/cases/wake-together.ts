// The clock's walk through the corridor for many cases at once: one transaction locks those whose timers are due, as far as nobody else holds them,
// and wakes each with a statement of its own; nothing is waited for in between. Two cases locked together cannot wait for each other,
// because a lock that is not free is passed over.
import { reach } from '../platform/crash-point.ts';
import { lockDueCases, tasksOfCases, type TaskRow } from '../store/cases.ts';
import { flushHeld } from '../store/lane.ts';
import { applicantsOfCases } from '../store/people.ts';
import { markTimersTried, withDueTimers } from '../store/waits.ts';
import { carryOut } from './carry-out.ts';
import { wake } from './commands/wake.ts';
import type { Corridor } from './corridor.ts';
import { fileOf } from './execute.ts';

/**
 * How many cases were found with a timer due at `now`, at most `limit`. All or nothing: whatever one case throws is thrown, and none was woken;
 * then they are to be woken one by one.
 */
export async function wakeTogether(corridor: Corridor, tenantId: number, now: string, limit: number): Promise<number> {
  const count = await corridor.db.withTenant(tenantId, async (trx) => {
    const rows = await lockDueCases(trx, tenantId, now, limit);
    if (rows.length === 0) return 0;
    const ids = rows.map((row) => row.id);
    const [due, tasks, people] = await Promise.all([
      withDueTimers(trx, tenantId, ids, now),
      tasksOfCases(trx, tenantId, ids),
      applicantsOfCases(trx, tenantId, ids),
    ]);
    for (const row of rows) {
      if (row.endedAt !== null || !due.has(row.id)) continue;
      const found = { row, tasks: tasks.get(row.id) ?? NO_TASKS, person: people.get(row.id) };
      const file = await fileOf(corridor, trx, tenantId, found);
      await carryOut(trx, file, wake.name, { kind: 'clock' }, wake.accept(file, REQUEST, undefined));
      flushHeld(trx);
    }
    // A timer that is still due now was not fired by the engine: it waits a minute, instead of filling the journal twice a second.
    await markTimersTried(trx, tenantId, ids, now);
    reach(`before-commit:${wake.name}`);
    return rows.length;
  });
  reach(`after-commit:${wake.name}`);
  if (count > 0) corridor.poke();
  return count;
}

const NO_TASKS: readonly TaskRow[] = [];
/** A waking has no answer that anybody could ask for again. */
const REQUEST = { commandId: '', actor: { kind: 'clock' as const }, data: { at: '' } };
