// What can bring a process to life in the world: by message and signal for every process of the file, by time and condition for those that
// were asked for and have no plain start (BPMN 2.0.2, 10.5.2, 10.6.6, 13.2).
import { evaluateCondition, evaluateFeel, FeelError } from '../../../forms/feel.ts';
import { nodeOf } from '../process-model.ts';
import type { EventTrigger, ProcessModel, ProcessNode, TimerRule } from '../process-model.ts';
import { dayOf, dueOf, nextAfter } from '../timer-text.ts';
import type { Due } from '../timer-text.ts';
import type { Instant, Variables } from '../types.ts';
import type { Stop } from './request.ts';

/** A way to start a process: one element, with what it listens for. */
export interface StandingStart {
  readonly node: ProcessNode;
  readonly triggers: readonly EventTrigger[];
  /** All triggers have to come, not one of them. */
  readonly needsAll: boolean;
}

export interface TimerStart {
  readonly model: ProcessModel;
  readonly element: string;
  readonly due: Due;
}

/** Start events, receive tasks and gateways that start the process, in the order drawn. */
export function standingStarts(model: ProcessModel): readonly StandingStart[] {
  return entries(model).flatMap((node): readonly StandingStart[] => {
    if (node.kind === 'receiveTask' && node.instantiates)
      return [{ node, triggers: [{ kind: 'message', message: node.messageName ?? '' }], needsAll: false }];
    if (node.kind === 'eventBasedGateway' && node.instantiates) return armsOf(model, node);
    if (node.kind !== 'startEvent' || node.event === undefined) return [];
    const { event } = node;
    if (event.kind === 'multiple') return [{ node, triggers: event.triggers, needsAll: event.parallel }];
    return event.kind === 'none' ? [] : [{ node, triggers: [event], needsAll: false }];
  });
}

/** A process without start events begins at what no flow leads to. */
export function startsPlainly(model: ProcessModel): boolean {
  const nodes = entries(model);
  return nodes.some((node) => (node.kind === 'startEvent' ? (node.event?.kind ?? 'none') === 'none' : !node.instantiates));
}

function entries(model: ProcessModel): readonly ProcessNode[] {
  return (model.scopes.get(model.processId)?.starts ?? []).map((id) => nodeOf(model, id));
}

function armsOf(model: ProcessModel, gateway: ProcessNode): readonly StandingStart[] {
  return gateway.outgoing.flatMap((flow): StandingStart[] => {
    const node = nodeOf(model, model.flows.get(flow)?.target ?? '');
    if (node.kind === 'receiveTask') return [{ node, triggers: [{ kind: 'message', message: node.messageName ?? '' }], needsAll: false }];
    return node.event ? [{ node, triggers: [node.event], needsAll: false }] : [];
  });
}

/** Starts that such a message or signal is for. */
export function startsFor(
  model: ProcessModel,
  post: { readonly kind: 'message' | 'signal'; readonly name: string },
): readonly StandingStart[] {
  return standingStarts(model).filter(({ triggers }) => triggers.some((trigger) => answers(trigger, post)));
}

export function answers(trigger: EventTrigger, post: { readonly kind: 'message' | 'signal'; readonly name: string }): boolean {
  if (trigger.kind === 'message') return post.kind === 'message' && trigger.message === post.name;
  if (trigger.kind === 'signal') return post.kind === 'signal' && trigger.signal === post.name;
  return false;
}

/** The timers of its starts, armed at `now`; or why one of them cannot be. */
export function timerStarts(model: ProcessModel, variables: Variables, now: Instant): readonly TimerStart[] | Stop {
  const armed: TimerStart[] = [];
  for (const { node, triggers, needsAll } of standingStarts(model)) {
    for (const trigger of triggers) {
      if (needsAll || trigger.kind !== 'timer' || trigger.timer.kind === 'deadline') continue;
      const due = dueFor(trigger.timer, variables, now);
      if ('reason' in due) return { code: 'expression-failed', element: node.id, reason: due.reason };
      armed.push({ model, element: node.id, due });
    }
  }
  return armed;
}

type PlainTimer = Exclude<TimerRule, { kind: 'deadline' }>;

function dueFor({ kind, body, isFeel }: PlainTimer, variables: Variables, now: Instant): Due | { readonly reason: string } {
  try {
    const text = isFeel ? String(evaluateFeel(body, variables, { today: dayOf(now) })) : body;
    return dueOf(kind, text, now);
  } catch (error) {
    // FEEL and Temporal answer by throwing; to a model's fault belongs a value.
    if (error instanceof FeelError || error instanceof RangeError) return { reason: error.message };
    throw error;
  }
}

/** The next occurrence of a repeating start. */
export function afterFiring(start: TimerStart): TimerStart | undefined {
  const { at, every, left } = start.due;
  const due = every === undefined ? undefined : nextAfter(at, every, left, at);
  return due && { ...start, due };
}

/** Id of the start whose condition holds with these variables. One that cannot be evaluated yet does not hold. */
export function conditionalStart(model: ProcessModel, variables: Variables, now: Instant): string | undefined {
  const isTrue = (trigger: EventTrigger): boolean => trigger.kind === 'condition' && holds(trigger.condition, variables, now);
  return standingStarts(model).find(({ triggers, needsAll }) => !needsAll && triggers.some(isTrue))?.node.id;
}

function holds(condition: string, variables: Variables, now: Instant): boolean {
  try {
    return evaluateCondition(condition, variables, { today: dayOf(now) });
  } catch (error) {
    if (error instanceof FeelError) return false;
    throw error;
  }
}
