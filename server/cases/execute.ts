// The corridor: the only way in which anything happens to a case. One command, one transaction, no input or output in between.
import type { Json } from '../engine/types.ts';
import { Problem } from '../domain/problem.ts';
import { reach } from '../platform/crash-point.ts';
import { openTasks, lockCase, type CaseRow, type TaskRow } from '../store/cases.ts';
import { earlierAnswer, rememberAnswer, requestHash, withCommandId } from '../store/commands.ts';
import { isOvertaken, type Transaction } from '../store/database.ts';
import { applicantOfCase, type PersonOfCase } from '../store/people.ts';
import { versionFiles } from '../store/situations.ts';
import { applicantFrom } from './applicant.ts';
import { Overtaken } from './changes.ts';
import type { CaseFile, Command, Corridor, Request } from './corridor.ts';
import { openDesk } from './deadlines/desk.ts';
import { carryOut } from './carry-out.ts';
import { permitRepresentative } from './permit-representative.ts';

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
    // All in one packet: what comes behind the lock sees what was committed before it was granted.
    const [row, earlier, tasks, person] = await Promise.all([
      lockCase(trx, tenantId, caseId),
      earlierAnswer(trx, tenantId, request.commandId, hash),
      openTasks(trx, tenantId, caseId),
      applicantOfCase(trx, tenantId, caseId),
    ]);
    if (!row) throw new Problem('not-found', 'case-not-found');
    await permitRepresentative(corridor, trx, tenantId, { actor: request.actor, situation: row.situation });
    const file = await fileOf(corridor, trx, tenantId, { row, tasks, person });
    if (earlier) return { result: earlier.result, repeated: true };
    const extra = (await command.gather?.(trx, file, request.data)) as Extra;
    const acceptance = command.accept(file, request, extra);
    await carryOut(trx, file, command.name, request.actor, acceptance);
    const record = { id: request.commandId, name: command.name, caseId, requestHash: hash, at: file.now };
    rememberAnswer(trx, tenantId, record, acceptance.result);
    reach(`before-commit:${command.name}`);
    return { result: acceptance.result, repeated: false };
  });
  const executed = await withCommandId(transaction).catch((error: unknown) => {
    throw isOvertaken(error) ? new Overtaken(error.message) : error;
  });
  reach(`after-commit:${command.name}`);
  corridor.poke();
  return executed;
}

/** The case file as a command finds it, under the case's lock. */
export async function openFile(corridor: Corridor, trx: Transaction, tenantId: number, row: CaseRow): Promise<CaseFile> {
  const [tasks, person] = await Promise.all([openTasks(trx, tenantId, row.id), applicantOfCase(trx, tenantId, row.id)]);
  return fileOf(corridor, trx, tenantId, { row, tasks, person });
}

/** What is read of a case under its lock. */
export interface Loaded {
  readonly row: CaseRow;
  readonly tasks: readonly TaskRow[];
  readonly person: PersonOfCase | undefined;
}

export async function fileOf(corridor: Corridor, trx: Transaction, tenantId: number, { row, tasks, person }: Loaded): Promise<CaseFile> {
  const situation = await corridor.shelf.get(row.versionId, () => versionFiles(trx, tenantId, row.versionId));
  const applicant = person ? applicantFrom(person, row.contactEmail) : null;
  const deadlines = await openDesk(trx, tenantId, row.id, situation);
  return { tenantId, row, situation, applicant, tasks, deadlines, town: corridor.town(tenantId), now: corridor.clock.now().toISOString() };
}
