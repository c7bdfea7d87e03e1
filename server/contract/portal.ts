// The citizen's HTTP interface: shapes only. Base path `/api`. JSON in and out; errors are RFC 9457 bodies (`ProblemBody`).
// Every unsafe request carries the header `x-csrf-token` from the session. Money is haléře, dates `YYYY-MM-DD`, instants UTC.
import type { FormJson } from '../../forms/index.ts';

export type Lang = 'cs' | 'en';

/** `code` is stable; the UI has a text for it. `issues` only with code `form-invalid`. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail?: string;
  readonly issues?: readonly FormIssue[];
  readonly [extra: string]: unknown;
}
export interface FormIssue {
  readonly key: string;
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

export interface TownCard {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly address: string;
  readonly dataBox: string;
  readonly ico?: string;
  readonly officeHours?: string;
  readonly web?: string;
  /** True in the demo town: the UI shows a strip that nothing here is real, with a link to the simulated outside. */
  readonly demo: boolean;
}
/** Who sits at the browser, and on whose behalf. */
export interface PortalPerson {
  readonly givenName: string;
  readonly familyName: string;
  readonly loa: 'low' | 'substantial' | 'high';
  /** Identity for prefilling forms, of whom he acts for; keys are what `prefill: identity.*` names. */
  readonly identity: Readonly<Record<string, string>>;
  /** Null = for himself. `ended`: it is over, and nothing is done until he chooses anew. */
  readonly acting: null | {
    readonly id: string;
    readonly name: string;
    readonly company: boolean;
    readonly ended: boolean;
    readonly acts: readonly ('read' | 'file' | 'account')[];
  };
  /** On whose behalf he may act in this session. */
  readonly choices: readonly { readonly id: string; readonly name: string }[];
}
/** GET /api/session (also without login) */
export interface PortalSession {
  readonly person: null | PortalPerson;
  readonly csrf: string;
  readonly town: TownCard;
  /** The town's clock; moved in the demo. */
  readonly now: string;
  readonly expiresAt: string | null;
}

/** GET /api/services?q= */
export interface ServiceCard {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly category: string;
  readonly department: string;
  readonly online: boolean;
  readonly fillingMinutes: number;
  readonly fee: string;
}
export interface ServiceList {
  readonly services: readonly ServiceCard[];
  readonly categories: readonly string[];
  readonly query: string;
}
/** GET /api/services/:id — all text in the language of `Accept-Language`/`?lang=` with Czech as fall-back. */
export interface ServicePage extends ServiceCard {
  readonly where: string;
  readonly how: readonly string[];
  readonly contact: { readonly name: string; readonly phone: string; readonly email: string; readonly room: string };
  readonly fees: readonly { readonly what: string; readonly amount: string }[];
  readonly deadline: string;
  readonly needed: readonly string[];
  readonly law: readonly { readonly text: string; readonly url?: string }[];
  readonly channels: readonly string[];
  readonly login: 'none' | 'low' | 'substantial' | 'high';
  /** Sanitised HTML made on the server from texts/sluzba.<lang>.md. */
  readonly bodyHtml: string;
  /** What happens after filing, in order: titles of the main path's steps. */
  readonly steps: readonly string[];
  readonly version: number;
}

