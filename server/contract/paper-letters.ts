// Letters on paper as the dispatch room sees them.

/** Obyčejně, doporučeně, doporučeně do vlastních rukou s doručenkou. */
export type PostingWay = 'ordinary' | 'registered' | 'own-hands';
export type PaperView = 'waiting' | 'printed' | 'posted' | 'returned' | 'delivered';
/** `stored` stands under the view `posted`. */
export type PaperLetterState = PaperView | 'stored';

export interface PaperLetterCard {
  readonly id: string;
  readonly caseId: string;
  readonly mark: string;
  readonly service: string;
  readonly documentId: string;
  /** Where the document itself is read. */
  readonly documentHref: string;
  readonly title: string;
  /** Číslo jednací. */
  readonly number: string | null;
  readonly addressee: string;
  /** Lines under the name; empty = we know none, and it must be written in before printing. */
  readonly address: readonly string[];
  /** Somebody wrote it in for this letter. */
  readonly isAddressTyped: boolean;
  /** Why neither data box nor e-mail took it; '' = the addressee has none. */
  readonly why: string;
  readonly state: PaperLetterState;
  /** What the diagram orders: into own hands, or only registered. */
  readonly suggestedWay: PostingWay;
  readonly createdAt: string;
  readonly printedAt: string | null;
  /** The print in which it went last. */
  readonly batchId: string | null;
  readonly postedOn: string | null;
  readonly way: PostingWay | null;
  readonly postingNumber: string | null;
  readonly storedOn: string | null;
  /** While it lies at the post office: the day on which it counts as delivered if nobody fetches it. */
  readonly fictionOn: string | null;
  readonly deliveredOn: string | null;
  readonly how: PaperDeliveryHow | null;
  readonly returnedOn: string | null;
  readonly cause: PaperReturnCause | null;
  readonly notes: readonly PaperNote[];
}
export type PaperDeliveryHow = 'delivered' | 'pickup' | 'refused' | 'fiction' | 'notice' | 'in-person';
export type PaperReturnCause = 'unknown' | 'moved' | 'bad-address' | 'not-collected' | 'other';

/** One thing that an officer wrote down. */
export interface PaperNote {
  readonly seq: number;
  readonly kind: 'addressed' | 'printed' | 'posted' | 'stored' | 'delivered' | 'returned' | 'taken-back';
  readonly on: string | null;
  readonly at: string;
  readonly by: string;
  readonly reason: string | null;
  readonly isTakenBack: boolean;
  /** The newest that counts and may be taken back. */
  readonly mayBeTakenBack: boolean;
}

/** GET /urad/api/paper-letters?stav=waiting&q= */
export interface PaperLetterList {
  readonly view: PaperView;
  readonly counts: Readonly<Record<PaperView, number>>;
  /** The oldest first; of the delivered ones the newest 200. */
  readonly letters: readonly PaperLetterCard[];
}
/** POST /urad/api/paper-letters/print {commandId, ids} */
export interface PaperPrint {
  readonly batchId: string;
  /** PDF of all letters with their address pages, and the posting sheet for the post. */
  readonly lettersHref: string;
  readonly sheetHref: string;
  /** What could not be joined into the print file and must be printed by itself. */
  readonly apart: readonly { readonly letterId: string; readonly title: string; readonly href: string }[];
}
/** POST /urad/api/paper-letters/post {commandId, on, letters: [{id, way, postingNumber}]} */
export interface PaperPosting {
  readonly posted: readonly string[];
  /** With the code of the refusal. */
  readonly refused: readonly { readonly id: string; readonly code: string }[];
}
/** POST /urad/api/paper-letters/:id/outcome {commandId, outcome} */
export type PaperOutcomeAsked =
  | { readonly what: 'stored' | 'handed' | 'refused' | 'in-person' | 'notice'; readonly on: string }
  | { readonly what: 'fiction'; readonly storedOn: string }
  | { readonly what: 'returned'; readonly on: string; readonly cause: PaperReturnCause };
