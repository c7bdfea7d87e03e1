// What a case that a data message founds is made of: the locked message, the start that waits for it, and its sender as the applicant.
import { Problem } from '../../domain/problem.ts';
import { newId } from '../../platform/ids.ts';
import type { Transaction } from '../../store/database.ts';
import { filesOf, type FileRow } from '../../store/documents.ts';
import { keptMessage, type KeptDataMessage } from '../../store/kept-messages.ts';
import { startableSituations } from '../../store/message-lists.ts';
import { markOfCase, personOfBox } from '../../store/pairing.ts';
import { insertPerson } from '../../store/people.ts';
import { versionFiles } from '../../store/situations.ts';
import { documentNumberFor } from '../acts/register-submission.ts';
import type { CaseFile, Corridor } from '../corridor.ts';
import { newFile } from '../new-case.ts';
import { dataMessageSchema, type ReadMessage } from './message-documents.ts';

export interface FoundingMessage {
  readonly row: KeptDataMessage;
  readonly read: ReadMessage;
  readonly files: readonly FileRow[];
  readonly start: { readonly situation: string; readonly versionId: string; readonly elementId: string };
}

export async function foundingMessage(
  trx: Transaction,
  tenantId: number,
  asked: { readonly inboxId: string; readonly situation: string },
): Promise<FoundingMessage | { readonly founded: { readonly caseId: string; readonly mark: string } }> {
  const row = await keptMessage(trx, tenantId, asked.inboxId);
  if (!row) throw new Problem('not-found', 'message-not-found');
  if (row.caseId !== null) {
    const mark = await markOfCase(trx, tenantId, row.caseId, asked.situation);
    if (mark === undefined) throw new Problem('conflict', 'message-already-sorted');
    return { founded: { caseId: row.caseId, mark } };
  }
  if (row.processedAt !== null && row.result !== 'unsorted') throw new Problem('conflict', 'message-already-sorted');
  const start = (await startableSituations(trx, tenantId)).find(({ situation }) => situation === asked.situation);
  const read = dataMessageSchema.safeParse(row.payload);
  if (!start || !read.success || row.kind !== 'data-box-message') throw new Problem('conflict', 'message-founds-nothing');
  return { row, read: read.data, files: await filesOf(trx, tenantId, 'inbox', row.id), start };
}

/** Its mark and its číslo jednací are taken here, in the transaction that writes the case. */
export async function foundedFile(corridor: Corridor, trx: Transaction, tenantId: number, message: FoundingMessage): Promise<CaseFile> {
  const { start, read } = message;
  const now = corridor.clock.now().toISOString();
  const situation = await corridor.shelf.get(start.versionId, () => versionFiles(trx, tenantId, start.versionId));
  const personId = (await personOfBox(trx, tenantId, read.senderBox)) ?? (await newSender(corridor, trx, tenantId, read));
  const draft = { personId, situation: start.situation, versionId: start.versionId };
  const file = await newFile(corridor, trx, tenantId, { draft, situation, now, contactEmail: null });
  const documentNumber = message.row.documentNumber ?? (await documentNumberFor(trx, file));
  return { ...file, row: { ...file.row, documentNumber } };
}

/** Nobody whom we know has this box: its owner is written down as ISDS names him. He proves who he is when he logs in. */
async function newSender(corridor: Corridor, trx: Transaction, tenantId: number, read: ReadMessage): Promise<string> {
  const now = corridor.clock.now();
  const words = read.senderName.trim().split(/\s+/);
  const isPerson = read['senderType'] === NATURAL_PERSON && words.length > 1;
  const id = newId(now);
  const person = {
    id,
    givenName: isPerson ? words.slice(0, -1).join(' ') : '',
    familyName: (isPerson ? words.at(-1) : read.senderName.trim()) || read.senderBox,
    birthDate: null,
    placeOfBirth: null,
    address: null,
    email: null,
    phone: null,
    dataBox: read.senderBox,
    lang: 'cs',
  };
  await insertPerson(trx, tenantId, person, now);
  return id;
}
/** dbType FO (operating rules of ISDS). */
const NATURAL_PERSON = 40;
