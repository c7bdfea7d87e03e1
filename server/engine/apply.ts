// A stimulus worked off to the end: until nothing moves, or the step limit stops a diagram that runs in a circle.
import { arm } from './arm.ts';
import { complete, enter, openProcess } from './enter.ts';
import { catcherOf } from './errors.ts';
import { assign } from './expressions.ts';
import { fire } from './fire.ts';
import { leave } from './flows.ts';
import { fail, newExecution, nodeAt, ROOT, scopeOf, STEP_LIMIT } from './live-case.ts';
import type { Failure, Item, LiveCase } from './live-case.ts';
import { nodeOf } from './process-model.ts';
import { settle } from './settle.ts';
import { StimulusRefused } from './types.ts';
import type { EffectAnswer, Json, Stimulus } from './types.ts';

/** Throws `StimulusRefused` before anything has changed. Faults of the diagram become incidents. */
export function apply(live: LiveCase, stimulus: Stimulus): void {
  live.visits = 0;
  if (live.ended) throw new StimulusRefused('already-ended', 'the case has ended');
  const started = live.items.size > 0;
  if (stimulus.kind === 'start' && started) throw new StimulusRefused('already-started', 'the case has started');
  if (!started && stimulus.kind !== 'start' && stimulus.kind !== 'message')
    throw new StimulusRefused('not-started', 'the case has not started');
  switch (stimulus.kind) {
    case 'start':
      live.variables = { ...live.variables, ...stimulus.variables };
      start(live, firstStart(live));
      break;
    case 'complete-task':
      completeTask(live, waiting(live, stimulus.executionId, 'task'), stimulus.output);
      break;
    case 'answer-effect':
      answerEffect(live, waiting(live, stimulus.executionId, 'effect'), stimulus.answer);
      break;
    case 'message':
      receive(live, stimulus, started);
      break;
    case 'retry':
      retry(live, waiting(live, stimulus.executionId, 'incident'));
      break;
    case 'wake':
      wake(live);
      break;
  }
  drain(live);
}

function drain(live: LiveCase): void {
  do {
    for (let next = live.queue.shift(); next; next = live.queue.shift()) {
      if (live.visits >= STEP_LIMIT) {
        live.queue.unshift(next);
        overflow(live);
        return;
      }
      live.visits += 1;
      enter(live, next);
    }
  } while (settle(live));
}

/** Tokens that were still moving become incidents, one for each element and flow however many there are. */
function overflow(live: LiveCase): void {
  const places = new Map<string, { readonly node: string; readonly scope: string; readonly flow?: string; count: number }>();
  for (const { again: _again, ...arrival } of live.queue.splice(0)) {
    const key = `${arrival.scope} ${arrival.node} ${arrival.flow ?? ''}`;
    const place = places.get(key) ?? { ...arrival, count: 0 };
    place.count += 1;
    places.set(key, place);
  }
  for (const { node, scope, flow, count } of places.values()) {
    fail(live, { x: newExecution(live, node), e: node, s: scope }, stepLimit(), 'arrive', {
      ...(flow === undefined ? {} : { f: flow }),
      ...(count > 1 ? { c: count } : {}),
    });
  }
}

/** The plain start, or the only start there is. */
function firstStart(live: LiveCase): string {
  const starts = (live.model.scopes.get(live.model.processId)?.starts ?? []).map((id) => nodeOf(live.model, id));
  const chosen = starts.find((node) => node.event?.kind === 'none') ?? starts[0];
  if (!chosen) throw new Error(`process ${live.model.processId} has no start`);
  return chosen.id;
}

function start(live: LiveCase, node: string): void {
  openProcess(live);
  live.queue.push({ node, scope: ROOT });
}

function waiting(live: LiveCase, executionId: string, kind: Item['k']): Item {
  const item = live.items.get(executionId);
  if (item?.k !== kind) throw new StimulusRefused('no-such-wait', `no ${kind} waits at ${executionId}`);
  return item;
}

function completeTask(live: LiveCase, item: Item, output: Json): void {
  const node = nodeAt(live, item);
  assign(live, node.result ?? node.id, output);
  complete(live, node, item);
}

function answerEffect(live: LiveCase, item: Item, answer: EffectAnswer): void {
  const node = nodeAt(live, item);
  if ('done' in answer) {
    if (node.result !== undefined) assign(live, node.result, answer.done);
    complete(live, node, item);
    return;
  }
  const caught = catcherOf(live, item, answer.refused);
  if (caught) caught();
  else fail(live, item, { code: 'uncaught-error', reason: `Odmítnutí „${answer.refused.code}“ v diagramu nic nezachytí.` }, 'enter');
}

function receive(live: LiveCase, stimulus: Extract<Stimulus, { kind: 'message' }>, started: boolean): void {
  if (!started) {
    startByMessage(live, stimulus.message, stimulus.payload);
    return;
  }
  const open = [...live.items.values()].filter(
    (item) =>
      item.k === 'message' &&
      nodeAt(live, item).messageName === stimulus.message &&
      (stimulus.executionId === undefined || item.x === stimulus.executionId),
  );
  if (open.length === 0) throw new StimulusRefused('no-such-wait', `nothing waits for message ${stimulus.message}`);
  // One of them may interrupt another: only those that still listen get it.
  for (const item of open) if (live.items.get(item.x) === item) fire(live, item, stimulus.payload);
}

function startByMessage(live: LiveCase, message: string, payload: Json): void {
  const starts = (live.model.scopes.get(live.model.processId)?.starts ?? []).map((id) => nodeOf(live.model, id));
  const node = starts.find((candidate) => candidate.messageName === message);
  if (!node) throw new StimulusRefused('not-started', 'the case has not started');
  if (node.result !== undefined) assign(live, node.result, payload);
  start(live, node.id);
}

function retry(live: LiveCase, item: Item): void {
  const node = nodeAt(live, item);
  const scope = scopeOf(item);
  live.items.delete(item.x);
  switch (item.m) {
    case 'arm':
      arm(live, node, { x: item.x, e: item.e, s: scope, ...(item.h === undefined ? {} : { h: item.h }) });
      return;
    case 'leave':
      leave(live, node, item);
      return;
    case 'arrive':
      for (let count = item.c ?? 1; count > 0; count -= 1)
        live.queue.push({ node: node.id, scope, ...(item.f === undefined ? {} : { flow: item.f }) });
      return;
    default:
      live.queue.push({ node: node.id, scope, again: item.x });
  }
}

/** Overdue timers in order of their due time, again until none is overdue: what they start may be overdue too. */
function wake(live: LiveCase): void {
  for (let next = mostOverdue(live); next && live.visits < STEP_LIMIT; next = mostOverdue(live)) {
    live.visits += 1;
    fire(live, next);
    drain(live);
  }
  stopOverdue(live);
}

/** Timers still overdue at the step limit wind each other up; they must not be woken again and again. */
function stopOverdue(live: LiveCase): void {
  for (let next = mostOverdue(live); next; next = mostOverdue(live)) fail(live, next, stepLimit(), next.h === undefined ? 'enter' : 'arm');
}

function stepLimit(): Failure {
  return { code: 'step-limit', reason: `Průchod diagramem překročil ${STEP_LIMIT} kroků; je v něm kruh bez čekání.` };
}

function mostOverdue(live: LiveCase): Item | undefined {
  let found: Item | undefined;
  for (const item of live.items.values()) {
    if (item.due === undefined || item.due > live.context.now) continue;
    if (!found || item.due < (found.due ?? '')) found = item;
  }
  return found;
}
