// What happens to a document or a file and belongs into the records, whatever service keeps them.

export type RecordNews =
  /** A received or an own document is registered. `number` null = the service gives it. */
  | { readonly what: 'register'; readonly documentId: string; readonly number: string | null }
  | {
      readonly what: 'dispatched';
      readonly documentId: string;
      /** `data-box`, `email`, `post`. */
      readonly by: string;
      readonly reference: string | null;
    }
  /** `documentId` null = an officer's word about the oldest letter that is on its way. */
  | { readonly what: 'delivered'; readonly documentId: string | null; readonly at: string; readonly how: string };

/** `how` of a delivery that the eSSL itself has told: it is not told back. */
export const BY_RECORDS = 'records-service';
