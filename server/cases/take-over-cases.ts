// Cases of a record that was joined to another one go over to it, each under its own lock and with a line in its own journal. Right after the joining; what a crash
// left behind is taken by the next round.
import { Problem } from '../domain/problem.ts';
import { casesOfMergedPeople } from '../store/cases-of-merged.ts';
import { Overtaken } from './changes.ts';
import { changeApplicant } from './commands/change-applicant.ts';
import type { Corridor } from './corridor.ts';
import { execute } from './execute.ts';

const MOST_AT_ONCE = 200;

/** How many cases went over. */
export async function takeOverCases(corridor: Corridor, tenantId: number): Promise<number> {
  const waiting = await corridor.db.withTenant(tenantId, (trx) => casesOfMergedPeople(trx, tenantId, MOST_AT_ONCE));
  for (const { caseId, from, to } of waiting) {
    try {
      const commandId = `take-over:${caseId}:${to}`;
      await execute(corridor, tenantId, caseId, changeApplicant, { commandId, actor: { kind: 'clock' }, data: { from, to } });
    } catch (error) {
      // Another worker was first.
      const isDone = error instanceof Overtaken || (error instanceof Problem && error.code === 'applicant-changed-meanwhile');
      if (!isDone) throw error;
    }
  }
  return waiting.length;
}
