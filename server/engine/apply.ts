// A stimulus worked off to the end: until nothing moves, or a limit stops a diagram that runs in a circle.
import { complete } from './complete.ts';
import { takeOutput } from './data/mappings.ts';
import { drain } from './drain.ts';
import { fire } from './events/catch.ts';
import { broadcast, throwError, throwLater } from './events/throw.ts';
import { write } from './expressions.ts';
import { answerIncident, retry } from './incident.ts';
import { fail } from './live-case.ts';
import type { Item, LiveCase } from './live-case.ts';
import { modify } from './modify.ts';
import { refuseUnknownStart, startByMessage, startCase } from './start-case.ts';
import { setTimer, shiftTimers, wake } from './timers.ts';
import { messageOf } from './listen.ts';
import { StimulusRefused } from './types.ts';
import type { EffectAnswer, Json, Stimulus, Variables } from './types.ts';

/** Throws `StimulusRefused` before anything has changed. Faults of the diagram become incidents. */
export function apply(live: LiveCase, stimulus: Stimulus): void {
  live.visits = 0;
  live.begun = live.context.budget?.elapsed() ?? 0;
  refuseOutOfTurn(live, stimulus);
  switch (stimulus.kind) {
    case 'start':
      refuseUnknownStart(live, stimulus.startEvent);
      setVariables(live, stimulus.variables);
      startCase(live, stimulus.startEvent, stimulus.payload);
      break;
    case 'complete-task':
      completeTask(live, waiting(live, stimulus.executionId, 'task'), stimulus.output);
      break;
    case 'answer-effect':
      answerEffect(live, waiting(live, stimulus.executionId, 'effect'), stimulus.answer);
      break;
    case 'message':
      receive(live, stimulus);
      break;
    case 'signal':
      if (!broadcast(live, stimulus.signal, stimulus.payload))
        throw new StimulusRefused('no-such-wait', `nothing listens for signal ${stimulus.signal}`);
      break;
    case 'retry':
      retry(live, waiting(live, stimulus.executionId, 'incident'));
      break;
    case 'answer-incident':
      answerIncident(live, waiting(live, stimulus.executionId, 'incident'), stimulus.output);
      break;
    case 'wake':
      wake(live);
      return;
    case 'set-timer':
      setTimer(waiting(live, stimulus.executionId, 'timer'), stimulus.dueAt);
      break;
    case 'set-variables':
      setVariables(live, stimulus.variables);
      break;
    case 'modify':
      modify(live, stimulus.operations);
      break;
    case 'suspend':
      live.suspendedAt = live.context.now;
      return;
    case 'resume':
      shiftTimers(live);
      return;
  }
  drain(live);
}

function refuseOutOfTurn(live: LiveCase, { kind }: Stimulus): void {
  if (live.ended) throw new StimulusRefused('already-ended', 'the case has ended');
  if (kind === 'start' && live.isStarted) throw new StimulusRefused('already-started', 'the case has started');
  if (!live.isStarted && kind !== 'start' && kind !== 'message') throw new StimulusRefused('not-started', 'the case has not started');
  if (kind === 'resume' && live.suspendedAt === undefined) throw new StimulusRefused('not-suspended', 'the case is not suspended');
  if (kind !== 'resume' && live.suspendedAt !== undefined) throw new StimulusRefused('suspended', 'the case is suspended');
}

function setVariables(live: LiveCase, variables: Variables): void {
  for (const [name, value] of Object.entries(variables)) write(live.root, name, value);
  live.isDirty = true;
}

function waiting(live: LiveCase, executionId: string, kind: Item['k']): Item {
  const item = live.items.get(executionId);
  if (item?.k !== kind) throw new StimulusRefused('no-such-wait', `no ${kind} waits at ${executionId}`);
  return item;
}

function completeTask(live: LiveCase, item: Item, output: Json): void {
  const failure = takeOutput(live, item, output, item.e);
  if (failure) fail(live, item, failure, 'enter');
  else complete(live, item);
}

function answerEffect(live: LiveCase, item: Item, answer: EffectAnswer): void {
  if ('refused' in answer) {
    const { code, reason } = answer.refused;
    throwError(live, item, code, reason);
    return;
  }
  const failure = takeOutput(live, item, answer.done, undefined);
  if (failure) fail(live, item, failure, 'enter');
  else if (item.node?.kind === 'sendTask' && item.node.effect === undefined && item.node.messageName !== undefined)
    throwLater(live, item, [{ kind: 'message', message: item.node.messageName }]);
  else complete(live, item);
}

type MessageStimulus = Extract<Stimulus, { kind: 'message' }>;

/** One receiver: the wait named, else the one that has listened longest. */
function receive(live: LiveCase, stimulus: MessageStimulus): void {
  if (!live.isStarted) {
    const { message, payload } = stimulus;
    if (!startByMessage(live, message, payload)) throw new StimulusRefused('not-started', 'the case has not started');
    return;
  }
  const named = stimulus.executionId === undefined ? undefined : live.items.get(stimulus.executionId);
  const candidates = stimulus.executionId === undefined ? live.items.values() : named ? [named] : [];
  for (const item of candidates) {
    if (!takesMessage(item, stimulus)) continue;
    fire(live, item, stimulus.payload);
    return;
  }
  throw new StimulusRefused('no-such-wait', `nothing waits for message ${stimulus.message}`);
}

function takesMessage(item: Item, { message, key, executionId }: MessageStimulus): boolean {
  return item.k === 'message' && messageOf(item) === message && (executionId !== undefined || item.key === undefined || item.key === key);
}
