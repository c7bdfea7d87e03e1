// What an eSSL answered to an act: its number and marks go to the document and the file, and the next act is ordered.
import type { Transaction } from '../../store/database.ts';
import type { Json } from '../../store/json.ts';
import { releaseHeld } from '../../store/outbox.ts';
import { noteOutsideFile, numberHolder, numberRecordsDocument, settleDocument, type OutsideId } from '../../store/records.ts';
import { insertActAfter, markAct, type RecordsAct } from '../../store/records-acts.ts';
import { orderNext } from './order-next.ts';

export type ActAnswer = { readonly done: Json } | { readonly refused: { readonly code: string; readonly reason: string } };

interface Answered {
  readonly number?: string;
  readonly mark?: string | null;
  readonly ids?: readonly OutsideId[];
}

/** In the transaction that ends the effect, under the case's lock. `byHand`: an officer did it there, and why; what he registered he put into its file too. */
export async function takeAnswer(
  trx: Transaction,
  tenantId: number,
  { act, answer, byHand }: { readonly act: RecordsAct; readonly answer: ActAnswer; readonly byHand?: string },
  at: string,
): Promise<void> {
  if ('refused' in answer) return markAct(trx, tenantId, act, { state: 'refused', at, reason: answer.refused.reason });
  const given = (answer.done ?? {}) as Answered;
  const taken = await numberTaken(trx, tenantId, act, given);
  if (taken) return markAct(trx, tenantId, act, { state: 'refused', at, reason: taken });
  if (act.kind === 'register') await registered(trx, tenantId, act, given, at);
  if (act.kind === 'register' && byHand === undefined) await putIntoFile(trx, tenantId, act, given, at);
  if (act.kind === 'open-file') await noteOutsideFile(trx, tenantId, act.caseId, given);
  if (act.kind === 'settle-document' && act.documentId !== null) await settleDocument(trx, tenantId, act.documentId, at);
  await markAct(trx, tenantId, act, { state: 'done', at, ...(byHand === undefined ? {} : { reason: byHand }) });
  await orderNext(trx, tenantId, act.caseId, at);
}

async function registered(trx: Transaction, tenantId: number, act: RecordsAct, given: Answered, at: string): Promise<void> {
  const { documentId, caseId } = act;
  if (documentId === null || given.number === undefined) return;
  await numberRecordsDocument(trx, tenantId, documentId, { number: given.number, ids: given.ids ?? [], at });
  await releaseHeld(trx, tenantId, caseId);
}

async function putIntoFile(trx: Transaction, tenantId: number, act: RecordsAct, given: Answered, at: string): Promise<void> {
  const { documentId, caseId } = act;
  const fileId = (act.input as { readonly fileId?: string }).fileId;
  if (fileId === undefined || documentId === null || given.number === undefined) return;
  // Registered, but not put into the file that was asked for: then it is put there by an act of its own.
  if (given.mark) await noteOutsideFile(trx, tenantId, caseId, { mark: given.mark });
  else await insertActAfter(trx, tenantId, act, { kind: 'add', documentId, input: { fileId, documentId } }, at);
}

/** A number that another document of the town has: a person must look at it. */
async function numberTaken(trx: Transaction, tenantId: number, act: RecordsAct, { number }: Answered): Promise<string | undefined> {
  return number !== undefined && (await isTaken(trx, tenantId, act, number))
    ? `Spisová služba přidělila číslo jednací ${number}, které už má jiný dokument.`
    : undefined;
}

/** Another document of the town has this number already. */
export async function isTaken(trx: Transaction, tenantId: number, act: RecordsAct, number: string): Promise<boolean> {
  if (act.kind !== 'register' || act.documentId === null) return false;
  const holder = await numberHolder(trx, tenantId, number);
  return holder !== undefined && holder !== act.documentId;
}
