// A compiled process: plain indexed tables, frozen, shared by all cases of a version. Read by the catalogue and by queries too.

export type NodeKind =
  | 'startEvent'
  | 'endEvent'
  | 'catchEvent'
  | 'throwEvent'
  | 'boundaryEvent'
  | 'task'
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
  | 'complexGateway'
  | 'eventBasedGateway'
  | 'callActivity'
  | 'subProcess'
  | 'eventSubProcess';

/** When a timer is due. `body` of `feel` gives ISO text of a duration, a date or a cycle. */
export type TimerRule =
  | { readonly kind: 'duration' | 'date' | 'cycle'; readonly body: string; readonly isFeel: boolean }
  | { readonly kind: 'deadline'; readonly body: string; readonly isFeel: false };

export type EventTrigger =
  | { readonly kind: 'none' | 'terminate' | 'cancel' }
  | { readonly kind: 'message'; readonly message: string }
  | { readonly kind: 'timer'; readonly timer: TimerRule }
  | { readonly kind: 'signal'; readonly signal: string }
  /** FEEL without the leading `=`. */
  | { readonly kind: 'condition'; readonly condition: string }
  /** Without a code it catches every error. */
  | { readonly kind: 'error'; readonly code?: string }
  /** Without a code it catches every escalation. */
  | { readonly kind: 'escalation'; readonly code?: string }
  /** Thrown: `activity` is compensated, without it everything of the scope. */
  | { readonly kind: 'compensation'; readonly activity?: string; readonly waits: boolean }
  | { readonly kind: 'link'; readonly link: string }
  /** Catching: one of them is enough, or all are needed (`parallel`). Throwing: all are thrown. */
  | { readonly kind: 'multiple'; readonly triggers: readonly EventTrigger[]; readonly parallel: boolean };

/** Repetition of an activity (BPMN 2.0.2, 10.3.8). Expressions are FEEL without the leading `=`. */
export type LoopRule =
  | { readonly kind: 'standard'; readonly testBefore: boolean; readonly maximum?: number; readonly condition?: string }
  | {
      readonly kind: 'multi';
      readonly isSequential: boolean;
      readonly cardinality?: string;
      /** Names under which the collection may be found, the first one is preferred. */
      readonly collection?: readonly string[];
      /** Local variable of an instance with its item of the collection. */
      readonly item?: string;
      readonly outputCollection?: string;
      /** Local variable whose value an instance gives to the output collection. */
      readonly outputItem?: string;
      readonly completion?: string;
      readonly behavior: 'none' | 'one' | 'all' | 'complex';
      /** What instances throw when they complete, by `behavior`; a condition only with `complex`. */
      readonly throws: readonly { readonly condition?: string; readonly trigger: EventTrigger }[];
    };

/** One data association: `names` of what is read, and where it goes (BPMN 2.0.2, 10.4.2). */
export interface DataCopy {
  readonly names: readonly string[];
  readonly target: string;
  /** FEEL. */
  readonly transformation?: string;
  readonly assignments: readonly { readonly from: string; readonly to: string }[];
}

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
  /** Role of officers who may do the applicant's task for him. */
  readonly standIn?: string;
  /** A task that may be done and that nobody has to do. */
  readonly offer?: true;
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
  /** `spis:output` mappings, evaluated when the step is completed. */
  readonly outputs: readonly { readonly name: string; readonly value: string }[];
  readonly dataIn?: readonly DataCopy[];
  readonly dataOut?: readonly DataCopy[];
  /** FEEL of `spis:key`: which of several messages with one name is meant. */
  readonly key?: string;
  readonly loop?: LoopRule;
  /** Call activities: key in `ProcessModel.library`. */
  readonly calls?: string;
  readonly isTransaction?: true;
  readonly adHoc?: { readonly isSequential: boolean; readonly completion?: string; readonly cancelsRemaining: boolean };
  readonly isForCompensation?: true;
  /** Compensation boundary events: the activity that undoes. */
  readonly handler?: string;
  /** Tokens needed to start, and tokens given to every flow taken; absent means 1. */
  readonly startQuantity?: number;
  readonly completionQuantity?: number;
  /** Complex gateways: FEEL of the activation condition. */
  readonly activation?: string;
  /** Event-based gateways: how many of the events are waited for. */
  readonly waitsFor?: 'one' | 'all';
  /** Event-based gateways and receive tasks that start a process. */
  readonly instantiates?: true;
  /** Throwing link events: the catching one. */
  readonly linkTarget?: string;
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
  /** Start events; when there are none, everything that no flow leads to. */
  readonly starts: readonly string[];
  /** Data objects and properties that belong to it: null until written, and gone with it. */
  readonly data: readonly string[];
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
  readonly isExecutable: boolean;
  /** Processes and global tasks that can be running in a case of this one, by id; itself too. */
  readonly library: ReadonlyMap<string, ProcessModel>;
  /** A global task dressed as a process of one step. */
  readonly isGlobalTask?: true;
  /** Plain BPMN: outputs without a named variable are merged into the variables. */
  readonly bare?: true;
}

/** A node that is known to be there: ids in a compiled model are checked. */
export function nodeOf(model: ProcessModel, id: string): ProcessNode {
  const node = model.nodes.get(id);
  if (!node) throw new Error(`element ${id} is not in process ${model.processId}`);
  return node;
}

/** What an event reacts to or throws: the parts of a multiple one, else the one it has; nothing for a plain event. */
export function triggersOf(node: ProcessNode): readonly EventTrigger[] {
  if (node.event === undefined || node.event.kind === 'none') return [];
  return node.event.kind === 'multiple' ? node.event.triggers : [node.event];
}

/** The element wherever it lies: in the process itself or in one that it calls. */
export function findNode(model: ProcessModel, id: string): ProcessNode | undefined {
  const own = model.nodes.get(id);
  if (own) return own;
  for (const called of model.library.values()) {
    const node = called.nodes.get(id);
    if (node) return node;
  }
  return undefined;
}

/** Elements of the process and of all that it calls. */
export function allNodes(model: ProcessModel): readonly ProcessNode[] {
  const models = new Set([model, ...model.library.values()]);
  return [...models].flatMap((each) => [...each.nodes.values()]);
}
