// Our register beside the ledger of the eSSL. Base path /urad/api/records/comparison; only for who keeps the records.
// POST {from, to} | {mark} → {files}; POST /differences/:id/send {commandId} → 204; POST /differences/:id/seen {reason} → 204.
// Codes: comparison-empty, comparison-too-long, difference-gone, difference-not-sendable, difference-sent.

export type DifferenceKind =
  | 'file-missing'
  | 'file-mark'
  | 'file-open'
  | 'file-closed'
  | 'document-missing'
  | 'document-number'
  | 'document-elsewhere'
  | 'document-open'
  | 'document-without-file'
  | 'dispatch-missing'
  | 'delivery-missing'
  | 'delivery-unknown'
  | 'document-extra';

export interface DifferenceCard {
  readonly id: string;
  readonly kind: DifferenceKind;
  readonly caseId: string;
  readonly mark: string;
  /** Title and number of our document; null = the file itself or a document that is not ours. */
  readonly document: { readonly title: string; readonly number: string | null } | null;
  readonly ours: string;
  readonly theirs: string;
  readonly foundAt: string;
  /** It was told to the eSSL once more and will be compared again. */
  readonly sentAt: string | null;
  /** It can be told once more. */
  readonly canSend: boolean;
}
/** GET */
export interface RecordsComparison {
  /** When files were last asked about; null = never. */
  readonly askedAt: string | null;
  /** Files of that asking. */
  readonly files: number;
  readonly waiting: number;
  readonly same: number;
  readonly differing: number;
  /** The eSSL is still to be told something of them. */
  readonly pending: number;
  readonly unanswered: number;
  /** Why it did not answer, in words. */
  readonly note: string | null;
  readonly ourDocuments: number;
  readonly theirDocuments: number;
  /** All that stands, also from earlier askings. */
  readonly differences: readonly DifferenceCard[];
  /** Noted as seen and left as they are. */
  readonly seen: number;
}
