// A command carried out by the very same code and taken back: what would come of it. Nothing stays, not even a number that was given.
import { Problem } from '../domain/problem.ts';
import { lockCase } from '../store/cases.ts';
import { carryOut } from './carry-out.ts';
import type { Carried, Command, Corridor, Request } from './corridor.ts';
import { openFile } from './execute.ts';

/** Carries the outcome out of the transaction that it undoes. */
class TakenBack extends Error {
  readonly carried: Rehearsed;
  constructor(carried: Rehearsed) {
    super('taken back');
    this.name = 'TakenBack';
    this.carried = carried;
  }
}

export interface Rehearsed extends Carried {
  /** Revision of the case that this is true of. */
  readonly revision: number;
}

/** Refuses what the command refuses. The case is locked meanwhile, so nothing comes between. */
export async function rehearse<Data, Extra>(
  corridor: Corridor,
  tenantId: number,
  caseId: string,
  command: Command<Data, Extra>,
  request: Request<Data>,
): Promise<Rehearsed> {
  try {
    return await corridor.db.withTenant(tenantId, async (trx): Promise<never> => {
      const row = await lockCase(trx, tenantId, caseId);
      if (!row) throw new Problem('not-found', 'case-not-found');
      const file = await openFile(corridor, trx, tenantId, row);
      const extra = (await command.gather?.(trx, file, request.data)) as Extra;
      const carried = await carryOut(trx, file, command.name, request.actor, command.accept(file, request, extra));
      throw new TakenBack({ ...(carried ?? { before: [], after: [], ended: null, acts: 0 }), revision: row.revision });
    });
  } catch (error) {
    if (error instanceof TakenBack) return error.carried;
    throw error;
  }
}
