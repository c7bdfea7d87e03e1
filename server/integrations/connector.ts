// What a connector is: the only shape in which the outside world is known to jobs and http. Types only.
import type { z } from 'zod';

/** Stable key of an effect: the same for every try, so that the other side can be asked whether it was done. At most 50 characters. */
export type EffectKey = string;

export interface Connector {
  /** Folder name and prefix of its effects: `isds` has `isds.send`. */
  readonly name: string;
  readonly effects: Readonly<Record<string, Effect>>;
  readonly inbox?: Inbox;
  readonly door?: Door;
  /** A payment gateway has this face, and effects `<name>.create` and `<name>.refund` of the shapes in gateway-effects.ts. */
  readonly gateway?: Gateway;
  /** A directory of officers has this face: who works here is taken over from it. */
  readonly directory?: OfficerDirectory;
  /** An identity provider of officers has this face when it can be asked whether somebody who logged in still works here. */
  readonly officerSessions?: OfficerSessions;
  /** An identity provider whose signing keys change has this face: what it publishes about them is read again and again and kept. */
  readonly metadata?: PublishedMetadata;
  /** A records service has this face when it can be asked what it has of ours. */
  readonly ledger?: RecordsLedger;
  /** A file that a person brings instead of the channel, e.g. a bank statement: the message that the channel would have given. */
  upload?(file: { readonly name: string; readonly content: Uint8Array }): InboxMessage;
  /** Configuration and reachability; changes nothing. */
  check(): Promise<CheckResult>;
}

/** What a records service has of ours, by our own ids; undefined = it does not know it. Throws OutsideFailure when it does not answer. */
export interface RecordsLedger {
  file(fileId: string): Promise<LedgerFile | undefined>;
  document(documentId: string): Promise<LedgerDocument | undefined>;
}
export interface LedgerFile {
  readonly mark: string;
  readonly state: 'open' | 'settled' | 'closed';
  /** `own` null = a document that we did not give; `theirs` = the first identifier of it. */
  readonly documents: readonly { readonly own: string | null; readonly theirs: string }[];
}
export interface LedgerDocument {
  readonly number: string;
  readonly isSettled: boolean;
  /** Our ids of the files that it stands in. */
  readonly files: readonly string[];
  readonly hasFile: boolean;
  readonly isDispatched: boolean;
  readonly isDelivered: boolean;
}

export type CheckResult = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly text: string };

/** `refused` is a business no (a BPMN error); anything thrown is a failure and is tried again. */
export type Answer<Output> = { readonly done: Output } | { readonly refused: { readonly code: string; readonly reason: string } };

export interface Effect<Input = unknown, Output = unknown> {
  readonly input: z.ZodType<Input>;
  readonly output: z.ZodType<Output>;
  /** Asked before every try but the first: did the other side do it already? Absent = the other side cannot be asked (mail). */
  find?(key: EffectKey, input: Input): Promise<Output | undefined>;
  perform(key: EffectKey, input: Input, files: readonly OutgoingFile[]): Promise<Answer<Output>>;
  /** Milliseconds after which the client gives up; the lease is longer than this. Default 20 000. */
  readonly timeoutMs?: number;
  /** People of the office carry it out: it is put before them and `perform` is never called; a command of theirs ends it. */
  readonly byHand?: true;
  /** How often it is tried before a person is asked; default 12, which is about three quarters of an hour. */
  readonly attempts?: number;
}

/** Files are resolved from the document ids in the effect's input (`documents: uuid[]`) by the job, before `perform`. */
export interface OutgoingFile {
  readonly name: string;
  readonly mime: string;
  readonly content: Uint8Array;
}

/** A door at which the other side itself calls in its own protocol: events that it brings, documents that it asks for. */
export interface Door {
  /** Hostile calls get an answer too; throws only what the town's own side throws. */
  serve(call: DoorCall, town: DoorTown): Promise<DoorReply>;
  /** Nobody else's body is read: asked before it. */
  admits(call: Pick<DoorCall, 'authorization' | 'certificate'>): boolean;
  /** Longest body, bytes. */
  readonly maxBytes: number;
}
export interface DoorCall {
  /** The header Authorization. */
  readonly authorization: string;
  /** SHA-256 of the client's certificate as the proxy before us has told it, '' without one. */
  readonly certificate: (header: string) => string;
  readonly body: Uint8Array;
}
export interface DoorReply {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  /** For the log: what was wrong, codes only. */
  readonly refused?: string;
}
/** What the town gives to a door. */
export interface DoorTown {
  /** `taken` once; `repeated` = it was taken before; a number = this one is expected first; `changed` = another batch came under this number. */
  takeBatch(batch: IncomingBatch): Promise<'taken' | 'repeated' | 'changed' | number>;
  lastBatch(source: string, target: string): Promise<number | undefined>;
  document(id: string): Promise<DoorDocument | undefined>;
  file(documentId: string): Promise<OutgoingFile | undefined>;
}
export interface IncomingBatch {
  readonly source: string;
  readonly target: string;
  readonly number: number;
  readonly digest: string;
  readonly messages: readonly InboxMessage[];
}
/** A registered document of ours. */
export interface DoorDocument {
  readonly id: string;
  readonly title: string;
  readonly createdAt: string;
  readonly number: string | null;
  /** Id and mark of the file it stands in. */
  readonly fileId: string;
  readonly mark: string;
  readonly isSettled: boolean;
  /** Ids of the documents whose files belong to it, itself first. */
  readonly parts: readonly string[];
}

