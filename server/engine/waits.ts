// What rests, told to the caller: tasks, effects, timers, messages and incidents that are open now.
import { nodeAt } from './live-case.ts';
import type { Item, LiveCase } from './live-case.ts';
import type { StepResult, Wait } from './types.ts';

export function waitsOf(live: LiveCase): readonly Wait[] {
  return [...live.items.values()].flatMap((item) => waitOf(live, item) ?? []);
}

/** An end without `spis:outcome` gives the outcome `ended`. */
export function endOf(live: LiveCase): Pick<StepResult, 'ended'> {
  if (!live.ended) return {};
  const node = live.end === undefined ? undefined : live.model.nodes.get(live.end);
  return { ended: { elementId: live.end ?? live.model.processId, outcome: node?.outcome ?? 'ended' } };
}

function waitOf(live: LiveCase, item: Item): Wait | undefined {
  if (item.k === 'scope' || item.k === 'gate') return undefined;
  const node = nodeAt(live, item);
  const base = { executionId: item.x, elementId: item.e, name: node.name, since: item.at };
  const attachedTo = node.attachedTo === undefined ? {} : { attachedTo: node.attachedTo };
  const deadline = node.deadline === undefined ? {} : { deadline: node.deadline };
  switch (item.k) {
    case 'task':
      return {
        ...base,
        kind: 'task',
        role: node.role ?? '',
        input: item.input ?? {},
        ...deadline,
        ...(node.form === undefined ? {} : { form: node.form }),
      };
    case 'effect':
      return { ...base, kind: 'effect', effect: node.effect ?? '', input: item.input ?? {} };
    case 'timer':
      return { ...base, kind: 'timer', dueAt: item.due ?? item.at, ...attachedTo, ...deadline };
    case 'message':
      return { ...base, kind: 'message', message: node.messageName ?? '', ...attachedTo };
    case 'incident':
      return { ...base, kind: 'incident', code: item.code ?? '', reason: item.why ?? '' };
  }
}
