// What can be asked of the world (one model, some cases, virtual time) and what it answers. Plain JSON both ways.
import type { Instant, Json, Variables } from '../types.ts';

/** A task's output variables; `null` or `false`: the task is not completed. */
export type PlannedOutput = Variables | boolean | null;

/** How a service, send or script task ends. `after`: ISO 8601 duration of virtual time. */
export type PlannedAnswer = ({ readonly done: Json } | { readonly refused: { readonly code: string; readonly reason?: string } }) & {
  readonly after?: string;
};

/** A message or signal from outside; it comes when the world rests, in the order given, or `after` that virtual time. */
export interface PlannedPost {
  readonly kind: 'message' | 'signal';
  readonly name: string;
  readonly payload: Json;
  readonly key?: string;
  readonly after?: string;
}

export interface TraceRequest {
  /** Ids of processes; each starts as a case of its own. Empty: the only executable one. */
  readonly process: readonly string[];
  /** Given to the last process. */
  readonly variables: Variables;
  /** A list is taken from its head, one for each visit; its last one repeats. Tasks not named are completed without output. */
  readonly complete: 'all' | 'none' | Readonly<Record<string, PlannedOutput | readonly PlannedOutput[]>>;
  /** The same for answers; tasks not named are done at once without a value. */
  readonly answers: Readonly<Record<string, PlannedAnswer | readonly PlannedAnswer[]>>;
  readonly posts: readonly PlannedPost[];
  /** ISO 8601 duration of virtual time to let pass. */
  readonly advance?: string;
  /** Durations of deadlines named by `spis:deadline`; one not named here lasts 30 days. */
  readonly deadlines: Readonly<Record<string, string>>;
  readonly bare: boolean;
  readonly saveEveryStep: boolean;
  readonly check: boolean;
}

/** One completed flow node; times are virtual. */
export interface TraceRow {
  readonly id: string;
  /** Local name of the element in the file, e.g. `userTask`. */
  readonly type: string;
  readonly process: string;
  readonly started: Instant;
  readonly completed: Instant;
  /** The loop or multi-instance activity itself, after its inner instances. */
  readonly body?: true;
}

export interface Finding {
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  readonly element: string;
  readonly message: string;
}

export type Status = 'ended' | 'waiting' | 'failed' | 'incident';

/** Something that is waited for: what the engine tells, with the process it is in. */
export type OpenWait = { readonly process: string; readonly element: string; readonly kind: string } & Readonly<Record<string, Json>>;

/** Why a model cannot go on. */
export interface Stop {
  readonly code: string;
  readonly element: string;
  readonly reason: string;
}

export interface TraceAnswer {
  readonly accepted: boolean;
  readonly findings: readonly Finding[];
  readonly status?: Status;
  readonly error?: { readonly code: string; readonly element: string };
  readonly incident?: Stop;
  readonly trace?: readonly TraceRow[];
  readonly waits?: readonly OpenWait[];
  readonly variables?: Variables;
}

/** Every world begins at this instant, so that the same request always gets the same answer. */
export const BEGINNING: Instant = '2026-01-01T00:00:00.000Z';

export const NOTHING_ASKED: TraceRequest = {
  process: [],
  variables: {},
  complete: 'all',
  answers: {},
  posts: [],
  deadlines: {},
  bare: false,
  saveEveryStep: false,
  check: false,
};
