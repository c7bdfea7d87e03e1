// One step of a case without a database: live, and recovered from its saved state. Beside it the same with bpmn-engine as it comes.
import { EventEmitter } from 'node:events';
import { Engine } from 'bpmn-engine';
import { compileDecisions, compileProcess, openRun, type EngineState, type Run, type StepContext } from '../../server/engine/index.ts';
import type { Figure } from './figures.ts';
import { conclusion, processOf, SIZES, submission, type Size } from './situation.ts';

const context: StepContext = { now: '2026-03-02T08:00:00.000Z', deadline: () => '2026-04-01T22:00:00.000Z' };

export async function measureEngine(milliseconds: number): Promise<readonly Figure[]> {
  // Only at the smallest: stock bpmn-engine follows every way that was not taken, and where ways join again their number doubles. A step took it
  // 56 ms at 16 nodes and 2.2 s at 72; at 282 there was none within the 20 s it was given.
  const reference = 'bpmn-engine.step_ms';
  const figures: Figure[] = [{ name: reference, value: await stockStep(SIZES[0] as Size, milliseconds), unit: 'ms' }];
  for (const size of SIZES) {
    const of = size === SIZES[0] ? '' : `.${size.nodes}_nodes`;
    figures.push({ name: `engine.step_ms${of}`, value: await recoveredStep(size, milliseconds), unit: 'ms', reference });
    figures.push({ name: `engine.step_ms.live${of}`, value: await liveStep(size, milliseconds), unit: 'ms', reference });
  }
  return figures;
}

const bare = await compileDecisions({});
async function started(size: Size): Promise<Run> {
  const run = await openRun(await compileProcess(processOf(size)), bare, undefined, context);
  run.apply({ kind: 'start', variables: { podani: submission } });
  return run;
}

/** One stimulus for whatever is waited for first; the execution id when it was a task. */
function goOn(run: Run): string | undefined {
  const wait = run.waits().find((open) => open.kind === 'task' || open.kind === 'effect');
  if (wait?.kind === 'effect') run.apply({ kind: 'answer-effect', executionId: wait.executionId, answer: { done: { messageId: '1' } } });
  if (!wait) throw new Error(`the case stands still: ${JSON.stringify(run.waits())}`);
  if (wait.kind !== 'task') return undefined;
  run.apply({ kind: 'complete-task', executionId: wait.executionId, output: conclusion });
  return wait.executionId;
}

/** Execution ids of the user tasks of a case in their order. */
export async function walk(size: Size): Promise<readonly string[]> {
  const run = await started(size);
  const executions: string[] = [];
  while (!run.result().ended) executions.push(...[goOn(run)].filter((id) => id !== undefined));
  return executions;
}

async function recoveredStep(size: Size, milliseconds: number): Promise<number> {
  const model = await compileProcess(processOf(size));
  const begun = await started(size);
  const executionId = begun.waits().find((wait) => wait.kind === 'task')?.executionId ?? '';
  const saved = JSON.stringify(begun.result().state);
  return meanOf(milliseconds, async () => {
    const run = await openRun(model, bare, JSON.parse(saved) as EngineState, context);
    run.apply({ kind: 'complete-task', executionId, output: conclusion });
    JSON.stringify(run.result().state);
  });
}

/** The run stays open from step to step; a new case begins when one has ended, and its start is not counted. */
async function liveStep(size: Size, milliseconds: number): Promise<number> {
  let spent = 0;
  let steps = 0;
  for (const end = performance.now() + milliseconds; performance.now() < end;) {
    const run = await started(size);
    const begun = performance.now();
    for (; !run.result().ended; steps += 1) goOn(run);
    spent += performance.now() - begun;
  }
  return spent / steps;
}

async function stockStep(size: Size, milliseconds: number): Promise<number> {
  // A condition that bpmn-engine can read; it is not evaluated in this step's half of the process.
  const source = processOf(size)
    .replaceAll(/ spis:[a-z]+="[^"]*"/g, '')
    .replaceAll(/<bpmn:extensionElements>.*?<\/bpmn:extensionElements>/g, '')
    .replaceAll(/>=kontrola[^<]*</g, '>${environment.variables.bezZpravy}<')
    .replaceAll('serviceTask', 'userTask');
  const engine = new Engine({ name: 'stock', source, variables: submission });
  const begun = await engine.execute();
  const saved = JSON.stringify(begun.getState());
  await begun.stop();
  return meanOf(milliseconds, async () => {
    const listener = new EventEmitter();
    const recovered = new Engine({ name: 'stock' }).recover(JSON.parse(saved));
    const done = new Promise<void>((resolve) =>
      listener.once('activity.wait', (api: { signal(message: object): void }) => {
        api.signal(conclusion);
        resolve();
      }),
    );
    const execution = await recovered.resume({ listener });
    await done;
    JSON.stringify(execution.getState());
    await execution.stop();
  });
}

/** Milliseconds of one turn, after a third of the time to warm up. */
async function meanOf(milliseconds: number, work: () => Promise<void>): Promise<number> {
  for (const end = performance.now() + milliseconds / 3; performance.now() < end;) await work();
  const started = performance.now();
  let turns = 0;
  for (; performance.now() - started < milliseconds; turns += 1) await work();
  return (performance.now() - started) / turns;
}
