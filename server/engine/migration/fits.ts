// Whether what rests at one element can go on resting at another: the same kind of wait for the same thing.
import type { EventTrigger, ProcessModel, ProcessNode } from '../process-model.ts';
import type { Reason } from './plan.ts';

type Misfit = Reason['code'] | undefined;

/** The kinds a token rests at in the same way. */
const families: readonly (readonly ProcessNode['kind'][])[] = [
  ['userTask', 'manualTask', 'task'],
  ['serviceTask', 'sendTask'],
];
const isFamily = (a: ProcessNode['kind'], b: ProcessNode['kind']): boolean =>
  a === b || families.some((family) => family.includes(a) && family.includes(b));

/** Why the old element's token cannot rest at the new one; undefined when it can. Forms, roles, names and timers' rules may differ. */
export function misfit(old: ProcessNode, fresh: ProcessNode): Misfit {
  if (!isFamily(old.kind, fresh.kind)) return 'kind-differs';
  if ((old.effect ?? '') !== (fresh.effect ?? '')) return 'effect-differs';
  if (loopOf(old) !== loopOf(fresh)) return 'loop-differs';
  if (old.calls !== fresh.calls) return 'call-differs';
  if ((old.isTransaction === true) !== (fresh.isTransaction === true) || (old.adHoc === undefined) !== (fresh.adHoc === undefined))
    return 'kind-differs';
  if (old.isInterrupting !== fresh.isInterrupting) return 'event-differs';
  return sameTrigger(old, fresh) ? undefined : 'event-differs';
}

const loopOf = ({ loop }: ProcessNode): string =>
  loop === undefined ? '' : loop.kind === 'standard' ? 'standard' : `multi ${loop.isSequential}`;

function sameTrigger(old: ProcessNode, fresh: ProcessNode): boolean {
  if (old.kind === 'receiveTask') return old.messageName === fresh.messageName;
  if (old.kind === 'endEvent' || old.kind === 'throwEvent') return true;
  return listensTo(old.event) === listensTo(fresh.event);
}

/** What an event waits for; two timers are alike, because a running one keeps its due time. */
function listensTo(event: EventTrigger | undefined): string {
  if (event === undefined) return '';
  switch (event.kind) {
    case 'message':
      return `message ${event.message}`;
    case 'signal':
      return `signal ${event.signal}`;
    case 'error':
    case 'escalation':
      return `${event.kind} ${event.code ?? ''}`;
    case 'multiple':
      return `multiple ${event.parallel} ${event.triggers.map(listensTo).join(',')}`;
    default:
      return event.kind;
  }
}

const RESTING: ReadonlySet<ProcessNode['kind']> = new Set([
  'task',
  'userTask',
  'manualTask',
  'serviceTask',
  'sendTask',
  'receiveTask',
  'businessRuleTask',
  'scriptTask',
  'callActivity',
  'subProcess',
  'eventSubProcess',
  'catchEvent',
  'boundaryEvent',
  'eventBasedGateway',
  'complexGateway',
]);

/** Can anything of a case rest here, if only as an incident or at a join? */
export const isPlace = (node: ProcessNode): boolean =>
  RESTING.has(node.kind) || ((node.kind === 'parallelGateway' || node.kind === 'inclusiveGateway') && node.incoming.length > 1);

/** Can a token be put before it? Boundary events, starts and event sub-processes begin by themselves. */
export const isEnterable = (node: ProcessNode): boolean =>
  !['boundaryEvent', 'startEvent', 'eventSubProcess'].includes(node.kind) && node.isForCompensation !== true;

/** How deep it lies: 0 directly in the process. */
export function depthOf(model: ProcessModel, node: ProcessNode): number {
  const scope = model.nodes.get(node.scope);
  return scope === undefined ? 0 : 1 + depthOf(model, scope);
}
