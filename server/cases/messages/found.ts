// A received data message begins a case of a life situation whose diagram waits for such a message: chosen by a clerk, or by the words of its subject
// when the situation says so. The message is the submission; its sender is the applicant, known by his box.
import { dayOf } from '../../domain/calendar.ts';
import { openRun } from '../../engine/index.ts';
import type { Actor } from '../../domain/permission.ts';
import { reach } from '../../platform/crash-point.ts';
import type { Transaction } from '../../store/database.ts';
import { versionFiles } from '../../store/situations.ts';
import { apply, drain } from '../carry-out.ts';
import { constantsFor, stepContext } from '../constants.ts';
import type { Acceptance, CaseFile, Corridor } from '../corridor.ts';
import { write } from '../write-step.ts';
import { foundingMessage, foundedFile, type FoundingMessage } from './founding-message.ts';
import { messageDocuments } from './message-documents.ts';

export interface Founded {
  readonly caseId: string;
  readonly mark: string;
}

/** Refuses `message-not-found`, `message-already-sorted` and `message-founds-nothing`. A message that has founded a case gives that case again. */
export async function foundByMessage(
  corridor: Corridor,
  tenantId: number,
  asked: { readonly inboxId: string; readonly situation: string; readonly actor: Exclude<Actor, { readonly kind: 'citizen' }> },
): Promise<Founded> {
  const founded = await corridor.db.withTenant(tenantId, async (trx) => {
    const message = await foundingMessage(trx, tenantId, asked);
    if ('founded' in message) return message.founded;
    const file = await foundedFile(corridor, trx, tenantId, message);
    await begin(corridor, trx, { file, message, actor: asked.actor });
    reach('before-commit:found-by-message');
    return { caseId: file.row.id, mark: file.row.mark };
  });
  reach('after-commit:found-by-message');
  corridor.poke();
  return founded;
}

interface Beginning {
  readonly file: CaseFile;
  readonly message: FoundingMessage;
  readonly actor: Exclude<Actor, { readonly kind: 'citizen' }>;
}

async function begin(corridor: Corridor, trx: Transaction, { file, message, actor }: Beginning): Promise<void> {
  const { row, read, files, start } = message;
  const { tenantId, now } = file;
  const situation = await corridor.shelf.get(start.versionId, () => versionFiles(trx, tenantId, start.versionId));
  const number = file.row.documentNumber;
  const documents = messageDocuments(file, { message: row, read, files, number });
  const deliveredAt = read.deliveredAt ?? now;
  const payload = {
    documentId: row.id,
    documentNumber: number,
    messageId: read.messageId,
    deliveredAt,
    deliveredOn: dayOf(deliveredAt),
    subject: read.subject,
    senderBox: read.senderBox,
    fromApplicant: true,
  };
  const pairing = { rule: 'founded', certainty: 'certain', told: 'founded', fromApplicant: true };
  const officerId = actor.kind === 'officer' ? actor.id : null;
  const acceptance: Acceptance = {
    stimulus: { kind: 'start', variables: {}, startEvent: start.elementId, payload },
    changes: [{ kind: 'place-message', placing: { id: row.id, number, pairing, officerId, reason: 'founded' } }],
    detail: { message: 'podani-datovou-schrankou', inbox: row.id, fromApplicant: true },
    result: null,
  };
  const context = stepContext(now, constantsFor(file.row, file.applicant, file.town, now), file.deadlines);
  const run = await openRun(situation.model, situation.decisions, undefined, context);
  if (acceptance.stimulus) apply(run, acceptance.stimulus);
  const acted = await drain(trx, file, run, { documents: [...documents] });
  const withDocuments = { ...acted, changes: [{ kind: 'add-documents' as const, documents }, ...acted.changes] };
  await write(trx, file, { name: 'found-by-message', actor, acceptance, before: [], result: run.result(), acted: withDocuments }, true);
}