/** Polled inbound messages. Each is stored under (source, id) once, then told to the town; `acknowledge` only after commit. */
export interface Inbox {
  /** Milliseconds between polls. */
  readonly everyMs: number;
  /** `cursor` is what the last call returned, undefined at first. Overlaps are allowed: ids make them harmless. */
  poll(cursor: string | undefined): Promise<{ readonly messages: readonly InboxMessage[]; readonly cursor: string }>;
}

export interface InboxMessage {
  /** Unique within the connector, stable over polls. */
  readonly id: string;
  /** `data-box-message` | `data-box-state` | `bank-statement` | `card-payment` … ; the payload's shape follows from it. */
  readonly kind: string;
  readonly payload: unknown;
  readonly files?: readonly OutgoingFile[];
  /** Why it could not be read as its kind should be; it is kept whole all the same. A code for the log. */
  readonly trouble?: string;
}

export interface OfficerDirectory {
  /** All officers of the mapped groups who may work now: whole, or it throws. */
  people(): Promise<readonly ListedOfficer[]>;
  /** More leavers at once than this share of officers are not believed (0 to 1). */
  readonly maxLeaversShare: number;
}

export interface ListedOfficer {
  /** Key that never changes. */
  readonly subject: string;
  readonly name: string;
  /** '' when the directory knows none. */
  readonly email: string;
  /** Our groups, after mapping; at least one. */
  readonly groups: readonly string[];
}

export interface OfficerSessions {
  /** By the token that came with the login. Throws `OutsideFailure` when the provider cannot be asked now. */
  stillThere(refreshToken: string): Promise<StillThere>;
}

/** `gone`: his account or all his groups ended. The token is used up by each question; the new one takes its place. */
export type StillThere = { readonly gone: true } | { readonly groups: readonly string[]; readonly refreshToken: string };

export interface PublishedMetadata {
  /** Address; the key under which they are kept. */
  readonly source: string;
  /** Reads them and verifies their signature and their end. Throws `OutsideFailure`. */
  read(): Promise<ReadMetadata>;
}
export interface ReadMetadata {
  /** As it came. */
  readonly xml: string;
  /** SHA-256 (hex) of the document. */
  readonly digest: string;
  readonly validUntil: Date | null;
  /** Real time. */
  readonly readAt: Date;
  /** Milliseconds until they are to be read again. */
  readonly nextMs: number;
}
/** What was read before, for whoever verifies with it: nothing is believed because it was kept. */
export interface MetadataShelf {
  kept(source: string): Promise<KeptMetadata>;
}
export interface KeptMetadata {
  readonly document?: { readonly xml: string; readonly readAt: Date } | undefined;
  /** Since when they cannot be read; null = they can, or nobody has tried. */
  readonly failingSince: Date | null;
  /** Why; '' when they can. */
  readonly code: string;
}

/** How a payment at a gateway stands, in words that all gateways share. `unknown` = a state we have no word for: a person looks at it. */
export type GatewayState = 'open' | 'authorized' | 'paid' | 'part-refunded' | 'refunded' | 'cancelled' | 'expired' | 'unknown';

export interface Gateway {
  /** Which payment a notification is about; undefined when it is not the gateway's. Nothing else of it is believed: it is not signed and may come late, doubled or never. */
  heard(notification: GatewayNotification): string | undefined;
  /** The truth about a payment; undefined when the gateway knows no such payment. */
  read(paymentId: string): Promise<GatewayPayment | undefined>;
  /** How an accepted refund ended; absent where a gateway does refunds at once. */
  readRefund?(paymentId: string, refundId: string): Promise<'finished' | 'accepted' | 'failed' | undefined>;
  /** Bulk transfers to the town's account that were sent on a day (YYYY-MM-DD). */
  transfers?(day: string): Promise<readonly GatewayTransfer[]>;
}

export interface GatewayNotification {
  readonly query: Readonly<Record<string, string>>;
  readonly form: Readonly<Record<string, string>>;
}

export interface GatewayPayment {
  readonly id: string;
  /** Key of the effect that founded it. */
  readonly orderNumber: string;
  readonly state: GatewayState;
  /** The gateway's own words, for people only. */
  readonly remoteState: string;
  /** Whole haléře. */
  readonly amount: number;
  readonly currency: string;
  /** How the payer paid, in the gateway's word; '' until he chose. */
  readonly method: string;
}

/** One credit on the town's account for many payments (vypořádání). Whole haléře. */
export interface GatewayTransfer {
  readonly id: string;
  readonly day: string;
  /** What came to the town's account: the payments less refunds and fees. */
  readonly amount: number;
  readonly fee: number;
  readonly variableSymbol: string;
  readonly items: readonly { readonly paymentId: string; readonly orderNumber: string; readonly amount: number; readonly fee: number }[];
}

/** Thrown by clients: the outside is unreachable or broken now. `retryable: false` stops the tries at once. */
export class OutsideFailure extends Error {
  readonly code: string;
  readonly retryable: boolean;
  /** The other side surely did nothing: it was not reached, or said so. The next try need not ask. */
  readonly untouched: boolean;
  constructor(code: string, message: string, options: { cause?: unknown; retryable?: boolean; untouched?: boolean } = {}) {
    super(message, { cause: options.cause });
    this.name = 'OutsideFailure';
    this.code = code;
    this.retryable = options.retryable ?? true;
    this.untouched = options.untouched ?? false;
  }
}