/** POST /api/drafts {service} → Draft (an open draft of the same service is offered by `existing`). GET /api/drafts → {drafts: DraftCard[]}. GET /api/drafts/:id → Draft. DELETE /api/drafts/:id → 204. */
export interface DraftCard {
  readonly id: string;
  readonly service: string;
  readonly title: string;
  readonly savedAt: string;
  readonly page: string | null;
  readonly expiresAt: string;
}
export interface Draft extends DraftCard {
  readonly form: FormJson;
  readonly values: Readonly<Record<string, unknown>>;
  readonly sources: Readonly<Record<string, 'identity'>>;
  readonly files: readonly FileCard[];
  /** Sent back with every save; a save with an old revision gets 409 `draft-changed-elsewhere` with the newer values. */
  readonly revision: number;
  /** Set when the service was published anew since: the draft was carried over, these keys could not be. */
  readonly dropped?: readonly string[];
}
/** PUT /api/drafts/:id */
export interface SaveDraft {
  readonly values: Readonly<Record<string, unknown>>;
  readonly page: string | null;
  readonly revision: number;
}
export interface SavedDraft {
  readonly revision: number;
  readonly savedAt: string;
}
/** POST /api/drafts/:id/files?key=<form key>&name=<file name>, body = the raw bytes (content-type of the file). 201 → FileCard. Codes: file-too-large, file-empty, file-type-not-allowed, file-name-invalid, too-many-files. DELETE /api/drafts/:id/files/:fileId → 204. The same two under /api/cases/:id/tasks/:executionId/files. */
export interface FileCard {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly mime: string;
  readonly size: number;
}
/** POST /api/drafts/:id/submit. Same commandId twice = the same answer, one case. 422 `form-invalid` with issues; the draft is kept. */
export interface SubmitDraft {
  readonly commandId: string;
  readonly revision: number;
  readonly values: Readonly<Record<string, unknown>>;
}
export interface Submitted {
  readonly caseId: string;
  readonly mark: string;
}

/** GET /api/cases */
export interface CitizenCaseList {
  readonly cases: readonly CitizenCaseCard[];
}
export interface CitizenCaseCard {
  readonly id: string;
  /** Spisová značka, e.g. `SZ MULO 12/2026`. */
  readonly mark: string;
  readonly service: string;
  readonly title: string;
  /** Derived from the waits, e.g. `Kontrolujeme úplnost`. Never stored. */
  readonly state: StateView;
  readonly filedAt: string;
  readonly lastActivityAt: string;
  readonly actionsWaiting: number;
}
export interface StateView {
  readonly title: string;
  readonly text: string;
  /** Who is on the move. */
  readonly who: 'citizen' | 'office' | 'outside' | 'system' | 'nobody';
  readonly until: string | null;
  readonly ended: boolean;
  readonly outcome: string | null;
}
/** GET /api/cases/:id */
export interface CitizenCase extends CitizenCaseCard {
  /** Past steps in order, then what is open now, then what usually follows. */
  readonly timeline: readonly TimelineEntry[];
  readonly actions: readonly CitizenAction[];
  readonly submitted: readonly AnswersPage[];
  readonly documents: readonly DocumentCard[];
  readonly payments: readonly PrescriptionCard[];
  readonly contact: { readonly name: string; readonly phone: string; readonly email: string; readonly room: string };
  readonly documentNumber: string | null;
  /** When somebody else filed it for the applicant. */
  readonly filedBy: { readonly representative: string; readonly applicant: string } | null;
  /** Says what is wrong outside when the case waits for it (e.g. the data box is down since …). */
  readonly trouble: string | null;
}
export interface TimelineEntry {
  readonly kind: 'done' | 'now' | 'next';
  readonly elementId: string;
  readonly title: string;
  readonly text: string;
  readonly who: StateView['who'];
  /** When it was done, or since when it lasts; null for what follows. */
  readonly at: string | null;
  readonly until: string | null;
}
export interface AnswersPage {
  readonly page: string;
  readonly rows: readonly { readonly key: string; readonly label: string; readonly text: string }[];
}
export interface DocumentCard {
  readonly id: string;
  readonly title: string;
  readonly number: string | null;
  readonly kind: string;
  readonly at: string;
  readonly direction: 'in' | 'out';
  readonly mime: string;
  readonly size: number | null;
  readonly href: string;
  /** Of a letter that went out by data box: how it stands there. */
  readonly delivery?: LetterDelivery | null;
}
export interface LetterDelivery {
  readonly messageId: string;
  /** 1-10 of ISDS; 3 = virus, 8 = undeliverable. */
  readonly state: number;
  readonly how: 'fiction' | 'login' | null;
  readonly putInBoxAt: string | null;
  readonly deliveredAt: string | null;
}
export type CitizenAction =
  | {
      readonly kind: 'task';
      readonly executionId: string;
      readonly title: string;
      readonly until: string | null;
      /** May be done at any time; nothing waits for it. */
      readonly offered?: true;
    }
  | {
      readonly kind: 'pay';
      readonly prescriptionId: string;
      readonly title: string;
      readonly amount: number;
      readonly until: string | null;
    }
  | { readonly kind: 'withdraw'; readonly title: string };
