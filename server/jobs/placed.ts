// Where a data message belongs, as data. Types only.
import type { FilingData, LetterDelivery } from '../cases/commands/index.ts';
import type { DocumentRow } from '../store/documents.ts';
import type { Json } from '../store/json.ts';

export type ReceiveData = {
  readonly inboxId: string;
  readonly message: string;
  readonly payload: Json;
  /** The very wait that is meant. */
  readonly executionId?: string;
  readonly documents: readonly DocumentRow[];
};

export type PlacedDataMessage =
  /** The process waits for it. */
  | { readonly kind: 'message'; readonly caseId: string; readonly data: ReceiveData }
  /** It comes into a case as a document. */
  | { readonly kind: 'filing'; readonly caseId: string; readonly data: FilingData }
  /** A letter was delivered and no process waits for it: it is written down in the case all the same. */
  | { readonly kind: 'delivery'; readonly caseId: string; readonly data: LetterDelivery }
  /** The process is not there yet, or our own record of what we sent is late. */
  | { readonly kind: 'not-yet'; readonly reason: string }
  | {
      readonly kind: 'finished';
      readonly result: 'unsorted' | 'ignored' | 'noted';
      readonly reason: string;
      /** What a data message might be about, for the person who sorts it. */
      readonly pairing?: Json;
    };
