// A case that no citizen filed: a message or a signal of another case founds it. Its own walk through the corridor, as start.ts is; the inbox row is
// what happens once.
import { openRun } from '../engine/index.ts';
import type { Json } from '../engine/types.ts';
import { reach } from '../platform/crash-point.ts';
import { filerOf } from '../store/case-messages.ts';
import type { Transaction } from '../store/database.ts';
import { versionFiles } from '../store/situations.ts';
import { apply, drain } from './carry-out.ts';
import { constantsFor, stepContext } from './constants.ts';
import type { Acceptance, CaseFile, Corridor } from './corridor.ts';
import { newFile } from './new-case.ts';
import { write } from './write-step.ts';

export interface FoundingMessage {
  readonly inboxId: string;
  readonly name: string;
  readonly payload: Json;
  readonly from: { readonly caseId: string; readonly mark: string };
  readonly start: { readonly situation: string; readonly elementId: string; readonly versionId: string };
}

/** The applicant is the one of the throwing case. @throws Overtaken when the message founded its case before */
export async function startByMessage(corridor: Corridor, tenantId: number, message: FoundingMessage): Promise<void> {
  await corridor.db.withTenant(tenantId, async (trx) => {
    await found(corridor, trx, tenantId, message);
    reach('before-commit:start-by-message');
  });
  reach('after-commit:start-by-message');
  corridor.poke();
}

async function found(corridor: Corridor, trx: Transaction, tenantId: number, message: FoundingMessage): Promise<void> {
  const { start, from } = message;
  const now = corridor.clock.now().toISOString();
  const situation = await corridor.shelf.get(start.versionId, () => versionFiles(trx, tenantId, start.versionId));
  const file = await foundedFile(corridor, trx, tenantId, { message, situation, now });
  const acceptance: Acceptance = {
    stimulus: { kind: 'start', variables: {}, startEvent: start.elementId, payload: message.payload },
    changes: [{ kind: 'finish-message', id: message.inboxId, result: 'delivered' }],
    detail: { message: message.name, inbox: message.inboxId, foundedBy: from.caseId },
    result: null,
  };
  const context = stepContext(now, constantsFor(file.row, file.applicant, file.town, now), file.deadlines);
  const run = await openRun(situation.model, situation.decisions, undefined, context);
  if (acceptance.stimulus) apply(run, acceptance.stimulus);
  const acted = await drain(trx, file, run);
  const actor = { kind: 'outside', id: `case:${from.mark}` } as const;
  await write(trx, file, { name: 'start-by-message', actor, acceptance, before: [], result: run.result(), acted }, true);
}

async function foundedFile(
  corridor: Corridor,
  trx: Transaction,
  tenantId: number,
  { message, situation, now }: { message: FoundingMessage; situation: CaseFile['situation']; now: string },
): Promise<CaseFile> {
  const sender = await filerOf(trx, tenantId, message.from.caseId);
  const founding = {
    personId: sender?.applicantId ?? null,
    situation: message.start.situation,
    versionId: message.start.versionId,
  };
  return newFile(corridor, trx, tenantId, { draft: founding, situation, now, contactEmail: sender?.contactEmail ?? null });
}
