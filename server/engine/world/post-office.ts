// Who gets a message or a signal. A message has one receiver: where a drawn message flow leads, else the oldest open wait of that name in any
// case, else a start event of the file; else it is kept for a later catch. A signal reaches everybody who listens now (BPMN 2.0.2, 10.5.1, 10.5.6).
import type { ProcessModel } from '../process-model.ts';
import type { MessageWait, Wait } from '../types.ts';
import { answers, startsFor } from './standing-starts.ts';
import type { StandingStart } from './standing-starts.ts';
import { startCase, tellCase, waitKey } from './world.ts';
import type { MessageFlow, Post, World } from './world.ts';
import { hasFailed } from './world-case.ts';
import type { WorldCase } from './world-case.ts';

export async function deliver(world: World, post: Post): Promise<void> {
  if (post.kind === 'signal') await broadcast(world, post);
  else if (leavesTheFile(world, post)) return;
  else if (!(await handOver(world, post))) world.buffer.push(post);
}

/** The oldest kept message that somebody waits for now; false when there is none. */
export async function deliverKept(world: World): Promise<boolean> {
  for (const [index, post] of world.buffer.entries()) {
    const open = receiverOf(world, post);
    if (!open) continue;
    world.buffer.splice(index, 1);
    await give(world, post, open);
    return true;
  }
  return false;
}

async function handOver(world: World, post: Post): Promise<boolean> {
  const open = receiverOf(world, post);
  if (open) {
    await give(world, post, open);
    return true;
  }
  const targets = targetsOf(world, post);
  for (const model of world.models) {
    if (targets.length > 0 && !targets.some((target) => target.process === model.processId)) continue;
    const [start] = startsFor(model, post).filter(({ node }) =>
      targets.every(({ element }) => element === undefined || element === node.id),
    );
    if (start === undefined) continue;
    await startBy(world, model, start, post);
    return true;
  }
  return false;
}

async function startBy(world: World, model: ProcessModel, start: StandingStart, post: Post): Promise<void> {
  if (start.needsAll && !hasGatheredAll(world, start, post)) return;
  await startCase(world, model, { startEvent: start.node.id, payload: post.payload });
}

/** A parallel multiple start waits until each of its triggers has come (BPMN 2.0.2, 10.5.2, Table 10.84). */
function hasGatheredAll(world: World, { node, triggers }: StandingStart, post: Post): boolean {
  const gathered = world.gathered.get(node.id) ?? new Set<number>();
  for (const [index, trigger] of triggers.entries()) if (answers(trigger, post)) gathered.add(index);
  if (gathered.size === triggers.length) world.gathered.delete(node.id);
  else world.gathered.set(node.id, gathered);
  return gathered.size === triggers.length;
}

interface Receiver {
  readonly one: WorldCase;
  readonly wait: MessageWait;
}

async function give(world: World, post: Post, { one, wait }: Receiver): Promise<void> {
  const key = post.key === undefined ? {} : { key: post.key };
  await tellCase(world, one, { kind: 'message', message: wait.message, payload: post.payload, executionId: wait.executionId, ...key });
}

function receiverOf(world: World, post: Post): Receiver | undefined {
  const targets = targetsOf(world, post);
  const drawnTo = (one: WorldCase, wait: Wait): boolean =>
    targets.some(({ process, element }) =>
      element === undefined ? namesFit(post, wait) && one.model.processId === process : element === wait.elementId,
    );
  const fits = targets.length > 0 ? drawnTo : (_one: WorldCase, wait: Wait): boolean => namesFit(post, wait);
  const open = world.cases
    .filter((one) => !hasFailed(one))
    .flatMap((one) =>
      one.waits().flatMap((wait) => (wait.kind === 'message' && fits(one, wait) && keysFit(post, wait) ? [{ one, wait }] : [])),
    );
  const age = ({ one, wait }: Receiver): number => world.order.get(waitKey(one, wait)) ?? 0;
  return open.sort((a, b) => age(a) - age(b))[0];
}

function namesFit(post: Post, wait: Wait): boolean {
  return wait.kind === 'message' && wait.message === post.name;
}

function keysFit(post: Post, wait: MessageWait): boolean {
  return wait.key === undefined || wait.key === post.key;
}

interface Target {
  readonly process: string;
  readonly element?: string;
}

/** Drawn to black boxes only. */
function leavesTheFile(world: World, post: Post): boolean {
  return drawnFrom(world, post).length > 0 && targetsOf(world, post).length === 0;
}

/** Where the message flows drawn from the thrower (or from its pool) lead; to black boxes they lead nowhere. */
function targetsOf(world: World, post: Post): readonly Target[] {
  return drawnFrom(world, post).flatMap(({ target }): Target[] => {
    const process = world.pools.get(target);
    if (process !== undefined) return [{ process }];
    const model = world.models.find(({ nodes }) => nodes.has(target));
    return model ? [{ process: model.processId, element: target }] : [];
  });
}

function drawnFrom(world: World, { from }: Post): readonly MessageFlow[] {
  if (!from) return [];
  const pool = [...world.pools].find(([, process]) => process === from.process)?.[0];
  const own = world.messageFlows.filter(({ source }) => source === from.elementId);
  return own.length > 0 ? own : world.messageFlows.filter(({ source }) => source === pool && pool !== undefined);
}

/** Everybody who listens when it is thrown; the thrower's own case has had it within its step. */
async function broadcast(world: World, post: Post): Promise<void> {
  const listening = world.cases.filter(
    (one) =>
      one.number !== post.from?.caseNumber &&
      !hasFailed(one) &&
      one.waits().some((wait) => wait.kind === 'signal' && wait.signal === post.name),
  );
  for (const one of listening) await tellCase(world, one, { kind: 'signal', signal: post.name, payload: post.payload });
  for (const model of world.models) for (const start of startsFor(model, post)) await startBy(world, model, start, post);
}
