// Registers the submission in the records: číslo jednací of the town's series for the year of the arrival (§ 64 zákona č. 499/2004 Sb.).
import { dayOf } from '../../domain/calendar.ts';
import type { Transaction } from '../../store/database.ts';
import { documentsOf, nextNumber } from '../../store/documents.ts';
import type { CaseFile } from '../corridor.ts';
import type { Act, ActScene } from './act.ts';

/** Registering twice gives the first number again. */
export const registerSubmission: Act = async (_wait, scene) => {
  const { file, trx } = scene;
  if (scene.documentNumber !== null) return { done: { documentNumber: scene.documentNumber, registeredAt: file.now } };
  const number = await documentNumber(scene);
  const submission = (await documentsOf(trx, file.tenantId, file.row.id)).find(
    (document) => document.kind === 'submission' && document.number === null,
  );
  if (submission) scene.changes.push({ kind: 'number-document', documentId: submission.id, number });
  scene.documentNumber = number;
  return { done: { documentNumber: number, registeredAt: file.now } };
};

/** `MULO/123/2026`: gap-free within the series and year. */
export const documentNumber = ({ trx, file }: ActScene): Promise<string> => documentNumberFor(trx, file);

/** Číslo jednací for a document that comes into the case now. */
export async function documentNumberFor(trx: Transaction, file: CaseFile): Promise<string> {
  const { sheet } = file.situation;
  const year = Number(dayOf(file.now).slice(0, 4));
  return `${sheet.numberSeries}/${await nextNumber(trx, file.tenantId, `cj:${sheet.numberSeries}`, year)}/${year}`;
}
