// Everything a command or an act may write beside the engine's state and its waits, as data; and the one place that writes it.
import type { Json } from '../engine/types.ts';
import type { Transaction } from '../store/database.ts';
import { insertAlert, type NewAlert } from '../store/deadlines.ts';
import { adoptFiles, deleteUnusedFiles, insertDocuments, numberDocument, type DocumentRow } from '../store/documents.ts';
import { markDraftSubmitted } from '../store/drafts.ts';
import { finishMessage, resolveUnsorted } from '../store/inbox.ts';
import { adoptMessageFiles, placeInCase, takeFromCase, type Placing } from '../store/kept-messages.ts';
import { writeLast } from '../store/lane.ts';
import { insertNote } from '../store/notes.ts';
import { finishPart, insertEffects, reviveEffect, type NewEffect } from '../store/outbox.ts';
import { assignTask } from '../store/waits.ts';
import { writeRecord, type RecordChange } from './records/record-change.ts';
import { writeIntervention, type InterventionChange } from './intervention-changes.ts';
import { writePaper, type PaperChange } from './paper/paper-change.ts';

export type Change =
  | { readonly kind: 'assign-task'; readonly executionId: string; readonly officerId: string | null }
  | {
      readonly kind: 'adopt-files';
      readonly ids: readonly string[];
      readonly unused: { readonly ownerKind: 'draft' | 'task'; readonly ownerId: string };
    }
  | { readonly kind: 'add-documents'; readonly documents: readonly DocumentRow[] }
  | { readonly kind: 'number-document'; readonly documentId: string; readonly number: string }
  | { readonly kind: 'submit-draft'; readonly draftId: string }
  | { readonly kind: 'add-effect'; readonly effect: NewEffect }
  | {
      readonly kind: 'finish-effect';
      readonly key: string;
      readonly lease: string;
      readonly state: 'done' | 'refused';
      readonly answer: Json;
    }
  | { readonly kind: 'revive-effect'; readonly key: string }
  | RecordChange
  | PaperChange
  | { readonly kind: 'finish-message'; readonly id: string; readonly result: string }
  | { readonly kind: 'resolve-unsorted'; readonly id: string; readonly result: string; readonly reason: string }
  | { readonly kind: 'place-message'; readonly placing: Placing }
  | { readonly kind: 'take-message-out'; readonly id: string; readonly reason: string }
  | InterventionChange
  | { readonly kind: 'add-alert'; readonly alert: NewAlert }
  | { readonly kind: 'add-note'; readonly id: string; readonly officerId: string; readonly text: string };

/** The work was done by somebody else meanwhile (a lost lease, a message processed twice): the transaction is undone, nothing is wrong. */
export class Overtaken extends Error {
  constructor(what: string) {
    super(`overtaken: ${what}`);
    this.name = 'Overtaken';
  }
}

export async function writeChanges(
  trx: Transaction,
  tenantId: number,
  caseId: string,
  changes: readonly Change[],
  at: string,
): Promise<void> {
  for (const change of changes) await writeChange(trx, tenantId, caseId, change, at);
}

async function writeChange(trx: Transaction, tenantId: number, caseId: string, change: Change, at: string): Promise<void> {
  switch (change.kind) {
    case 'assign-task':
      return assignTask(trx, tenantId, caseId, change.executionId, change.officerId);
    case 'adopt-files':
      await adoptFiles(trx, tenantId, caseId, change.ids);
      return deleteUnusedFiles(trx, tenantId, change.unused.ownerKind, change.unused.ownerId);
    case 'add-documents':
      return insertDocuments(trx, tenantId, change.documents);
    case 'number-document':
      return numberDocument(trx, tenantId, change.documentId, change.number);
    case 'submit-draft':
      return markDraftSubmitted(trx, tenantId, change.draftId, caseId);
    case 'add-effect':
      return insertEffects(trx, tenantId, [change.effect]);
    case 'finish-effect':
      return writeLast(trx, [finishPart(tenantId, change, { state: change.state, answer: change.answer, at })]);
    case 'revive-effect':
      if (!(await reviveEffect(trx, tenantId, change.key, at))) throw new Overtaken('effect no longer dead');
      return;
    case 'keep-record':
    case 'take-records-answer':
    case 'decide-record':
    case 'register-late':
    case 'resend-record':
    case 'records-event':
      return writeRecord(trx, tenantId, change, at);
    case 'paper-event':
    case 'finish-by-hand':
      return writePaper(trx, tenantId, change, at);
    case 'finish-message':
      if (!(await finishMessage(trx, tenantId, change.id, { result: change.result, caseId }, at)))
        throw new Overtaken('message processed before');
      return;
    case 'resolve-unsorted':
      if (!(await resolveUnsorted(trx, tenantId, change.id, { result: change.result, reason: change.reason, caseId })))
        throw new Overtaken('message sorted before');
      return;
    case 'place-message':
      if (!(await placeInCase(trx, tenantId, caseId, change.placing, at))) throw new Overtaken('message placed before');
      return adoptMessageFiles(trx, tenantId, caseId, change.placing.id);
    case 'take-message-out':
      if (!(await takeFromCase(trx, tenantId, caseId, change.id, change.reason))) throw new Overtaken('message taken out before');
      return;
    case 'add-alert':
      if (!(await insertAlert(trx, tenantId, caseId, change.alert, at))) throw new Overtaken('told before');
      return;
    case 'add-note':
      return insertNote(trx, tenantId, { id: change.id, caseId, officerId: change.officerId, text: change.text, at });
    default:
      if (!(await writeIntervention(trx, tenantId, caseId, change, at))) throw new Overtaken(change.kind);
  }
}
