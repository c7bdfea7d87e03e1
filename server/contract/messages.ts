// Messages from outside at the officer's desk: those that nobody placed yet, those that came into cases, those set aside.

/** `reply` | `mark` | `number` | `subject` | `their-reference` | `sender` | `officer` | `founded`; the words are in the UI's texts. */
export interface MessageSuggestion {
  readonly caseId: string;
  readonly mark: string;
  readonly service: string;
  readonly applicant: string;
  readonly rule: string;
  readonly certainty: 'certain' | 'likely' | 'possible';
}
/** GET /urad/api/messages?view=unsorted|placed|dismissed → {messages: MessageRow[]} · GET /urad/api/cases/:id/messages → {messages: MessageRow[]} that nobody has seen */
export type MessageView = 'unsorted' | 'placed' | 'dismissed';
export interface MessageRow {
  readonly id: string;
  readonly source: string;
  readonly kind: string;
  readonly receivedAt: string;
  readonly sender: string;
  readonly subject: string;
  /** How many. */
  readonly files: number;
  /** Why it was not placed, or the reason for which it was set aside. */
  readonly reason: string;
  readonly suggestions: readonly MessageSuggestion[];
  /** Where it lies. */
  readonly placed: {
    readonly caseId: string;
    readonly mark: string;
    readonly service: string;
    readonly rule: string;
    readonly certainty: string;
    /** Name of the officer who placed it; null = the rule. */
    readonly by: string | null;
    readonly isSeen: boolean;
    /** The process has not heard of it, so it may go back. */
    readonly mayTakeOut: boolean;
  } | null;
  readonly dismissedBy: string | null;
}
/** GET /urad/api/messages/:id → MessageDetail · GET /urad/api/messages/:id/files/:fileId → the file */
export interface MessageDetail extends MessageRow {
  /** Label → value, as the envelope says: data box, references, times. */
  readonly facts: readonly { readonly key: string; readonly value: string }[];
  readonly attachments: readonly {
    readonly id: string;
    readonly name: string;
    readonly mime: string;
    readonly size: number;
    readonly href: string;
    /** The beginning of a plain text. */
    readonly text: string | null;
  }[];
  /** What the verification of the signed message said; null when none was kept. */
  readonly verdict: {
    readonly isGenuine: boolean;
    /** Why not. */
    readonly text: string;
    readonly signedBy: string;
    readonly signedAt: string | null;
  } | null;
  /** The electronic signature of an e-mail; null when it has none. */
  readonly signature: {
    readonly level: 'recognised' | 'advanced' | 'broken' | 'unverifiable';
    /** A sentence. */
    readonly text: string;
    readonly signedBy: string;
    readonly issuer: string;
    /** The certificate names another address than the sender's. */
    readonly isOtherSender: boolean;
  } | null;
  /** Last day on which an e-mail without a recognised signature may be confirmed (§ 37 odst. 4 zákona č. 500/2004 Sb.); null = nothing to confirm. */
  readonly confirmBy: string | null;
  /** Situations that a data message may begin. */
  readonly situations: readonly { readonly id: string; readonly title: string }[];
  /** The person whose box it came from, when we know him. */
  readonly person: string | null;
}
/**
 * POST /urad/api/messages/:id/assign {commandId, mark} · /take-out {commandId, note} · /dismiss {commandId, note} · /bring-back {commandId} ·
 * /seen {commandId} → 204 · /found {commandId, situation} → {caseId, mark}
 */
export interface FoundedCase {
  readonly caseId: string;
  readonly mark: string;
}
