// From news of a case to acts of an eSSL, in the order in which it must hear of them. Pure.
import type { DocumentRow } from '../../store/documents.ts';
import type { Json } from '../../store/json.ts';
import type { RecordsDocument } from '../../store/records.ts';
import type { NewAct } from '../../store/records-acts.ts';
import type { CaseFile } from '../corridor.ts';

/** A registration as the records need it. */
export interface Registration {
  readonly document: DocumentRow;
  readonly number: string | null;
  /** Enclosures that came with it. */
  readonly parts: readonly string[];
}

/** Who sent a received document, or whom an own one goes to. */
export function correspondentOf(file: CaseFile, document: DocumentRow): string {
  const { applicant } = file;
  const box = (document.content as { readonly senderBox?: unknown } | null)?.senderBox;
  if (typeof box === 'string' && box !== applicant?.dataBox) return `datová schránka ${box}`;
  return applicant ? `${applicant.givenName} ${applicant.familyName}` : '';
}

export function wayOf(document: DocumentRow): string {
  if (document.direction === 'out') return 'office';
  const form = (document.content as { readonly form?: unknown } | null)?.form;
  return form === 'message' ? 'data-box' : form === 'email' ? 'email' : 'portal';
}

function party(file: CaseFile, document: DocumentRow): Json | undefined {
  const { applicant } = file;
  const box = (document.content as { readonly senderBox?: unknown } | null)?.senderBox;
  if (typeof box === 'string' && box !== applicant?.dataBox)
    return { kind: 'person', name: `Schránka ${box}`, ...(/^[a-z0-9]{7}$/.test(box) ? { dataBox: box } : {}) };
  if (!applicant) return undefined;
  const { familyName: name, givenName, dataBox, email } = applicant;
  return { kind: 'person', name, givenName, ...(dataBox ? { dataBox } : {}), ...(email ? { email } : {}) };
}

/** The first document opens the file; the others are registered into it. An own document gets its number first and its PDF, which bears it, then. */
export function registerActs(file: CaseFile, one: Registration, isFirst: boolean): readonly NewAct[] {
  const { document, parts } = one;
  const isOwn = document.direction === 'out';
  const sender = isOwn ? undefined : party(file, document);
  const input = {
    id: document.id,
    kind: isOwn ? 'own' : 'received',
    title: document.title,
    createdAt: document.createdAt,
    way: isOwn ? 'portal' : wayOf(document),
    ...(sender === undefined ? {} : { sender }),
    ...(isFirst ? {} : { fileId: file.row.id }),
    documents: isOwn ? [] : [document.id, ...parts],
    ...(document.kind === 'submission' ? { isSubmission: true } : {}),
  };
  const register: NewAct = { kind: 'register', documentId: document.id, input };
  const open: NewAct = {
    kind: 'open-file',
    documentId: document.id,
    input: { id: file.row.id, title: file.situation.sheet.title.cs, createdAt: file.now, firstDocument: document.id },
  };
  const attach: NewAct = { kind: 'attach', documentId: document.id, input: { documentId: document.id, documents: [document.id] } };
  return [register, ...(isFirst ? [open] : []), ...(isOwn ? [attach] : [])];
}

export function dispatchAct(
  file: CaseFile,
  sent: { readonly documentId: string; readonly by: string; readonly reference: string | null },
): NewAct {
  const { applicant } = file;
  const recipient = applicant
    ? {
        kind: 'person',
        name: applicant.familyName,
        givenName: applicant.givenName,
        ...(applicant.dataBox ? { dataBox: applicant.dataBox } : {}),
        ...(applicant.email ? { email: applicant.email } : {}),
      }
    : undefined;
  const input = { documentId: sent.documentId, by: sent.by, at: file.now, reference: sent.reference, ...(recipient ? { recipient } : {}) };
  return { kind: 'dispatch', documentId: sent.documentId, input };
}

export const deliveredAct = (documentId: string, at: string, how: string): NewAct => ({
  kind: 'delivered',
  documentId,
  input: { documentId, at, how },
});

/** Every document is settled, then the file, and then it is closed (§ 65 zákona č. 499/2004 Sb.). */
export function closingActs(file: CaseFile, documents: readonly Pick<RecordsDocument, 'documentId'>[]): readonly NewAct[] {
  const change = { fileId: file.row.id, at: file.now };
  return [
    ...documents.map(({ documentId }) => ({
      kind: 'settle-document' as const,
      documentId,
      input: { documentId, at: file.now },
    })),
    { kind: 'settle-file', documentId: null, input: change },
    { kind: 'close-file', documentId: null, input: change },
  ];
}

/** The number of the submission is the number of the case. */
export const isOfSubmission = ({ kind, input }: Pick<NewAct, 'kind' | 'input'>): boolean =>
  kind === 'register' && (input as { readonly isSubmission?: boolean }).isSubmission === true;

export const reopenAct = (file: CaseFile): NewAct => ({
  kind: 'reopen-file',
  documentId: null,
  input: { fileId: file.row.id, at: file.now, reason: 'Přišel další dokument' },
});
