// How the world goes on: processes start in the order given, each until it rests; then the post from outside; then time passes and fires what falls
// due, in order, with everything settled in between.
import { addDuration } from '../timer-text.ts';
import type { Instant, Wait } from '../types.ts';
import { nextDeed, perform } from './autopilot.ts';
import { deliver, deliverKept } from './post-office.ts';
import { BEGINNING } from './request.ts';
import type { PlannedPost } from './request.ts';
import { afterFiring, conditionalStart, startsPlainly, timerStarts } from './standing-starts.ts';
import type { TimerStart } from './standing-starts.ts';
import { isSpent, startCase, tellCase, waitKey } from './world.ts';
import type { World } from './world.ts';
import type { ProcessModel } from '../process-model.ts';
import { hasFailed } from './world-case.ts';
import type { WorldCase } from './world-case.ts';

export async function runWorld(world: World): Promise<void> {
  const asked = askedFor(world);
  for (const [index, model] of asked.entries()) {
    if (index === asked.length - 1) world.target = { model };
    await begin(world, model);
    await settle(world);
  }
  for (const post of world.request.posts.filter(({ after }) => after === undefined)) {
    if (isSpent(world)) return;
    await deliver(world, post);
    await settle(world);
  }
  if (world.request.advance !== undefined) await advance(world, addDuration(BEGINNING, world.request.advance));
}

/** The models of the processes asked for, in that order; one may be asked for more than once. */
export function askedFor(world: World): readonly ProcessModel[] {
  return world.request.process.map((id) => {
    const model = world.models.find(({ processId }) => processId === id);
    if (!model) throw new Error(`process ${id} is not in the file`);
    return model;
  });
}

/** A plain start or a condition that holds starts it now; otherwise its starts stand ready. */
async function begin(world: World, model: ProcessModel): Promise<void> {
  if (startsPlainly(model)) {
    await startCase(world, model);
    return;
  }
  const variables = world.target?.model === model ? world.request.variables : {};
  const startEvent = conditionalStart(model, variables, world.now);
  if (startEvent !== undefined) {
    await startCase(world, model, { startEvent });
    return;
  }
  const timers = timerStarts(model, variables, world.now);
  if ('code' in timers) world.stopped = timers;
  else world.timerStarts = [...world.timerStarts, ...timers];
}

/** Until nothing moves at this instant: first what was thrown, then kept messages, then people's and systems' work, then overdue timers. */
async function settle(world: World): Promise<void> {
  while (!isSpent(world)) {
    const post = world.post.shift();
    if (post) {
      await deliver(world, post);
      continue;
    }
    if (await deliverKept(world)) continue;
    const deed = nextDeed(world);
    if (deed && deed.at <= world.now) {
      await perform(world, deed);
      continue;
    }
    const due = nextTimer(world);
    if (!due || due.at > world.now) return;
    await due.fire();
  }
}

interface DueEvent {
  readonly at: Instant;
  readonly age: number;
  fire(): Promise<void>;
}

async function advance(world: World, until: Instant): Promise<void> {
  const dated = world.request.posts
    .filter(({ after }) => after !== undefined)
    .map((post) => ({ post, at: addDuration(BEGINNING, post.after ?? 'PT0S') }))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  while (!isSpent(world)) {
    const next = earliest([nextTimer(world), plannedDeed(world), datedPost(world, dated)]);
    if (!next || next.at > until) break;
    if (next.at > world.now) world.now = next.at;
    await next.fire();
    await settle(world);
  }
  if (!world.stopped) world.now = until;
}

function earliest(events: readonly (DueEvent | undefined)[]): DueEvent | undefined {
  let found: DueEvent | undefined;
  for (const event of events)
    if (event && (!found || event.at < found.at || (event.at === found.at && event.age < found.age))) found = event;
  return found;
}

function plannedDeed(world: World): DueEvent | undefined {
  const deed = nextDeed(world);
  return deed && { at: deed.at, age: deed.age, fire: () => perform(world, deed) };
}

function datedPost(world: World, dated: { readonly post: PlannedPost; readonly at: Instant }[]): DueEvent | undefined {
  const [first] = dated;
  if (!first) return undefined;
  const fire = async (): Promise<void> => {
    dated.shift();
    await deliver(world, first.post);
  };
  return { at: first.at, age: Number.MAX_SAFE_INTEGER, fire };
}

function nextTimer(world: World): DueEvent | undefined {
  const timers = world.cases
    .filter((one) => !hasFailed(one))
    .flatMap((one) =>
      one.waits().flatMap((wait) => (wait.kind === 'timer' && wait.dueAt !== null ? [timerOf(world, one, wait, wait.dueAt)] : [])),
    );
  return earliest([...timers, ...world.timerStarts.map((start) => startOf(world, start))]);
}

function timerOf(world: World, one: WorldCase, wait: Wait, at: Instant): DueEvent {
  return { at, age: world.order.get(waitKey(one, wait)) ?? 0, fire: () => tellCase(world, one, { kind: 'wake' }) };
}

function startOf(world: World, start: TimerStart): DueEvent {
  const fire = async (): Promise<void> => {
    const next = afterFiring(start);
    world.timerStarts = world.timerStarts.flatMap((other) => (other === start ? (next ?? []) : [other]));
    await startCase(world, start.model, { startEvent: start.element });
  };
  return { at: start.due.at, age: -1, fire };
}
