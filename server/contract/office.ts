// The officers' and analysts' HTTP interface: shapes only. Base path `/urad/api`. Same conventions as portal.ts.
import type { FormJson } from '../../forms/index.ts';
import type { AnswersPage, DocumentCard, FileCard, PrescriptionCard, StateView, TimelineEntry } from './portal.ts';

/** GET /urad/api/session */
export interface OfficeSession {
  readonly officer: null | { readonly id: string; readonly name: string; readonly email: string; readonly groups: readonly string[] };
  readonly csrf: string;
  readonly town: { readonly name: string; readonly demo: boolean };
  readonly now: string;
  readonly can: {
    readonly work: boolean;
    readonly assign: boolean;
    readonly model: boolean;
    readonly publish: boolean;
    readonly repair: boolean;
    readonly money: boolean;
    /** Sit at a cash desk. */
    readonly cash?: boolean;
    /** Months, journal, export; decide as the second person. */
    readonly books?: boolean;
    /** Move tokens, stop and end cases, correct their data. */
    readonly intervene: boolean;
    /** Move running cases to another version. */
    readonly migrate: boolean;
    /** Sees and changes the settings of connectors. */
    readonly configure: boolean;
  };
}
export type QueueName = 'mine' | 'group' | 'unassigned' | 'overdue' | 'all';
/** GET /urad/api/queues */
export interface Queues {
  /** Each counted up to 1000: that number means a thousand or more. */
  readonly counts: Readonly<Record<QueueName, number>>;
  readonly incidents: number;
  readonly unmatchedPayments: number;
  /** Acts on money that wait for a second person. */
  readonly approvals?: number;
  /** Messages that nobody placed, and placed ones that nobody has seen. */
  readonly unsortedMessages: number;
}
/** GET /urad/api/tasks?queue=&sort=due|opened|mark|title&dir=asc|desc&q=&page=1 (50 a page) */
export interface TaskList {
  readonly queue: QueueName;
  /** Counted up to a thousand beyond this page. */
  readonly total: number;
  /** There may be more than `total`. */
  readonly more?: boolean;
  readonly page: number;
  readonly pageSize: number;
  readonly tasks: readonly TaskRow[];
}
export interface TaskRow {
  readonly caseId: string;
  readonly executionId: string;
  readonly title: string;
  readonly mark: string;
  readonly service: string;
  readonly applicant: string;
  readonly group: string;
  readonly assignee: null | { readonly id: string; readonly name: string };
  readonly openedAt: string;
  readonly dueAt: string | null;
  /** Whole days to the due date, negative when overdue; null without one. */
  readonly daysLeft: number | null;
}
/** POST /urad/api/tasks/:caseId/:executionId/claim | release | assign {officerId} → TaskRow. 409 `task-claimed-by-other` {name}, `task-already-completed` {name, at}. */
export interface AssignTask {
  readonly commandId: string;
  readonly officerId?: string;
}
/** GET /urad/api/officers → {officers: OfficerCard[]} */
export interface OfficerCard {
  readonly id: string;
  readonly name: string;
  readonly groups: readonly string[];
  readonly openTasks: number;
}
/** GET /urad/api/tasks/:caseId/:executionId → OfficeTask. POST …/complete {commandId, values} → {next: TaskRow | null, case: OfficeCase}. POST …/files?key=&name= raw body → FileCard. PUT …/draft {values} → 204 */
export interface OfficeTask {
  readonly row: TaskRow;
  readonly form: FormJson | null;
  readonly values: Readonly<Record<string, unknown>>;
  readonly files: readonly FileCard[];
  readonly help: string;
  readonly law: string | null;
  readonly mine: boolean;
}
export interface CompleteOfficeTask {
  readonly commandId: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** GET /urad/api/cases?q=&page=&state=open|ended|all&service= */
export interface CaseList {
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
  readonly cases: readonly CaseRow[];
}
export interface CaseRow {
  readonly id: string;
  readonly mark: string;
  readonly service: string;
  readonly applicant: string;
  readonly filedAt: string;
  readonly lastActivityAt: string;
  readonly state: StateView;
  readonly version: number;
}
/** GET /urad/api/cases/:id */
export interface OfficeCase extends CaseRow {
  /** Since when an officer has stopped the case. */
  readonly suspendedAt: string | null;
  readonly documentNumber: string | null;
  readonly applicantCard: {
    readonly name: string;
    /** Of companies only. */
    readonly ico: string | null;
    /** Who filed it for the applicant. */
    readonly representative: string | null;
    /** By what right: in words, and the file that proves it (GET /urad/api/representations/:id/evidence). */
    readonly representation: { readonly id: string; readonly evidence: string; readonly file: string | null } | null;
    readonly birthDate: string | null;
    readonly address: string | null;
    readonly email: string | null;
    /** Mail to the e-mail comes back; `permanent`: nothing is sent there any more. */
    readonly emailTrouble: { readonly since: string; readonly reason: string; readonly permanent: boolean } | null;
    readonly phone: string | null;
    readonly dataBox: string | null;
  };
  readonly submitted: readonly AnswersPage[];
  readonly documents: readonly DocumentCard[];
  readonly timeline: readonly TimelineEntry[];
  readonly tasks: readonly TaskRow[];
  readonly waits: readonly {
    readonly kind: string;
    readonly executionId: string;
    readonly elementId: string;
    readonly name: string;
    readonly since: string;
    readonly dueAt: string | null;
  }[];
  readonly effects: readonly EffectRow[];
  readonly incidents: readonly IncidentRow[];
  readonly payments: readonly PrescriptionCard[];
  readonly journal: readonly JournalRow[];
  readonly journalIntact: boolean;
  readonly notes: readonly NoteRow[];
}
export interface EffectRow {
  readonly key: string;
  readonly elementId: string;
  readonly effect: string;
  readonly title: string;
  readonly state: 'waiting' | 'working' | 'done' | 'refused' | 'failed';
  readonly attempts: number;
  readonly nextTryAt: string | null;
  readonly lastError: string | null;
  readonly createdAt: string;
}
export interface IncidentRow {
  readonly id: string;
  readonly caseId: string;
  readonly mark: string;
  readonly service: string;
  readonly elementId: string;
  readonly elementName: string;
  readonly kind: 'effect' | 'process';
  readonly code: string;
  readonly reason: string;
  readonly since: string;
}
export interface JournalRow {
  readonly seq: number;
  readonly at: string;
  readonly actor: string;
  readonly kind: string;
  readonly text: string;
  readonly hash: string;
}
/** POST /urad/api/cases/:id/notes {commandId, text} → NoteRow */
export interface NoteRow {
  readonly id: string;
  readonly at: string;
  readonly author: string;
  readonly text: string;
}
/** GET /urad/api/cases/:id/diagram → model of the pinned version with tokens */
export interface CaseDiagram {
  readonly xml: string;
  readonly tokens: Readonly<Record<string, number>>;
  readonly visited: readonly string[];
  readonly incidents: readonly string[];
}
/** GET /urad/api/incidents → {incidents: IncidentRow[]} · POST /urad/api/incidents/:id/retry {commandId} → 204 */
/** GET /urad/api/payments/unmatched → {payments: UnmatchedPayment[]} · POST /urad/api/payments/:id/match {commandId, variableSymbol, note} → 204 · POST /urad/api/payments/:id/return {commandId, note} → 204 (marked for return by transfer) */
export interface UnmatchedPayment {
  readonly id: string;
  readonly receivedAt: string;
  readonly amount: number;
  readonly variableSymbol: string;
  readonly counterAccount: string;
  readonly payerName: string;
  readonly message: string;
  readonly reason: string;
  readonly ageDays: number;
}
// ---- analysts ----
/** GET /urad/api/situations */
export interface SituationList {
  readonly situations: readonly SituationRow[];
}
export interface SituationRow {
  readonly id: string;
  readonly title: string;
  readonly department: string;
  readonly versions: readonly VersionRow[];
  readonly hasDraft: boolean;
  readonly draftSavedAt: string | null;
  readonly draftBy: string | null;
}
export interface VersionRow {
  readonly number: number;
  readonly publishedAt: string;
  readonly publishedBy: string;
  readonly note: string;
  readonly runningCases: number;
  readonly endedCases: number;
  readonly contentHash: string;
}
/** GET /urad/api/situations/:id/draft (made from the newest version when there is none) · PUT → {revision, savedAt}; 409 draft-changed-elsewhere · DELETE → 204 */
export interface SituationDraft {
  readonly situation: string;
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  readonly revision: number;
  readonly savedAt: string | null;
  readonly basedOn: number;
  readonly changedFiles: readonly string[];
}
export interface SaveSituationDraft {
  readonly files: Readonly<Record<string, string>>;
  readonly revision: number;
}
/** POST /urad/api/situations/:id/check {files} → CheckReport — the same gate as publication */
export interface CheckReport {
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: 'error' | 'warning';
    readonly file: string;
    readonly element?: string;
    readonly message: string;
  }[];
  readonly scenarios: readonly { readonly name: string; readonly ok: boolean; readonly text: string }[];
}
/** POST /urad/api/situations/:id/publish {commandId, revision, note} → VersionRow. 422 `publication-refused` {findings}; 409 `same-content` {number}. The draft is kept when refused. */
export interface PublishSituation {
  readonly commandId: string;
  readonly revision: number;
  readonly note: string;
}
/** GET /urad/api/situations/:id/versions/:n → SituationVersion */
export interface SituationVersion {
  readonly situation: string;
  readonly title: string;
  readonly number: number;
  readonly files: Readonly<Record<string, string>>;
  readonly tokens: Readonly<Record<string, number>>;
  readonly overdue: Readonly<Record<string, number>>;
  readonly runningCases: number;
  /** Number of the newest version of the situation. */
  readonly newest: number;
  /** Sentences about uncertain law the version relies on: a doubtful highest rate, a reading of an unclear place. */
  readonly doubts: readonly string[];
}
/** GET /urad/api/vocabulary → what the properties panel offers */
export interface Vocabulary {
  readonly effects: readonly {
    readonly name: string;
    readonly title: string;
    readonly local: boolean;
    readonly inputs: readonly { readonly name: string; readonly title: string; readonly required: boolean }[];
  }[];
  readonly messages: readonly { readonly name: string; readonly title: string }[];
  readonly outcomes: readonly { readonly name: string; readonly title: string }[];
  /** Published processes that a call activity may name. */
  readonly processes: readonly { readonly id: string; readonly title: string }[];
  /** Rules of law that a deadline may name, with the events that each of them knows. */
  readonly legalRules?: readonly {
    readonly name: string;
    readonly title: string;
    readonly law: string;
    readonly events: readonly string[];
  }[];
}
// /urad/prihlaseni?cil= · POST /urad/odhlaseni
