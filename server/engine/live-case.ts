// A case in memory while a stimulus is worked off: what rests (items), what moves (queue), and the trace of it.
// Only these functions change where an item stands; the saved form is in `saved-state.ts`.
import type { DecisionModel } from './decision-model.ts';
import type { EventTrigger, ProcessModel, ProcessNode, ProcessScope } from './process-model.ts';
import type { Instant, Json, StepContext, Thrown, TraceEntry, Variables } from './types.ts';

/** What an incident does when it is tried again. */
export type RetryMode = 'enter' | 'leave' | 'arm' | 'arrive' | 'round';

/** `busy` and `throw` exist only within a step: an element at work, an event that throws when nothing else can move. */
export type ItemKind =
  | 'scope'
  | 'loop'
  | 'multi'
  | 'undo'
  | 'task'
  | 'effect'
  | 'timer'
  | 'message'
  | 'signal'
  | 'condition'
  | 'any'
  | 'gate'
  | 'join'
  | 'incident'
  | 'busy'
  | 'throw';

/** An activity that has completed and can be compensated, with the data it had then (BPMN 2.0.2, 13.5.5). */
export interface Done {
  readonly e: string;
  readonly vars?: Variables;
  /** What had completed inside it, in that order; present for scopes. */
  readonly done?: readonly Done[];
}

/** One thing in a case: a running scope, a wait, a listener, a join. It lies in a scope (`parent`) or listens beside one (`host`). */
export interface Item {
  /** Number within the case; the process of the case itself has 0. */
  readonly n: number;
  /** Execution id. */
  readonly x: string;
  readonly e: string;
  /** The process the element belongs to. */
  model: ProcessModel;
  /** The process of the case itself has no node. */
  node?: ProcessNode;
  k: ItemKind;
  at: Instant;
  parent?: Item;
  /** The activity of a boundary event, the gateway of an arm, the scope of an event sub-process, the event of a part. */
  host?: Item;
  readonly inside: Set<Item>;
  readonly hosted: Set<Item>;
  isGone: boolean;
  /** Its completion has been told already. */
  isNoted?: boolean;
  /** Variables of its own; the case's or a called process's variables at a process. */
  vars?: Record<string, Json>;
  /** `vars` with constants and declared names, as long as nothing changes. */
  seen?: Variables;
  /** Call activities: the process inside. */
  calls?: ProcessModel;
  due?: Instant;
  every?: string;
  left?: number;
  /** A timer that stands still until it is set again. */
  isStill?: boolean;
  key?: string;
  input?: Variables;
  /** Conditions: value when last looked at. */
  was?: boolean;
  /** Parts of a multiple event: which trigger; those of a parallel one that have come. */
  trigger?: number;
  came?: number[];
  incident?: Incident;
  /** A scope that was interrupted: its event sub-processes listen no more. */
  isInterrupted?: boolean;
  done?: Done[];
  /** Compensation under way: what is still to be undone, the next one last. */
  toUndo?: Done[];
  /** The throw event goes on when all is undone. */
  resumes?: boolean;
  /** Joins: tokens by incoming flow; a complex gateway in its second phase knows the flows of the first. */
  tokens?: Map<string, number>;
  first?: readonly string[];
  joins?: Map<string, Item>;
  rounds?: Rounds;
  /** Number of an instance of a loop or multi-instance activity, from 1. */
  index?: number;
  /** What an instance gives to the output collection. */
  given?: Json;
  /** Called processes: names written since the call; only they are given back. */
  wrote?: Set<string>;
  /** Ad-hoc: elements that wait for their turn, and whether the completion condition was met. */
  queued?: string[];
  isEnough?: boolean;
  /** What an event throws. */
  throws?: readonly EventTrigger[];
}

/** How far a loop or multi-instance activity has come. */
export interface Rounds {
  total?: number;
  started: number;
  completed: number;
  /** The collection, as long as a sequential activity still needs it. */
  list?: readonly Json[];
  out?: [index: number, value: Json][];
  isEnough?: boolean;
}

export interface Incident {
  readonly code: string;
  readonly why: string;
  readonly mode: RetryMode;
  readonly flow?: string;
  readonly count?: number;
  readonly error?: { readonly code: string; readonly elementId: string };
}

/** A token on its way to an element. */
export interface Arrival {
  readonly node: string;
  readonly scope: Item;
  /** The flow it came by; absent at starts and retries. */
  readonly flow?: string;
  /** The incident that is tried again: its boundary events stay. */
  readonly again?: Item;
  /** Which instance of a repeated activity. */
  readonly index?: number;
}

