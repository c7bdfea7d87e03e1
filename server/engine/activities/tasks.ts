// Tasks: what each kind does when it is performed (BPMN 2.0.2, 13.3.3).
import { complete } from '../complete.ts';
import { decide } from '../decide.ts';
import { DecisionError } from '../decision-model.ts';
import { inputOf, takeOutput } from '../data/mappings.ts';
import { evaluate, variablesAt } from '../expressions.ts';
import { listen } from '../listen.ts';
import { fail } from '../live-case.ts';
import type { Item, LiveCase } from '../live-case.ts';
import type { ProcessNode } from '../process-model.ts';
import { dayOf } from '../timer-text.ts';
import type { Variables } from '../types.ts';
import { throwLater } from '../events/throw.ts';

export function performTask(live: LiveCase, item: Item, node: ProcessNode): void {
  const input = inputOf(live, item);
  if ('failure' in input) {
    fail(live, item, input.failure, 'enter');
    return;
  }
  switch (node.kind) {
    case 'task':
      complete(live, item);
      return;
    case 'scriptTask':
      if (live.context.answeredOutside?.has(node.id) === true) rest(item, 'effect', input.value);
      else compute(live, item, node, input.value);
      return;
    case 'businessRuleTask':
      if (node.decision === undefined) rest(item, 'effect', input.value);
      else makeDecision(live, item, node.decision, input.value);
      return;
    case 'receiveTask':
      listen(live, item, 'enter');
      return;
    case 'sendTask':
      if (node.effect === undefined && item.model.bare !== true && node.messageName !== undefined)
        throwLater(live, item, [{ kind: 'message', message: node.messageName }]);
      else rest(item, 'effect', input.value);
      return;
    case 'serviceTask':
      rest(item, 'effect', input.value);
      return;
    default:
      rest(item, 'task', input.value);
  }
}

function rest(item: Item, kind: 'task' | 'effect', input: Variables): void {
  item.k = kind;
  if (Object.keys(input).length > 0) item.input = input;
}

function compute(live: LiveCase, item: Item, node: ProcessNode, input: Variables): void {
  if (node.script === undefined || node.script === '') {
    complete(live, item);
    return;
  }
  const outcome = evaluate(live, item, node.script, input);
  const failure = 'failure' in outcome ? outcome.failure : takeOutput(live, item, outcome.value, node.id);
  if (failure) fail(live, item, failure, 'enter');
  else complete(live, item);
}

function makeDecision(live: LiveCase, item: Item, decision: string, input: Variables): void {
  try {
    const result = decide(live.decisions, decision, variablesAt(live, item, input), { today: dayOf(live.context.now) });
    for (const made of result.trace) live.trace.push({ kind: 'decision', elementId: item.e, at: live.context.now, decision: made });
    const failure = takeOutput(live, item, result.output, item.e);
    if (failure) fail(live, item, failure, 'enter');
    else complete(live, item);
  } catch (error) {
    if (!(error instanceof DecisionError)) throw error;
    fail(live, item, { code: 'decision-failed', reason: error.message }, 'enter');
  }
}
