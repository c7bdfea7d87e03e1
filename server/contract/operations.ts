// Interventions in running cases: what the office's pages and the server say to each other. Types only.
import type { IncidentRow } from './office.ts';

/** GET /urad/api/incidents/board?service=&element=&code= → what is stuck, and what can be chosen among */
export interface IncidentBoard {
  readonly total: number;
  readonly incidents: readonly BoardIncident[];
  /** The same cause at the same step, the most frequent first. */
  readonly groups: readonly IncidentGroup[];
}
export interface BoardIncident extends IncidentRow {
  readonly version: number;
  readonly serviceTitle: string;
  /** The engine's execution; null for an effect that no step waits for. */
  readonly executionId: string | null;
}
export interface IncidentGroup {
  readonly service: string;
  readonly serviceTitle: string;
  readonly elementId: string;
  readonly elementName: string;
  readonly code: string;
  readonly reason: string;
  readonly count: number;
  readonly since: string;
}
/** POST /urad/api/incidents/retry-many {commandId, ids} | {commandId, service, element, code} → BatchCard */
export interface RetryMany {
  readonly commandId: string;
  readonly ids?: readonly string[];
  readonly service?: string;
  readonly element?: string;
  readonly code?: string;
}
/** POST /urad/api/incidents/:id/variables {commandId, variables, reason, retry} → 204: edits and, when asked, tries again */
export interface CorrectVariables {
  readonly commandId: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly reason: string;
  readonly retry: boolean;
}
/** POST /urad/api/incidents/:id/answer {commandId, output, reason} → 204: the step counts as completed with this output */
export interface AnswerByHand {
  readonly commandId: string;
  readonly output: unknown;
  readonly reason: string;
}

/** GET /urad/api/cases/:id/operations → what rests where, what may be started, the variables */
export interface CaseOperations {
  readonly mark: string;
  readonly revision: number;
  readonly suspendedAt: string | null;
  readonly endedAt: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly resting: readonly RestingPlace[];
  /** Steps a token can be put before, by the scope they lie in. */
  readonly steps: readonly { readonly elementId: string; readonly name: string; readonly kind: string; readonly scope: string }[];
  readonly history: readonly OperationRow[];
}
export interface RestingPlace {
  readonly executionId: string;
  readonly elementId: string;
  readonly name: string;
  readonly kind: string;
  /** Execution of the scope it lies in; '' is the process. */
  readonly scope: string;
  /** Element of that scope. */
  readonly scopeElement: string;
  /** An event beside the flow that only listens. */
  readonly listens: boolean;
  readonly since: string;
  readonly dueAt: string | null;
}
export interface OperationRow {
  readonly at: string;
  readonly kind: string;
  readonly reason: string;
  readonly officer: string;
}

export type CaseOperation =
  | { readonly op: 'cancel'; readonly executionId: string }
  | { readonly op: 'complete'; readonly executionId: string; readonly output?: Readonly<Record<string, unknown>> }
  | { readonly op: 'start'; readonly elementId: string; readonly scope?: string };
/** POST /urad/api/cases/:id/modify/preview {operations} → OperationPreview: the same code as the change, taken back at the end */
/** POST /urad/api/cases/:id/modify {commandId, operations, reason, revision} → 204; 409 `case-moved` when the case went on since the preview */
export interface ModifyCase {
  readonly commandId: string;
  readonly operations: readonly CaseOperation[];
  readonly reason: string;
  readonly revision: number;
}
export interface OperationPreview {
  readonly closes: readonly WaitChange[];
  readonly opens: readonly WaitChange[];
  readonly stays: number;
  readonly ended: string | null;
  /** The case's revision that this is true of. */
  readonly revision: number;
  /** Letters, fees and numbers made at once; they cannot be taken back. */
  readonly acts: number;
}
export interface WaitChange {
  readonly kind: string;
  readonly elementId: string;
  readonly name: string;
  readonly dueAt: string | null;
}
/** POST /urad/api/cases/:id/suspend | resume | cancel {commandId, reason} → 204; POST …/cancel/preview → OperationPreview */
export interface CaseAct {
  readonly commandId: string;
  readonly reason: string;
}