export interface LiveCase {
  readonly model: ProcessModel;
  readonly decisions: DecisionModel;
  readonly context: StepContext;
  readonly root: Item;
  /** By execution id, in order of coming. */
  readonly items: Map<string, Item>;
  /** Inclusive and complex joins that hold tokens. */
  readonly joins: Set<Item>;
  readonly conditions: Set<Item>;
  readonly queue: Arrival[];
  readonly throws: Item[];
  /** Scopes that have lost something: they may be finished. */
  readonly touched: Set<Item>;
  readonly trace: TraceEntry[];
  readonly thrown: Thrown[];
  counter: number;
  /** A variable has changed since conditions were looked at. */
  isDirty: boolean;
  /** Elements visited since the stimulus, and when it began on the budget's clock. */
  visits: number;
  begun: number;
  isStarted: boolean;
  suspendedAt?: Instant;
  /** The end event that names the result, once reached. */
  end?: string;
  ended: boolean;
}

export function newItem(live: LiveCase, node: ProcessNode, kind: ItemKind, place: { readonly parent?: Item; readonly host?: Item }): Item {
  live.counter += 1;
  const around = place.parent ?? place.host;
  const item: Item = {
    n: live.counter,
    x: `${node.id}#${live.counter}`,
    e: node.id,
    model: place.parent ? insideOf(place.parent) : modelBeside(around ?? live.root, node),
    node,
    k: kind,
    at: live.context.now,
    inside: new Set(),
    hosted: new Set(),
    isGone: false,
    ...place,
  };
  attach(live, item);
  return item;
}

/** Boundary events and arms belong to the process of their host, event sub-processes to the one inside it. */
function modelBeside(host: Item, node: ProcessNode): ProcessModel {
  return node.kind === 'startEvent' ? insideOf(host) : host.model;
}

export function attach(live: LiveCase, item: Item): void {
  live.items.set(item.x, item);
  item.parent?.inside.add(item);
  item.host?.hosted.add(item);
}

/** A listener becomes a token in a scope, last in order. */
export function moveInto(live: LiveCase, item: Item, scope: Item): void {
  detach(live, item);
  delete item.host;
  item.parent = scope;
  item.isGone = false;
  attach(live, item);
}

function detach(live: LiveCase, item: Item): void {
  live.items.delete(item.x);
  live.joins.delete(item);
  live.conditions.delete(item);
  item.host?.hosted.delete(item);
  const scope = item.parent;
  if (!scope) return;
  scope.inside.delete(item);
  if (item.k === 'join') scope.joins?.delete(item.e);
  live.touched.add(scope);
}

/** Takes the item away with everything that listens beside it; what is inside it is the caller's matter. */
export function remove(live: LiveCase, item: Item): void {
  if (item.isGone) return;
  item.isGone = true;
  detach(live, item);
  dropHosted(live, item);
}

export function dropHosted(live: LiveCase, host: Item): void {
  for (const hosted of [...host.hosted]) remove(live, hosted);
}

/** The process that elements inside this item belong to. */
export function insideOf(item: Item): ProcessModel {
  return item.calls ?? item.model;
}

/** Row of the tables for the inside of a scope; nothing for other items. */
export function scopeRow(item: Item): ProcessScope | undefined {
  if (item.k !== 'scope' && !(item.k === 'undo' && item.parent?.k === 'undo')) return undefined;
  return item.calls ? item.calls.scopes.get(item.calls.processId) : item.model.scopes.get(item.e);
}

/** One run of a loop, one instance of a multi-instance activity: it lies in the item of the activity itself. */
export function isInstance(item: Item): boolean {
  return item.parent !== undefined && isBody(item.parent) && item.parent.node === item.node;
}

export function isBody(item: Item): boolean {
  return item.rounds !== undefined;
}

export function note(
  live: LiveCase,
  kind: 'entered' | 'completed' | 'cancelled',
  item: Item,
  more: { readonly locals?: Variables } = {},
): void {
  live.trace.push({
    kind,
    elementId: item.e,
    executionId: item.x,
    at: live.context.now,
    ...(item.model === live.model ? {} : { process: item.model.processId }),
    ...(item.rounds ? { body: true as const } : {}),
    ...more,
  });
}

export interface Failure {
  readonly code: string;
  readonly reason: string;
}

/** The token stays here as an incident; a person decides. */
export function fail(
  live: LiveCase,
  item: Item,
  failure: Failure,
  mode: RetryMode,
  more: Pick<Incident, 'flow' | 'count' | 'error'> = {},
): void {
  item.k = 'incident';
  item.at = live.context.now;
  item.incident = { code: failure.code, why: failure.reason, mode, ...more };
  live.conditions.delete(item);
  for (const property of ['due', 'every', 'left', 'input'] as const) delete item[property];
  live.trace.push({
    kind: 'incident',
    elementId: item.e,
    executionId: item.x,
    at: live.context.now,
    code: failure.code,
    reason: failure.reason,
  });
}
