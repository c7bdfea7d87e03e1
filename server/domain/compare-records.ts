// One file of ours beside what the records service says of it: what differs. Pure; no wording, no remedy beyond what can be sent again.

export interface OurDocument {
  readonly documentId: string;
  readonly direction: 'in' | 'out';
  readonly number: string | null;
  readonly settledAt: string | null;
  readonly dispatchedAt: string | null;
  readonly deliveredAt: string | null;
  /** The service itself told us of the delivery. */
  readonly isToldByThem: boolean;
}
export interface OurFile {
  readonly state: 'open' | 'settled' | 'closed';
  /** The mark that the service gave. */
  readonly mark: string | null;
  readonly documents: readonly OurDocument[];
}
export interface TheirDocument {
  readonly number: string;
  readonly isSettled: boolean;
  /** It stands in this file. */
  readonly isInFile: boolean;
  /** Our PDF is tied to it. */
  readonly hasFile: boolean;
  readonly isDispatched: boolean;
  readonly isDelivered: boolean;
}
export interface TheirFile {
  readonly state: 'open' | 'settled' | 'closed';
  readonly mark: string;
  /** Identifiers of documents in it that are none of ours. */
  readonly others: readonly string[];
}

export const DIFFERENCES = [
  'file-missing',
  'file-mark',
  'file-open',
  'file-closed',
  'document-missing',
  'document-number',
  'document-elsewhere',
  'document-open',
  'document-without-file',
  'dispatch-missing',
  'delivery-missing',
  'delivery-unknown',
  'document-extra',
] as const;
export type DifferenceKind = (typeof DIFFERENCES)[number];

/** What we can tell the service once more; the rest is for a person. */
export const SENDABLE: ReadonlySet<DifferenceKind> = new Set([
  'file-open',
  'file-closed',
  'document-elsewhere',
  'document-open',
  'document-without-file',
  'dispatch-missing',
  'delivery-missing',
]);

export interface Difference {
  readonly kind: DifferenceKind;
  /** Our id of the document; null = the file, or a document that is not ours. */
  readonly documentId: string | null;
  /** What it is about within the file. */
  readonly subject: string;
  readonly ours: string;
  readonly theirs: string;
}

export function compareFile(
  ours: OurFile,
  theirs: TheirFile | undefined,
  document: (documentId: string) => TheirDocument | undefined,
): readonly Difference[] {
  if (!theirs) return [ofFile('file-missing', ours.mark ?? '', '')];
  return [
    ...stateOf(ours, theirs),
    ...ours.documents.flatMap((one) => ofDocument(one, document(one.documentId))),
    ...theirs.others.map((id): Difference => ({ kind: 'document-extra', documentId: null, subject: id, ours: '', theirs: id })),
  ];
}

const ofFile = (kind: DifferenceKind, ours: string, theirs: string): Difference => ({ kind, documentId: null, subject: '', ours, theirs });

function stateOf(ours: OurFile, theirs: TheirFile): readonly Difference[] {
  const found: Difference[] = [];
  if (ours.mark !== null && ours.mark !== theirs.mark) found.push(ofFile('file-mark', ours.mark, theirs.mark));
  if (ours.state === 'closed' && theirs.state !== 'closed') found.push(ofFile('file-open', ours.state, theirs.state));
  if (ours.state !== 'closed' && theirs.state === 'closed') found.push(ofFile('file-closed', ours.state, theirs.state));
  return found;
}

function ofDocument(ours: OurDocument, theirs: TheirDocument | undefined): readonly Difference[] {
  const differs = (kind: DifferenceKind, our = '', their = ''): Difference => ({
    kind,
    documentId: ours.documentId,
    subject: ours.documentId,
    ours: our,
    theirs: their,
  });
  if (!theirs) return [differs('document-missing', ours.number ?? '')];
  const found: Difference[] = [];
  if (ours.number !== theirs.number) found.push(differs('document-number', ours.number ?? '', theirs.number));
  if (!theirs.isInFile) found.push(differs('document-elsewhere'));
  if (ours.settledAt !== null && !theirs.isSettled) found.push(differs('document-open'));
  if (ours.direction === 'out' && !theirs.hasFile) found.push(differs('document-without-file'));
  if (ours.dispatchedAt !== null && !theirs.isDispatched) found.push(differs('dispatch-missing', ours.dispatchedAt));
  const isKnown = ours.deliveredAt !== null;
  if (isKnown && theirs.isDispatched && !theirs.isDelivered && !ours.isToldByThem)
    found.push(differs('delivery-missing', ours.deliveredAt ?? ''));
  if (!isKnown && theirs.isDelivered) found.push(differs('delivery-unknown'));
  return found;
}
