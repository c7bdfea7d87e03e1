// What an officer does with the records: decides about what the eSSL has refused, and takes note of its news.
import { permitOfficer, permitRecords, type Actor } from '../domain/permission.ts';
import { Problem } from '../domain/problem.ts';
import { seeRecordsEvent } from '../store/records-events.ts';
import { askChecks, filesToCheck, seeDifference, standingDifference } from '../store/records-checks.ts';
import { decideRecord, resendRecord, type DecisionData } from './commands/index.ts';
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

/** Files of one comparison at most: each is several questions to the eSSL. */
const MOST_FILES = 2_000;

/** Files that will be compared with the eSSL, one by one. Refuses `comparison-empty` and `comparison-too-long`. */
export function askComparison(
  corridor: Corridor,
  tenantId: number,
  { actor, asked }: { readonly actor: Actor; readonly asked: Parameters<typeof filesToCheck>[2] },
): Promise<number> {
  permitRecords(actor);
  return corridor.db.withTenant(tenantId, async (trx) => {
    const files = await filesToCheck(trx, tenantId, asked);
    if (files.length === 0) throw new Problem('not-found', 'comparison-empty');
    if (files.length > MOST_FILES) throw new Problem('invalid', 'comparison-too-long', { limit: MOST_FILES });
    await askChecks(trx, tenantId, files, { officerId: actor.id, at: corridor.clock.now().toISOString() });
    return files.length;
  });
}

/** Refuses `difference-gone` and what `resendRecord` refuses. */
export async function sendDifference(
  corridor: Corridor,
  tenantId: number,
  { actor, commandId, id }: { readonly actor: Actor; readonly commandId: string; readonly id: string },
): Promise<void> {
  permitRecords(actor);
  const difference = await corridor.db.withTenant(tenantId, (trx) => standingDifference(trx, tenantId, id));
  if (!difference) throw new Problem('conflict', 'difference-gone');
  await execute(corridor, tenantId, difference.caseId, resendRecord, { commandId, actor, data: { differenceId: id } });
}

/** Refuses `difference-gone`. */
export async function noteDifference(
  corridor: Corridor,
  tenantId: number,
  { actor, id, reason }: { readonly actor: Actor; readonly id: string; readonly reason: string },
): Promise<void> {
  permitRecords(actor);
  const seen = { officerId: actor.id, at: corridor.clock.now().toISOString(), reason };
  if (!(await corridor.db.withTenant(tenantId, (trx) => seeDifference(trx, tenantId, id, seen))))
    throw new Problem('conflict', 'difference-gone');
}
