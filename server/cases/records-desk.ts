// What an officer does with the records: decides about what the eSSL has refused, and takes note of its news.
import { permitOfficer, type Actor } from '../domain/permission.ts';
import { Problem } from '../domain/problem.ts';
import { seeRecordsEvent } from '../store/records-events.ts';
import { decideRecord, type DecisionData } from './commands/index.ts';
import type { Corridor } from './corridor.ts';
import { execute } from './execute.ts';

export async function decideRecordsAct(
  corridor: Corridor,
  tenantId: number,
  asked: { readonly commandId: string; readonly actor: Actor; readonly caseId: string; readonly data: DecisionData },
): Promise<void> {
  const { commandId, actor, data } = asked;
  await execute(corridor, tenantId, asked.caseId, decideRecord, { commandId, actor, data });
}

/** Refuses `records-news-seen`. */
export async function seeRecordsNews(corridor: Corridor, tenantId: number, { actor, id }: { actor: Actor; id: string }): Promise<void> {
  permitOfficer(actor);
  const seen = { officerId: actor.id, at: corridor.clock.now().toISOString() };
  if (!(await corridor.db.withTenant(tenantId, (trx) => seeRecordsEvent(trx, tenantId, id, seen))))
    throw new Problem('conflict', 'records-news-seen');
}
