// Issues a document of the office from a template of the life situation: number, title and text as data; the PDF is made from it later, once.
import { randomUUID } from 'node:crypto';
import { renderText } from '../../catalog/index.ts';
import { dayOf } from '../../domain/calendar.ts';
import { pendingNumber } from '../../domain/pending-number.ts';
import { fullName } from '../../domain/representation.ts';
import type { Variables } from '../../engine/types.ts';
import type { DocumentRow } from '../../store/documents.ts';
import { constantsFor } from '../constants.ts';
import type { Act } from './act.ts';
import { ownNumber } from '../records/own-number.ts';
import { serviceOfCase } from '../records/service-of-case.ts';

export const issueDocument: Act = async (wait, scene, current) => {
  const { file } = scene;
  const template = text(wait.input, 'template');
  const id = randomUUID();
  // An eSSL gives the number later: until then the text carries words in its place, and what must bear the number waits for it.
  const number = (await serviceOfCase(scene.trx, file)) === 'essl' ? null : await ownNumber(scene.trx, file);
  const shown = number ?? pendingNumber(id);
  const facts = { ...file.row, documentNumber: scene.documentNumber };
  const context = {
    ...current.variables,
    ...wait.locals,
    ...constantsFor(facts, file.applicant, file.town, file.now),
    dokument: { number: shown, date: dayOf(file.now) },
    vstup: wait.input,
  };
  const rendered = renderText(file.situation, template, 'cs', context);
  const document: DocumentRow = {
    id,
    caseId: file.row.id,
    kind: 'letter',
    title: text(wait.input, 'title', rendered.subject),
    number,
    direction: 'out',
    fileId: null,
    createdAt: file.now,
    content: {
      form: 'letter',
      subject: rendered.subject,
      blocks: rendered.blocks as never,
      recipient: recipientOf(scene.file.applicant),
      issuedAt: file.now,
      mark: file.row.mark,
    },
  };
  scene.documents.push(document);
  scene.changes.push({ kind: 'add-documents', documents: [document] });
  scene.changes.push({ kind: 'keep-record', news: { what: 'register', documentId: id, number } });
  return { done: { documentId: id, documentNumber: shown } };
};

function recipientOf(
  applicant: {
    readonly givenName: string;
    readonly familyName: string;
    readonly address: string | null;
    readonly dataBox: string | null;
  } | null,
): { name: string; address: string | null; dataBox: string | null } {
  if (!applicant) return { name: '', address: null, dataBox: null };
  return { name: fullName(applicant), address: applicant.address, dataBox: applicant.dataBox };
}

function text(input: Variables, name: string, otherwise = ''): string {
  const value = input[name];
  return typeof value === 'string' && value !== '' ? value : otherwise;
}
