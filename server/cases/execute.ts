// The corridor: the only way in which anything happens to a case. One command, one transaction, no input or output in between.
import type { Json } from '../engine/types.ts';
import { Problem } from '../domain/problem.ts';
import { reach } from '../platform/crash-point.ts';
import { openTasks, lockCase, type CaseRow } from '../store/cases.ts';
import { earlierAnswer, rememberAnswer, requestHash, withCommandId } from '../store/commands.ts';
import type { Transaction } from '../store/database.ts';
import { versionFiles } from '../store/situations.ts';
import { applicantOf } from './applicant.ts';
import type { CaseFile, Command, Corridor, Request } from './corridor.ts';
import { openDesk } from './deadlines/desk.ts';
import { carryOut } from './carry-out.ts';

export interface Executed {
  readonly result: Json;
  readonly repeated: boolean;
}

/**
 * 1 locks the case and looks whether the command was answered before · 2 loads the case file · 3-8 see carry-out.ts.
 * Throws Problem for refusals (nothing is written then) and Overtaken when another worker did the same thing first.
 */
export async function execute<Data, Extra>(
  corridor: Corridor,
  tenantId: number,
  caseId: string,
  command: Command<Data, Extra>,
  request: Request<Data>,
): Promise<Executed> {
  const hash = requestHash(command.name, [caseId, 'id' in request.actor ? request.actor.id : null, request.data as unknown as Json]);
  const transaction = corridor.db.withTenant(tenantId, async (trx) => {
    const row = await lockCase(trx, tenantId, caseId);
    if (!row) throw new Problem('not-found', 'case-not-found');
    const [earlier, file] = await Promise.all([
      earlierAnswer(trx, tenantId, request.commandId, hash),
      openFile(corridor, trx, tenantId, row),
    ]);
    if (earlier) return { result: earlier.result, repeated: true };
    const extra = (await command.gather?.(trx, file, request.data)) as Extra;
    const acceptance = command.accept(file, request, extra);
    await carryOut(trx, file, command.name, request.actor, acceptance);
    const record = { id: request.commandId, name: command.name, caseId, requestHash: hash, at: file.now };
    rememberAnswer(trx, tenantId, record, acceptance.result);
    reach(`before-commit:${command.name}`);
    return { result: acceptance.result, repeated: false };
  });
  const executed = await withCommandId(transaction);
  reach(`after-commit:${command.name}`);
  corridor.poke();
  return executed;
}

/** The case file as a command finds it, under the case's lock. */
export async function openFile(corridor: Corridor, trx: Transaction, tenantId: number, row: CaseRow): Promise<CaseFile> {
  const [situation, applicant, tasks] = await Promise.all([
    corridor.shelf.get(row.versionId, () => versionFiles(trx, tenantId, row.versionId)),
    row.applicantId === null ? null : applicantOf(trx, tenantId, row.applicantId, row.contactEmail),
    openTasks(trx, tenantId, row.id),
  ]);
  const deadlines = await openDesk(trx, tenantId, row.id, situation);
  return { tenantId, row, situation, applicant, tasks, deadlines, town: corridor.town(tenantId), now: corridor.clock.now().toISOString() };
}
