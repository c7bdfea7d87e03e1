// A compiled process: plain indexed tables, frozen, shared by all cases of a version. Read by the catalogue and by queries too.

export type NodeKind =
  | 'startEvent'
  | 'endEvent'
  | 'catchEvent'
  | 'throwEvent'
  | 'boundaryEvent'
  | 'userTask'
  | 'manualTask'
  | 'serviceTask'
  | 'sendTask'
  | 'receiveTask'
  | 'businessRuleTask'
  | 'scriptTask'
  | 'exclusiveGateway'
  | 'parallelGateway'
  | 'inclusiveGateway'
  | 'eventBasedGateway'
  | 'subProcess'
  | 'eventSubProcess';

/** When a timer is due. `body` of `feel` gives ISO text of a duration, a date or a cycle. */
export type TimerRule =
  | { readonly kind: 'duration' | 'date' | 'cycle'; readonly body: string; readonly isFeel: boolean }
  | { readonly kind: 'deadline'; readonly body: string; readonly isFeel: false };

export type EventTrigger =
  | { readonly kind: 'none' | 'terminate' }
  | { readonly kind: 'message'; readonly message: string }
  | { readonly kind: 'timer'; readonly timer: TimerRule }
  /** Without a code it catches every error. */
  | { readonly kind: 'error'; readonly code?: string };

export interface CitizenText {
  readonly title: string;
  /** `office`, `citizen`, `outside` or `system`: who is on the move. */
  readonly who: string;
  readonly text: string;
}

/** What the completion of an element means for a deadline of the situation. */
export interface DeadlineEventRule {
  readonly deadline: string;
  readonly type: string;
  /** By word (`date`, `ref`, `reason` …): a literal, or FEEL with a leading `=`. */
  readonly values: Readonly<Record<string, string>>;
}

export interface ProcessNode {
  readonly id: string;
  readonly kind: NodeKind;
  readonly name: string;
  /** Id of the process or (event) sub-process it lies in. */
  readonly scope: string;
  /** Id of the innermost lane. */
  readonly lane?: string;
  readonly incoming: readonly string[];
  readonly outgoing: readonly string[];
  readonly defaultFlow?: string;
  readonly form?: string;
  readonly role?: string;
  readonly effect?: string;
  readonly result?: string;
  readonly decision?: string;
  readonly deadline?: string;
  /** Timers with a deadline: they are due before its end, `P5D` = 5 days left, `50%` = half of it is gone. */
  readonly deadlineWarning?: string;
  readonly deadlineEvents?: readonly DeadlineEventRule[];
  readonly outcome?: string;
  /** FEEL of a script task. */
  readonly script?: string;
  readonly messageName?: string;
  /** Events only. */
  readonly event?: EventTrigger;
  /** Boundary events only. */
  readonly attachedTo?: string;
  /** Boundary events and start events of event sub-processes; true elsewhere. */
  readonly isInterrupting: boolean;
  /** Ids of the boundary events on this activity. */
  readonly boundaries: readonly string[];
  readonly inputs: readonly { readonly name: string; readonly value: string }[];
  /** By language: `cs`, `en`. */
  readonly citizen: Readonly<Record<string, CitizenText>>;
  readonly documentation?: string;
}

export interface ProcessFlow {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  readonly target: string;
  readonly scope: string;
  /** FEEL without the leading `=`. */
  readonly condition?: string;
}

/** The process itself or a sub-process: what starts in it. */
export interface ProcessScope {
  readonly id: string;
  readonly starts: readonly string[];
  /** Event sub-processes lying directly in it. */
  readonly eventSubProcesses: readonly string[];
}

export interface ProcessModel {
  readonly processId: string;
  readonly name: string;
  readonly documentation?: string;
  readonly nodes: ReadonlyMap<string, ProcessNode>;
  readonly flows: ReadonlyMap<string, ProcessFlow>;
  readonly scopes: ReadonlyMap<string, ProcessScope>;
  readonly lanes: readonly { readonly id: string; readonly name: string }[];
  readonly hasDiagram: boolean;
  /** For an inclusive join: by incoming flow, the nodes a token can come from without passing the join. */
  readonly joinReach: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;
}

/** A node that is known to be there: ids in a compiled model are checked. */
export function nodeOf(model: ProcessModel, id: string): ProcessNode {
  const node = model.nodes.get(id);
  if (!node) throw new Error(`element ${id} is not in process ${model.processId}`);
  return node;
}