// ---- migration ----
/** GET /urad/api/situations/:id/migration?from=&to= → MigrationDesk */
export interface MigrationDesk {
  readonly situation: string;
  readonly title: string;
  readonly from: number;
  readonly to: number;
  readonly fromXml: string;
  readonly toXml: string;
  readonly versions: readonly { readonly number: number; readonly running: number }[];
  readonly rows: readonly PlanRow[];
  readonly targets: readonly { readonly elementId: string; readonly name: string; readonly kind: string }[];
  readonly added: readonly { readonly elementId: string; readonly name: string; readonly kind: string }[];
  readonly running: number;
  readonly groups: readonly { readonly name: string; readonly count: number }[];
  readonly batches: readonly BatchCard[];
}
export interface PlanRow {
  readonly from: string;
  readonly name: string;
  readonly kind: string;
  /** Proposed target; null = there is none yet. */
  readonly to: string | null;
  /** `same`: same id and kind · `guess`: looks like a renamed one, to be checked · `none`: nothing fits */
  readonly basis: 'same' | 'guess' | 'none';
  /** Running cases that wait here. */
  readonly waiting: number;
}
export type PlanTargets = Readonly<Record<string, { readonly to: string; readonly how: 'keep' | 'restart' }>>;
export interface MoveFilter {
  readonly elements: readonly string[];
  readonly groups: readonly string[];
  readonly filedBefore: string | null;
  readonly marks: readonly string[];
}
/** POST /urad/api/situations/:id/migration {commandId, from, to, plan, filter, rehearsal, reason} → BatchCard */
export interface OrderMigration {
  readonly commandId: string;
  readonly from: number;
  readonly to: number;
  readonly plan: PlanTargets;
  readonly filter: MoveFilter;
  readonly rehearsal: boolean;
  readonly reason: string;
}
/** GET /urad/api/batches/:id → BatchCard · POST /urad/api/batches/:id/pause | resume | stop → BatchCard · POST …/revert {commandId, reason} → BatchCard */
export interface BatchCard {
  readonly id: string;
  readonly kind: 'migrate' | 'revert' | 'retry';
  readonly rehearsal: boolean;
  readonly state: 'running' | 'paused' | 'done' | 'stopped';
  readonly situation: string | null;
  readonly from: number | null;
  readonly to: number | null;
  readonly reason: string;
  readonly officer: string;
  readonly createdAt: string;
  readonly finishedAt: string | null;
  readonly counts: { readonly waiting: number; readonly done: number; readonly refused: number; readonly skipped: number };
  /** Until when it can be taken back; null when it cannot. */
  readonly revertUntil: string | null;
}
/** GET /urad/api/batches/:id/items?state=&page= → BatchItems (100 a page) */
export interface BatchItems {
  readonly page: number;
  readonly pageSize: number;
  readonly items: readonly BatchItemRow[];
}
export interface BatchItemRow {
  readonly caseId: string;
  readonly mark: string;
  readonly state: 'waiting' | 'done' | 'refused' | 'skipped';
  readonly verdict: ItemVerdict | null;
  readonly finishedAt: string | null;
}
export interface ItemVerdict {
  /** Why it could not be, as codes with what they are about. */
  readonly reasons?: readonly VerdictReason[];
  /** What changes at the case's waits. */
  readonly changes?: readonly VerdictChange[];
}
export interface VerdictReason {
  readonly code: string;
  readonly elementId?: string;
  readonly name?: string;
}
export interface VerdictChange {
  /** `kept` goes over as it is · `moved` under another id · `restarted` begins anew · `armed` listens from now · `disarmed` listens no more */
  readonly kind: 'kept' | 'moved' | 'restarted' | 'armed' | 'disarmed';
  readonly from?: string;
  readonly to?: string;
}

/** GET /urad/api/situations/:id/versions/:n/heat → what weighs where now */
export interface HeatMap {
  readonly waiting: Readonly<Record<string, number>>;
  readonly overdue: Readonly<Record<string, number>>;
  readonly incidents: Readonly<Record<string, number>>;
}

/** GET /urad/api/outside-work → work outside of no case that ran out of tries; a new try by POST /urad/api/incidents/effect:<key>/retry */
export interface OutsideWork {
  readonly work: readonly StuckWork[];
}
export interface StuckWork {
  readonly key: string;
  readonly effect: string;
  readonly title: string;
  readonly reason: string;
  readonly since: string;
}
/** POST /urad/api/outside-work/:key/decision {isDone, reason} → 204: an officer found out how it ended. 409 outside-work-not-stuck. */
export interface DecideOutsideWork {
  readonly isDone: boolean;
  readonly reason: string;
}
