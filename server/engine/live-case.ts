// A case in memory while a stimulus is worked off: what rests (items), what moves (queue), and the trace of it.
// Only these functions change it; the saved form is in `saved-state.ts`.
import type { DecisionModel } from './decision-model.ts';
import { nodeOf } from './process-model.ts';
import type { ProcessModel, ProcessNode } from './process-model.ts';
import type { Instant, StepContext, TraceEntry, Variables } from './types.ts';

/** What an incident does when it is tried again. */
export type RetryMode = 'enter' | 'leave' | 'arm' | 'arrive';

/** Something at rest: a running scope, a wait, an event gateway. Short names, because it is stored. */
export interface Item {
  /** Execution id. */
  readonly x: string;
  /** Element id. */
  readonly e: string;
  /** Execution id of the scope it lies in; the root scope has none. */
  readonly s?: string;
  readonly k: 'scope' | 'task' | 'effect' | 'timer' | 'message' | 'gate' | 'incident';
  readonly at: Instant;
  /** Execution id of its host: the activity of a boundary event, the gateway of an arm, the scope of an event sub-process. */
  readonly h?: string;
  readonly due?: Instant;
  readonly every?: string;
  readonly left?: number;
  readonly input?: Variables;
  /** Incident: code, reason, how to retry, flow it came by, how many tokens it stands for. */
  readonly code?: string;
  readonly why?: string;
  readonly m?: RetryMode;
  readonly f?: string;
  readonly c?: number;
  /** Scope: it was interrupted, its event sub-processes listen no more. */
  readonly i?: true;
}

/** A token on its way to an element. */
export interface Arrival {
  readonly node: string;
  readonly scope: string;
  /** The flow it came by; absent at starts and retries. */
  readonly flow?: string;
  /** Execution id of the incident that is tried again: its boundary events stay. */
  readonly again?: string;
}

/** Tokens that wait at a parallel or inclusive join, by incoming flow. */
export interface Join {
  readonly node: string;
  readonly scope: string;
  readonly tokens: Map<string, number>;
}

export interface LiveCase {
  readonly model: ProcessModel;
  readonly decisions: DecisionModel;
  readonly context: StepContext;
  readonly items: Map<string, Item>;
  readonly joins: Map<string, Join>;
  readonly queue: Arrival[];
  readonly trace: TraceEntry[];
  variables: Variables;
  counter: number;
  /** Elements visited since the stimulus. */
  visits: number;
  /** The end event that names the result, once reached. */
  end?: string;
  ended: boolean;
}

/** Execution id of the process itself. */
export const ROOT = '';
export const STEP_LIMIT = 10_000;

export function newExecution(live: LiveCase, elementId: string): string {
  live.counter += 1;
  return `${elementId}#${live.counter}`;
}

export function putItem(live: LiveCase, item: Item): void {
  live.items.set(item.x, item);
}

export function scopeOf(item: Item): string {
  return item.s ?? ROOT;
}

export function hostedBy(live: LiveCase, host: string): readonly Item[] {
  return [...live.items.values()].filter((item) => item.h === host);
}

/** Inside a scope, without the starts of event sub-processes that only listen. */
export function livingIn(live: LiveCase, scope: string): readonly Item[] {
  return [...live.items.values()].filter((item) => item.s === scope && item.h !== scope);
}

export function note(live: LiveCase, kind: 'entered' | 'completed' | 'cancelled', elementId: string, executionId: string): void {
  live.trace.push({ kind, elementId, executionId, at: live.context.now });
}

export interface Failure {
  readonly code: string;
  readonly reason: string;
}

/** The token stays here as an incident; a person decides. */
export function fail(
  live: LiveCase,
  at: Pick<Item, 'x' | 'e' | 's' | 'h'>,
  failure: Failure,
  mode: RetryMode,
  more: Pick<Item, 'f' | 'c'> = {},
): void {
  putItem(live, {
    x: at.x,
    e: at.e,
    ...(at.s === undefined ? {} : { s: at.s }),
    ...(at.h === undefined ? {} : { h: at.h }),
    k: 'incident',
    at: live.context.now,
    code: failure.code,
    why: failure.reason,
    m: mode,
    ...more,
  });
  live.trace.push({
    kind: 'incident',
    elementId: at.e,
    executionId: at.x,
    at: live.context.now,
    code: failure.code,
    reason: failure.reason,
  });
}

export function nodeAt(live: LiveCase, item: Item): ProcessNode {
  return nodeOf(live.model, item.e);
}
