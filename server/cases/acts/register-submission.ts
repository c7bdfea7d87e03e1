// Registers the submission in the records (§ 64 zákona č. 499/2004 Sb.): our own service gives its číslo jednací at once, an eSSL when it has answered.
import { pendingNumber } from '../../domain/pending-number.ts';
import { newId } from '../../platform/ids.ts';
import type { Transaction } from '../../store/database.ts';
import { documentsOf, type DocumentRow } from '../../store/documents.ts';
import { ownNumber } from '../records/own-number.ts';
import { serviceOfCase } from '../records/service-of-case.ts';
import type { CaseFile } from '../corridor.ts';
import type { Act, ActScene } from './act.ts';

/** Registering twice gives the first number again. The case goes on while the number is on its way. */
export const registerSubmission: Act = async (_wait, scene) => {
  const { file, trx } = scene;
  if (scene.documentNumber !== null) return { done: { documentNumber: scene.documentNumber, registeredAt: file.now } };
  const isOutside = (await serviceOfCase(trx, file)) === 'essl';
  const document = (await submissionOf(scene)) ?? founded(scene);
  if (isOutside) {
    scene.changes.push({ kind: 'keep-record', news: { what: 'register', documentId: document.id, number: null } });
    return { done: { documentNumber: pendingNumber(document.id), registeredAt: file.now } };
  }
  const number = await ownNumber(trx, file);
  scene.changes.push({ kind: 'number-document', documentId: document.id, number });
  scene.changes.push({ kind: 'keep-record', news: { what: 'register', documentId: document.id, number } });
  scene.documentNumber = number;
  return { done: { documentNumber: number, registeredAt: file.now } };
};

async function submissionOf({ trx, file, documents }: ActScene): Promise<DocumentRow | undefined> {
  const isIt = (document: DocumentRow): boolean => document.kind === 'submission' && document.number === null;
  return documents.find(isIt) ?? (await documentsOf(trx, file.tenantId, file.row.id)).find(isIt);
}

function founded(scene: ActScene): DocumentRow {
  const document = foundingRecord(scene.file, scene.file.now);
  scene.documents.push(document);
  scene.changes.push({ kind: 'add-documents', documents: [document] });
  return document;
}

/** A case that no submission began (a message of another case did): the record of its beginning is what is registered. */
export function foundingRecord({ row, situation }: CaseFile, at: string): DocumentRow {
  return {
    id: newId(new Date(at)),
    caseId: row.id,
    kind: 'submission',
    title: situation.sheet.title.cs,
    number: null,
    direction: 'in',
    fileId: null,
    createdAt: at,
    content: { form: 'submission', mark: row.mark, filedAt: at, formId: '', values: {}, pages: [], applicant: null },
  };
}

/** Číslo jednací for a document that comes into the case now; null = an eSSL gives it later. */
export const documentNumberFor = async (trx: Transaction, file: CaseFile): Promise<string | null> =>
  (await serviceOfCase(trx, file)) === 'essl' ? null : ownNumber(trx, file);
