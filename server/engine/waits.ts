// What rests, told to the caller: everything that is open now and what it waits for.
import { endsAdHoc } from './events/conditions.ts';
import { localVariables } from './expressions.ts';
import { arrived } from './gateways/joins.ts';
import { reachOf } from './join-reach.ts';
import { messageOf, triggerAt } from './listen.ts';
import { insideOf, isInstance } from './live-case.ts';
import type { Item, LiveCase } from './live-case.ts';
import type { ProcessNode } from './process-model.ts';
import type { StepResult, Variables, Wait } from './types.ts';

export function waitsOf(live: LiveCase): readonly Wait[] {
  const waits: Wait[] = [];
  for (const item of live.items.values()) {
    const wait = item.node && waitOf(live, item, item.node);
    if (wait) waits.push(wait);
  }
  return waits;
}

/** An end without `spis:outcome` gives the outcome `ended`. */
export function endOf(live: LiveCase): Pick<StepResult, 'ended'> {
  if (!live.ended) return {};
  const node = live.end === undefined ? undefined : live.model.nodes.get(live.end);
  return { ended: { elementId: live.end ?? live.model.processId, outcome: node?.outcome ?? 'ended' } };
}

function waitOf(live: LiveCase, item: Item, node: ProcessNode): Wait | undefined {
  switch (item.k) {
    case 'task':
      return {
        ...baseOf(live, item, node),
        kind: 'task',
        role: node.role ?? '',
        input: item.input ?? {},
        ...deadlineOf(node),
        ...(node.form === undefined ? {} : { form: node.form }),
      };
    case 'effect':
      return { ...baseOf(live, item, node), kind: 'effect', effect: node.effect ?? '', input: item.input ?? {}, ...localsOf(live, item) };
    case 'timer': {
      const standsStill = item.isStill === true || live.suspendedAt !== undefined;
      return {
        ...baseOf(live, item, node),
        kind: 'timer',
        dueAt: standsStill ? null : (item.due ?? item.at),
        ...attached(node),
        ...deadlineOf(node),
      };
    }
    case 'message': {
      const key = item.key === undefined ? {} : { key: item.key };
      return { ...baseOf(live, item, node), kind: 'message', message: messageOf(item), ...attached(node), ...key };
    }
    case 'signal': {
      const trigger = triggerAt(item);
      return { ...baseOf(live, item, node), kind: 'signal', signal: trigger.kind === 'signal' ? trigger.signal : '', ...attached(node) };
    }
    case 'condition':
      return { ...baseOf(live, item, node), kind: 'condition', ...(endsAdHoc(item) ? {} : attached(node)) };
    case 'join':
      return isStuck(item) ? { ...baseOf(live, item, node), kind: 'join', arrived: arrived(item) } : undefined;
    case 'incident':
      return incidentOf(live, item, node);
    default:
      return undefined;
  }
}

/** What the case's own variables do not tell: letters and mails of such a step are written by it. */
function localsOf(live: LiveCase, item: Item): { locals?: Variables } {
  const own = localVariables(live, item);
  return Object.keys(own).length === 0 ? {} : { locals: own };
}

function incidentOf(live: LiveCase, item: Item, node: ProcessNode): Wait {
  const { code = '', why = '', error } = item.incident ?? {};
  return { ...baseOf(live, item, node), kind: 'incident', code, reason: why, ...(error ? { error } : {}) };
}

/** Nothing can come any more to a flow that still lacks its token; or everything beside it is a join too. */
function isStuck(join: Item): boolean {
  const { parent, node, tokens } = join;
  if (!parent || !node || join.first) return false;
  const others = [...parent.inside].filter((item) => item !== join);
  if (others.every((item) => item.k === 'join')) return true;
  if (node.kind !== 'parallelGateway' && node.kind !== 'complexGateway') return false;
  const reach = [...reachOf(insideOf(parent), node.id)].filter(([flow]) => node.kind === 'complexGateway' || tokens?.has(flow) !== true);
  const hopeless = reach.filter(([, from]) => !others.some((item) => from.has(item.e)));
  return node.kind === 'complexGateway' ? hopeless.length === reach.length : hopeless.length > 0;
}

function baseOf(
  live: LiveCase,
  item: Item,
  node: ProcessNode,
): Pick<Wait, 'executionId' | 'elementId' | 'name' | 'since' | 'instance' | 'process'> {
  const instance = instanceOf(item);
  return {
    executionId: item.x,
    elementId: item.e,
    name: node.name,
    since: item.at,
    ...(instance ? { instance } : {}),
    ...(item.model === live.model ? {} : { process: item.model.processId }),
  };
}

/** Of the multi-instance activity nearest around it. */
function instanceOf(item: Item): Wait['instance'] {
  for (let at: Item | undefined = item; at; at = at.parent ?? at.host) {
    if (!isInstance(at) || at.index === undefined || at.node?.loop?.kind !== 'multi') continue;
    const of = at.parent?.rounds?.total;
    return { index: at.index, ...(of === undefined ? {} : { of }) };
  }
  return undefined;
}

const attached = (node: ProcessNode): { attachedTo?: string } => (node.attachedTo === undefined ? {} : { attachedTo: node.attachedTo });
const deadlineOf = (node: ProcessNode): { deadline?: string } => (node.deadline === undefined ? {} : { deadline: node.deadline });
