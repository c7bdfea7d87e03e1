// The register of a town that ran before it was kept: each case whose numbers it does not know is completed by a command of its own, with a line in its journal.
import { casesWithUnregistered } from '../store/unregistered.ts';
import { Overtaken } from './changes.ts';
import { completeRegister } from './commands/index.ts';
import type { Corridor } from './corridor.ts';
import { execute } from './execute.ts';

const MOST_AT_ONCE = 200;

/** How many cases were looked at; 0 = the register is whole. */
export async function completeRegisters(corridor: Corridor, tenantId: number): Promise<number> {
  const found = await corridor.db.withTenant(tenantId, (trx) => casesWithUnregistered(trx, tenantId, MOST_AT_ONCE));
  for (const caseId of found) {
    try {
      await execute(corridor, tenantId, caseId, completeRegister, {
        commandId: `complete-register:${caseId}:${corridor.clock.now().toISOString()}`,
        actor: { kind: 'clock' },
        data: null,
      });
    } catch (error) {
      // Another worker was first.
      if (!(error instanceof Overtaken)) throw error;
    }
  }
  return found.length;
}
