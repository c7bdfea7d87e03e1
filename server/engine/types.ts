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
  /** One of several instances of a multi-instance activity, counted from 1; `of` when their number is known. */
  readonly instance?: { readonly index: number; readonly of?: number };
  /** Id of the called process or global task it lies in; absent in the process of the case itself. */
  readonly process?: string;
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

/** A service, send or business task that names an effect. Local acts (`cases/acts`) and remote effects look the same here.
 * In a plain BPMN model (`bare`) the effect may be empty: somebody outside answers. */
export interface EffectWait extends WaitBase {
  readonly kind: 'effect';
  /** From `spis:effect`, e.g. `isds.send`, `register.submission`. */
  readonly effect: string;
  readonly input: Variables;
  /** Variables that only this place sees: of the sub-processes and the called process around it. */
  readonly locals?: Variables;
}

export interface TimerWait extends WaitBase {
  readonly kind: 'timer';
  /** `null`: it stands still (set so, or the case is suspended) and never fires until it is set again. */
  readonly dueAt: Instant | null;
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
  /** Value of `spis:key` when the event began to listen; only a message with the same key is for it. */
  readonly key?: string;
}

export interface SignalWait extends WaitBase {
  readonly kind: 'signal';
  readonly signal: string;
  readonly attachedTo?: string;
}

/** Waits until an expression over the variables becomes true. */
export interface ConditionWait extends WaitBase {
  readonly kind: 'condition';
  readonly attachedTo?: string;
}

/** Tokens that no other token can join any more: for ever, unless somebody modifies the case (BPMN 2.0.2, 13.4). */
export interface JoinWait extends WaitBase {
  readonly kind: 'join';
  /** Number of tokens that have come. */
  readonly arrived: number;
}

/** The token cannot go on: an expression failed, an error was not caught, the step limit was reached. A person decides. */
export interface IncidentWait extends WaitBase {
  readonly kind: 'incident';
  /** Stable kebab-case word: `expression-failed`, `uncaught-error`, `uncaught-cancel`, `step-limit`, `time-limit`, `token-limit`,
   * `cardinality`, `decision-failed`, `no-flow-taken`. */
  readonly code: string;
  /** Of an `uncaught-error`: its code and the element that threw it. */
  readonly error?: { readonly code: string; readonly elementId: string };
  /** A sentence for an officer or analyst; never personal data. */
  readonly reason: string;
}

export type Wait = TaskWait | EffectWait | TimerWait | MessageWait | SignalWait | ConditionWait | JoinWait | IncidentWait;

/** One change of where the tokens are. A move is `cancel` and `start`. */
export type ModifyOperation =
  /** Takes away what stands at this execution, with everything inside it. */
  | { readonly op: 'cancel'; readonly executionId: string }
  /** The step is skipped: it counts as completed, with this output. */
  | { readonly op: 'complete'; readonly executionId: string; readonly output?: Json }
  /** A token is put before the element, in the scope with this execution id; without it in the only open one, which is opened when there is none. */
  | { readonly op: 'start'; readonly elementId: string; readonly scope?: string };

export type Stimulus =
  /** `startEvent` decides among several; `payload` is what came with a message or signal that starts. */
  | { readonly kind: 'start'; readonly variables: Variables; readonly startEvent?: string; readonly payload?: Json }
  | { readonly kind: 'complete-task'; readonly executionId: string; readonly output: Variables }
  | { readonly kind: 'answer-effect'; readonly executionId: string; readonly answer: EffectAnswer }
  /** Goes to one receiver: the wait named, else the oldest open wait for `message` whose key (if it has one) is `key`. */
  | { readonly kind: 'message'; readonly message: string; readonly payload: Json; readonly executionId?: string; readonly key?: string }
  /** Goes to everything that listens for it. */
  | { readonly kind: 'signal'; readonly signal: string; readonly payload: Json }
  /** Fires every timer with `dueAt <= now`, in order of due time, again until none is overdue. */
  | { readonly kind: 'wake' }
  /** Tries the element of an incident again, with the variables as they are now. */
  | { readonly kind: 'retry'; readonly executionId: string }
  /** Answers an incident by hand: its element counts as completed with this output. */
  | { readonly kind: 'answer-incident'; readonly executionId: string; readonly output: Json }
  | { readonly kind: 'set-timer'; readonly executionId: string; readonly dueAt: Instant | null }
  | { readonly kind: 'set-variables'; readonly variables: Variables }
  | { readonly kind: 'modify'; readonly operations: readonly ModifyOperation[] }
  /** Until `resume` every other stimulus is refused as `suspended`; timers keep their remaining time. */
  | { readonly kind: 'suspend' }
  | { readonly kind: 'resume' };

export type EffectAnswer =
  | { readonly done: Json }
  /** A business no: a BPMN error with this code; an incident when no boundary event catches it. */
  | { readonly refused: { readonly code: string; readonly reason: string } };

/** One thing that happened in a step, in order. Timeline, journal and heat map are made of these. */
export type TraceEntry =
  | {
      readonly kind: 'entered' | 'completed' | 'cancelled';
      readonly elementId: string;
      readonly executionId: string;
      readonly at: Instant;
      /** Called process or global task it lies in. */
      readonly process?: string;
      /** The loop or multi-instance activity itself; its instances have entries of their own. */
      readonly body?: true;
      /** What only its place sees, where the element says something about a deadline. */
      readonly locals?: Variables;
    }
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
  /** Wall-clock budget of one stimulus: `elapsed` is a monotonic count of milliseconds (`performance.now`), `limit` is 1,000 ms unless given. */
  readonly budget?: { readonly elapsed: () => number; readonly limit?: number };
  /** Script tasks whose result comes from outside: they wait as effects with an empty name instead of being computed. */
  readonly answeredOutside?: ReadonlySet<string>;
}

/** A message or signal that left the case. */
export interface Thrown {
  readonly kind: 'message' | 'signal';
  readonly name: string;
  readonly payload: Json;
  /** Value of `spis:key` when it was thrown. */
  readonly key?: string;
  readonly elementId: string;
  readonly executionId: string;
}

export interface StepResult {
  readonly state: EngineState;
  /** All waits that are open now, not only new ones. Empty means that the case has ended. */
  readonly waits: readonly Wait[];
  readonly trace: readonly TraceEntry[];
  readonly variables: Variables;
  /** Messages and signals thrown since the run was opened, in order. A signal has already reached what listens inside the case. */
  readonly thrown: readonly Thrown[];
  readonly suspended?: true;
  /** Set when the case has ended: the end event reached last and its `spis:outcome`. */
  readonly ended?: { readonly elementId: string; readonly outcome: string };
}

/** The stimulus does not fit the case's open waits, e.g. the task was completed meanwhile. Nothing has happened. */
export class StimulusRefused extends Error {
  readonly code: 'no-such-wait' | 'no-such-element' | 'already-started' | 'not-started' | 'already-ended' | 'suspended' | 'not-suspended';
  constructor(code: StimulusRefused['code'], message: string) {
    super(message);
    this.name = 'StimulusRefused';
    this.code = code;
  }
}
