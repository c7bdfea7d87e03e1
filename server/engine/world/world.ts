// The world a model is tried in: its cases, one virtual clock, the post under way. Only these functions change it.
import type { DecisionModel } from '../decision-model.ts';
import type { ProcessModel } from '../process-model.ts';
import { addDuration } from '../timer-text.ts';
import type { Instant, Json, StepContext, Stimulus, Variables, Wait } from '../types.ts';
import { BEGINNING } from './request.ts';
import type { Stop, TraceRequest } from './request.ts';
import { createRowBook } from './rows.ts';
import type { RowBook } from './rows.ts';
import type { TimerStart } from './standing-starts.ts';
import { openCase } from './world-case.ts';
import type { WorldCase } from './world-case.ts';

type StartStimulus = Extract<Stimulus, { kind: 'start' }>;

/** Steps of all cases together; past it the world gives up as the engine does within one step. */
const STEP_LIMIT = 10_000;
const ROW_LIMIT = 50_000;
const DEADLINE = 'P30D';

/** A message or signal under way. */
export interface Post {
  readonly kind: 'message' | 'signal';
  readonly name: string;
  readonly payload: Json;
  readonly key?: string;
  /** Absent when it comes from outside the world. */
  readonly from?: { readonly caseNumber: number; readonly elementId: string; readonly process: string };
}

export interface MessageFlow {
  readonly source: string;
  readonly target: string;
}

export interface World {
  readonly models: readonly ProcessModel[];
  readonly messageFlows: readonly MessageFlow[];
  /** Participant id to process id. */
  readonly pools: ReadonlyMap<string, string>;
  readonly decisions: DecisionModel;
  readonly request: TraceRequest;
  readonly context: StepContext;
  readonly cases: WorldCase[];
  readonly book: RowBook;
  readonly post: Post[];
  readonly buffer: Post[];
  /** Order in which waits were opened, over all cases. */
  readonly order: Map<string, number>;
  /** Times a planned list was drawn from, by element. */
  readonly drawn: Map<string, number>;
  /** Triggers of parallel multiple starts that have come, by start event. */
  readonly gathered: Map<string, Set<number>>;
  /** Timers of start events that were asked for. */
  timerStarts: readonly TimerStart[];
  /** What will become of a wait, drawn when it was first seen. */
  readonly plans: Map<string, unknown>;
  now: Instant;
  /** The process asked for last, from its turn on, and its first case once that has started. */
  target: { readonly model: ProcessModel; readonly case?: WorldCase } | undefined;
  steps: number;
  stopped?: Stop;
  /** Answers whether the time on the wall is up. */
  readonly isTimeUp: () => boolean;
}

export interface WorldSetting extends Pick<World, 'models' | 'messageFlows' | 'pools' | 'decisions' | 'request' | 'isTimeUp'> {
  readonly constants?: Variables;
  readonly budget?: NonNullable<StepContext['budget']>;
}

export function createWorld(setting: WorldSetting): World {
  const { constants, budget, ...given } = setting;
  const world: World = {
    ...given,
    context: {
      get now() {
        return world.now;
      },
      deadline: (name, from) => addDuration(from, setting.request.deadlines[name] ?? DEADLINE),
      answeredOutside: new Set(Object.keys(setting.request.answers)),
      ...(constants ? { constants } : {}),
      ...(budget ? { budget } : {}),
    },
    cases: [],
    book: createRowBook(),
    post: [],
    buffer: [],
    order: new Map(),
    drawn: new Map(),
    gathered: new Map(),
    timerStarts: [],
    plans: new Map(),
    now: BEGINNING,
    target: undefined,
    steps: 0,
  };
  return world;
}

/** The variables of the request go to the first case of the process asked for last, from its turn on, whoever starts it. */
export async function startCase(world: World, model: ProcessModel, how: Omit<StartStimulus, 'kind' | 'variables'> = {}): Promise<void> {
  const { decisions, context, request, target } = world;
  const opened = await openCase({ number: world.cases.length + 1, model, decisions, context, saveEveryStep: request.saveEveryStep });
  const isTarget = target?.model === model && target.case === undefined;
  world.cases.push(opened);
  if (isTarget) world.target = { model, case: opened };
  await tellCase(world, opened, { kind: 'start', variables: isTarget ? request.variables : {}, ...how });
}

export async function tellCase(world: World, one: WorldCase, stimulus: Stimulus): Promise<void> {
  const news = await one.tell(stimulus);
  world.book.note(one.number, one.model, news.trace);
  for (const { kind, name, payload, key, elementId } of news.thrown) {
    const from = { caseNumber: one.number, elementId, process: one.model.processId };
    world.post.push({ kind, name, payload, from, ...(key === undefined ? {} : { key }) });
  }
  for (const wait of one.waits()) {
    const id = waitKey(one, wait);
    if (!world.order.has(id)) world.order.set(id, world.order.size);
  }
  world.steps += 1;
}

/** Names the wait in the whole world. */
export function waitKey(one: WorldCase, wait: Wait): string {
  return `${one.number} ${wait.executionId}`;
}

/** True once the world has given up; what happened until then stays in the answer. */
export function isSpent(world: World): boolean {
  if (world.stopped) return true;
  if (world.steps >= STEP_LIMIT || world.book.rows.length >= ROW_LIMIT) {
    const element = world.book.rows.at(-1)?.id ?? '';
    world.stopped = { code: 'step-limit', element, reason: `Model ani po ${STEP_LIMIT} krocích nedošel klidu.` };
  } else if (world.isTimeUp()) {
    world.stopped = { code: 'time-limit', element: world.book.rows.at(-1)?.id ?? '', reason: 'Vypršel čas vymezený pro běh modelu.' };
  }
  return world.stopped !== undefined;
}

/** Planned things are taken from the head of their list, one for each visit; the last one repeats. */
export function draw<T>(world: World, element: string, planned: T | readonly T[]): T | undefined {
  if (!Array.isArray(planned)) return planned as T;
  const list = planned as readonly T[];
  const times = world.drawn.get(element) ?? 0;
  world.drawn.set(element, times + 1);
  return list[Math.min(times, list.length - 1)];
}
