// Who does the work in the world: people complete their tasks and systems answer as the request says, the oldest wait first.
import { addDuration } from '../timer-text.ts';
import type { EffectAnswer, Instant, Stimulus, Variables, Wait } from '../types.ts';
import type { PlannedAnswer, PlannedOutput } from './request.ts';
import { draw, tellCase, waitKey } from './world.ts';
import type { World } from './world.ts';
import { hasFailed } from './world-case.ts';
import type { WorldCase } from './world-case.ts';

/** Something that can be done about a wait, and when. */
export interface Deed {
  readonly one: WorldCase;
  readonly at: Instant;
  readonly age: number;
  readonly stimulus: Stimulus;
}

/** Everything planned, with the time it is planned for; the earliest and then the oldest first. */
export function nextDeed(world: World): Deed | undefined {
  let found: Deed | undefined;
  for (const one of world.cases) {
    if (hasFailed(one)) continue;
    for (const wait of one.waits()) {
      const deed = deedFor(world, one, wait);
      if (deed && (!found || deed.at < found.at || (deed.at === found.at && deed.age < found.age))) found = deed;
    }
  }
  return found;
}

export async function perform(world: World, deed: Deed): Promise<void> {
  world.plans.delete(`${deed.one.number} ${'executionId' in deed.stimulus ? (deed.stimulus.executionId ?? '') : ''}`);
  await tellCase(world, deed.one, deed.stimulus);
}

function deedFor(world: World, one: WorldCase, wait: Wait): Deed | undefined {
  const { executionId } = wait;
  const age = world.order.get(waitKey(one, wait)) ?? 0;
  if (wait.kind === 'task') {
    const output = planFor(world, one, wait, () => outputOf(world, wait.elementId)) as Variables | undefined;
    return output && { one, age, at: wait.since, stimulus: { kind: 'complete-task', executionId, output } };
  }
  if (wait.kind !== 'effect') return undefined;
  const planned = planFor(world, one, wait, () => answerOf(world, wait.elementId)) as PlannedAnswer;
  const at = planned.after === undefined ? wait.since : addDuration(wait.since, planned.after);
  return { one, age, at, stimulus: { kind: 'answer-effect', executionId, answer: effectAnswer(planned) } };
}

/** A plan is drawn once for each wait, when it is first seen. */
function planFor(world: World, one: WorldCase, wait: Wait, draws: () => unknown): unknown {
  const key = waitKey(one, wait);
  if (!world.plans.has(key)) world.plans.set(key, draws());
  return world.plans.get(key);
}

function outputOf(world: World, element: string): Variables | undefined {
  const { complete } = world.request;
  if (complete === 'none') return undefined;
  const planned =
    complete === 'all' || !Object.hasOwn(complete, element) ? {} : draw<PlannedOutput>(world, element, complete[element] ?? null);
  if (planned === null || planned === false || planned === undefined) return undefined;
  return planned === true ? {} : planned;
}

function answerOf(world: World, element: string): PlannedAnswer {
  const { answers } = world.request;
  const planned = Object.hasOwn(answers, element) ? answers[element] : undefined;
  return (planned && draw<PlannedAnswer>(world, element, planned)) ?? { done: null };
}

function effectAnswer(planned: PlannedAnswer): EffectAnswer {
  if ('done' in planned) return { done: planned.done };
  return { refused: { code: planned.refused.code, reason: planned.refused.reason ?? '' } };
}