export interface PrescriptionCard {
  readonly id: string;
  readonly title: string;
  readonly amount: number;
  readonly paid: number;
  readonly state: 'open' | 'paid' | 'cancelled';
  readonly dueDate: string;
  readonly variableSymbol: string;
  readonly account: string;
  readonly iban: string;
  readonly spayd: string;
  /** SVG of the QR Platba: `/api/cases/:id/prescriptions/:pid/qr.svg` */
  readonly qrHref: string;
  readonly legalBasis: string;
  /** Why this amount: matched rules in words. */
  readonly why: readonly string[];
  readonly receivedPayments: readonly { readonly at: string; readonly amount: number; readonly way: 'transfer' | 'card' | 'cash' }[];
}
/** GET /api/cases/:id/tasks/:executionId */
export interface CitizenTask {
  readonly executionId: string;
  readonly title: string;
  readonly text: string;
  readonly form: FormJson;
  readonly values: Readonly<Record<string, unknown>>;
  readonly files: readonly FileCard[];
  readonly until: string | null;
  readonly message: string | null;
}
/** POST /api/cases/:id/tasks/:executionId/complete {commandId, values} → 200 CitizenCase. 409 task-already-completed. PUT …/draft {values} → 204 keeps what was written. */
export interface CompleteTask {
  readonly commandId: string;
  readonly values: Readonly<Record<string, unknown>>;
}
/** POST /api/cases/:id/withdraw {commandId, reason?} → 200 CitizenCase */
export interface Withdraw {
  readonly commandId: string;
  readonly reason?: string;
}
/**
 * POST /api/cases/:id/prescriptions/:pid/card {commandId} and POST /api/card-payments {commandId, prescriptionIds} → CardPayment: one payment at the town's gateway for one
 * prescription, several or all. Codes: gateway-missing, nothing-to-pay, too-many-prescriptions, prescription-not-found, prescription-cancelled, already-paid.
 * GET /api/card-payments/:id → CardPayment (poll until gatewayUrl, then go there). The payer comes back to `/platba/:id`.
 */
export interface CardPayment {
  readonly id: string;
  /** Where the payer came from; null without a case. */
  readonly caseId: string | null;
  readonly state: 'preparing' | 'ready' | 'paid' | 'cancelled' | 'expired' | 'failed';
  readonly gatewayUrl: string | null;
}
/**
 * Without login. POST /api/public-payments {variableSymbol, amount} → PublicPayment; 404 `debt-not-found` alike for an unknown symbol, another amount and what is paid.
 * POST /api/public-payments/card {variableSymbol, amount, commandId} → PublicCardPayment; GET /api/public-payments/card/:id?klic=<commandId> → the same.
 * 429 `too-many-requests`. The payer comes back to `/platba-bez-prihlaseni/:id?klic=…`.
 */
export interface PublicPayment {
  readonly variableSymbol: string;
  readonly amount: number;
  readonly account: string;
  readonly iban: string;
  readonly spayd: string;
  readonly qrHref: string;
  /** The town has a payment gateway. */
  readonly byGateway: boolean;
}
export type PublicCardPayment = Pick<CardPayment, 'id' | 'state' | 'gatewayUrl'>;
// GET /api/cases/:id/receipt.pdf · GET /api/cases/:id/documents/:docId (attachment) · GET /api/cases/:id/prescriptions/:pid/qr.svg
// GET /prihlaseni/nia?cil=/local/path · POST /odhlaseni · public pages are rendered on the server: / /sluzby /sluzby/:id /pristupnost
