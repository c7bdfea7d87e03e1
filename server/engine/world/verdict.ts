// What came of it: the state of the process asked for last, and what is waited for in the whole world.
import type { IncidentWait, Json, Wait } from '../types.ts';
import type { OpenWait, TraceAnswer } from './request.ts';
import { standingStarts, startsPlainly } from './standing-starts.ts';
import { askedFor } from './run-world.ts';
import type { World } from './world.ts';
import { hasFailed } from './world-case.ts';
import type { WorldCase } from './world-case.ts';

export function verdictOn(world: World): Omit<TraceAnswer, 'accepted' | 'findings'> {
  const { target } = world;
  const cases = world.cases.filter((one) => one.model === target?.model && one.number >= (target.case?.number ?? 0));
  const speaking = cases.find((one) => !one.result().ended) ?? cases.at(-1);
  return {
    ...statusOf(world, cases, speaking),
    trace: world.book.rows,
    waits: [...world.cases.flatMap((one) => openWaits(one)), ...waitingStarts(world)],
    variables: speaking?.result().variables ?? world.request.variables,
  };
}

function statusOf(
  world: World,
  cases: readonly WorldCase[],
  speaking: WorldCase | undefined,
): Pick<TraceAnswer, 'status' | 'error' | 'incident'> {
  if (world.stopped) return { status: 'incident', incident: world.stopped };
  const incidents = cases.flatMap((one) => one.waits().filter((wait) => wait.kind === 'incident'));
  const failed = incidents.find(({ code }) => code === 'uncaught-error');
  if (failed) return { status: 'failed', error: { code: failed.error?.code ?? '', element: failed.error?.elementId ?? failed.elementId } };
  const [incident] = incidents;
  if (incident) return { status: 'incident', incident: wordsOf(incident) };
  return { status: speaking?.result().ended ? 'ended' : 'waiting' };
}

function wordsOf({ code, elementId, reason }: IncidentWait): { code: string; element: string; reason: string } {
  return { code, element: elementId, reason };
}

/** What has failed waits for nothing any more. */
function openWaits(one: WorldCase): readonly OpenWait[] {
  const waits = hasFailed(one) ? one.waits().filter(({ kind }) => kind === 'incident') : one.waits();
  return waits.map((wait) => waitIn(one, wait));
}

function waitIn(one: WorldCase, wait: Wait): OpenWait {
  const { elementId, kind, ...rest } = wait as unknown as Readonly<Record<string, Json>> & { elementId: string; kind: string };
  return { element: elementId, kind, case: one.number, ...rest, process: wait.process ?? one.model.processId };
}

/** Processes asked for that nothing has started yet. */
function waitingStarts(world: World): readonly OpenWait[] {
  const unstarted = new Set(askedFor(world).filter((model) => !startsPlainly(model) && world.cases.every((one) => one.model !== model)));
  return [...unstarted].flatMap((model) =>
    standingStarts(model).flatMap(({ node, triggers }) =>
      triggers.map((trigger): OpenWait => {
        const due = world.timerStarts.find(({ element }) => element === node.id)?.due.at;
        return {
          element: node.id,
          kind: trigger.kind,
          start: true,
          name: node.name,
          ...(trigger.kind === 'message' ? { message: trigger.message } : {}),
          ...(trigger.kind === 'signal' ? { signal: trigger.signal } : {}),
          ...(trigger.kind === 'timer' && due !== undefined ? { dueAt: due } : {}),
          process: model.processId,
        };
      }),
    ),
  );
}
