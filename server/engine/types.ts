// The shapes that pass between the engine and its caller. No law, no I/O, no SQL: what a case waits for, what can be
// told to it, and what came of a step. Everything here is plain JSON, so that it can be stored and compared.

/** A value as it stands in variables, forms and stored state. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type Variables = Readonly<Record<string, Json>>;

/** UTC instant, ISO 8601 with milliseconds, e.g. `2026-11-22T09:30:00.000Z`. */
export type Instant = string;

interface WaitBase {
  /** Stays the same through saving and recovery; unique within the case. */
  readonly executionId: string;
  /** The BPMN element the token stands at (for a boundary or event sub-process wait: the event itself). */
  readonly elementId: string;
  /** The element's name as drawn (Czech text, never HTML). */
  readonly name: string;
  readonly since: Instant;
}

/** A user (or manual) task: somebody must act. */
export interface TaskWait extends WaitBase {
  readonly kind: 'task';
  /** Role from `spis:role`; `applicant` is the citizen who filed, everything else is a role of officers. */
  readonly role: string;
  /** Form id from `spis:form`; absent for a task that is only confirmed. */
  readonly form?: string;
  /** Name of a deadline in situation.yaml, from `spis:deadline`. */
  readonly deadline?: string;
  /** Evaluated `spis:input` mappings: prefill of the form. */
  readonly input: Variables;
}

/** A service, send or business task that names an effect. Local acts (`cases/acts`) and remote effects look the same here. */
export interface EffectWait extends WaitBase {
  readonly kind: 'effect';
  /** From `spis:effect`, e.g. `isds.send`, `register.submission`. */
  readonly effect: string;
  readonly input: Variables;
}

export interface TimerWait extends WaitBase {
  readonly kind: 'timer';
  readonly dueAt: Instant;
  /** The activity whose boundary the timer sits on. */
  readonly attachedTo?: string;
  /** Name of a deadline in situation.yaml when the timer was drawn with `spis:deadline`. */
  readonly deadline?: string;
}

export interface MessageWait extends WaitBase {
  readonly kind: 'message';
  /** Name of the BPMN message, e.g. `platba`, `zpetvzeti`. */
  readonly message: string;
  readonly attachedTo?: string;
}

/** The token cannot go on: an expression failed, an error was not caught, the step limit was reached. A person decides. */
export interface IncidentWait extends WaitBase {
  readonly kind: 'incident';
  /** Stable kebab-case word: `expression-failed`, `uncaught-error`, `step-limit`, `decision-failed`, `no-flow-taken`. */
  readonly code: string;
  /** A sentence for an officer or analyst; never personal data. */
  readonly reason: string;
}

export type Wait = TaskWait | EffectWait | TimerWait | MessageWait | IncidentWait;

export type Stimulus =
  | { readonly kind: 'start'; readonly variables: Variables }
  | { readonly kind: 'complete-task'; readonly executionId: string; readonly output: Variables }
  | { readonly kind: 'answer-effect'; readonly executionId: string; readonly answer: EffectAnswer }
  /** Delivered to the wait with `executionId` if given, else to every open wait for `message`. */
  | { readonly kind: 'message'; readonly message: string; readonly payload: Json; readonly executionId?: string }
  /** Fires every timer with `dueAt <= now`, in order of due time, again until none is overdue. */
  | { readonly kind: 'wake' }
  /** Tries the element of an incident again, with the variables as they are now. */
  | { readonly kind: 'retry'; readonly executionId: string };

export type EffectAnswer =
  | { readonly done: Json }
  /** A business no: a BPMN error with this code; an incident when no boundary event catches it. */
  | { readonly refused: { readonly code: string; readonly reason: string } };

/** One thing that happened in a step, in order. Timeline, journal and heat map are made of these. */
export type TraceEntry =
  | { readonly kind: 'entered' | 'completed' | 'cancelled'; readonly elementId: string; readonly executionId: string; readonly at: Instant }
  | { readonly kind: 'flow'; readonly elementId: string; readonly at: Instant }
  | { readonly kind: 'decision'; readonly elementId: string; readonly at: Instant; readonly decision: DecisionTrace }
  | {
      readonly kind: 'incident';
      readonly elementId: string;
      readonly executionId: string;
      readonly at: Instant;
      readonly code: string;
      readonly reason: string;
    };

/** Why a decision came out as it did; kept in the case file. */
export interface DecisionTrace {
  readonly decisionId: string;
  readonly name: string;
  readonly inputs: Variables;
  readonly output: Json;
  /** Numbers (from 1) and annotations of the rules that matched. */
  readonly rules: readonly { readonly number: number; readonly id: string; readonly annotation?: string }[];
}

/** What the caller stores and gives back at the next step. Opaque: only the engine reads it. Carries `version`. */
export type EngineState = { readonly version: number } & { readonly [key: string]: Json };

export interface StepContext {
  /** The time of this step; the engine never looks at a clock of its own. */
  readonly now: Instant;
  /** Due instant of a deadline named in situation.yaml, counted from `from`. Throws when the name is unknown. */
  deadline(name: string, from: Instant): Instant;
  /** Constants that expressions may read beside the case's variables (for instance `pripad`, `obec`). */
  readonly constants?: Variables;
}

export interface StepResult {
  readonly state: EngineState;
  /** All waits that are open now, not only new ones. Empty means that the case has ended. */
  readonly waits: readonly Wait[];
  readonly trace: readonly TraceEntry[];
  readonly variables: Variables;
  /** Set when the case has ended: the end event reached last and its `spis:outcome`. */
  readonly ended?: { readonly elementId: string; readonly outcome: string };
}

/** The stimulus does not fit the case's open waits, e.g. the task was completed meanwhile. Nothing has happened. */
export class StimulusRefused extends Error {
  readonly code: 'no-such-wait' | 'already-started' | 'not-started' | 'already-ended';
  constructor(code: StimulusRefused['code'], message: string) {
    super(message);
    this.name = 'StimulusRefused';
    this.code = code;
  }
}
